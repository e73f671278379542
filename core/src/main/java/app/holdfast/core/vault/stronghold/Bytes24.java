package app.holdfast.core.vault.stronghold;

import app.holdfast.core.clock.RandomSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/// 24 bytes that name or describe something: the id of a client, vault or record, the version of a record (its blob
/// id), or a hint. Ids are hashes of paths, which cannot be had back from them.
///
/// @param first  the first 8 bytes, big-endian
/// @param second the next 8
/// @param third  the last 8
public record Bytes24(long first, long second, long third) implements Comparable<Bytes24> {

    public static final int SIZE = 24;

    /// @param bytes at least 24 from the offset on
    public static Bytes24 at(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, SIZE);
        return new Bytes24(buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /// @throws IllegalArgumentException unless it is 48 hexadecimal digits
    public static Bytes24 ofHex(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("an id has 48 hexadecimal digits");
        }
        return at(bytes, 0);
    }

    public static Bytes24 random(RandomSource random) {
        return new Bytes24(random.nextLong(), random.nextLong(), random.nextLong());
    }

    /// What an application wrote beside a secret, at most 24 bytes, filled up with zeros.
    public static Bytes24 hint(byte[] text) {
        return at(Arrays.copyOf(text, SIZE), 0);
    }

    /// The id of a client or of a vault.
    public static Bytes24 ofPath(byte[] path) {
        return hash(path, path);
    }

    /// The id of a record at a path.
    public static Bytes24 ofRecord(byte[] vaultPath, byte[] recordPath) {
        return ofPath(vaultPath).record(recordPath);
    }

    /// The id of a record at a path, in the vault of which this is the id.
    public Bytes24 record(byte[] recordPath) {
        return hash(recordPath, bytes());
    }

    /// The id of a record that has a number in place of a path. Read in the engine's source; no engine was asked.
    public static Bytes24 ofCounter(byte[] vaultPath, long counter) {
        String text = Arrays.toString(unsigned(vaultPath)) + (counter == 0 ? "first_record" : counter);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return hash(bytes, bytes);
    }

    /// Where a record is kept beside another of the same id (policy keep both): the same for the same version, so that
    /// keeping it again changes nothing.
    public Bytes24 besides(Bytes24 blob) {
        byte[] key = "holdfast/beside".getBytes(StandardCharsets.US_ASCII);
        return hash(key, ByteBuffer.allocate(2 * SIZE).put(bytes()).put(blob.bytes()).array());
    }

    /// HMAC-SHA512, the first 24 bytes of it.
    static Bytes24 hash(byte[] key, byte[] data) {
        var mac = new HMac(new SHA512Digest());
        mac.init(new KeyParameter(key));
        mac.update(data, 0, data.length);
        byte[] out = new byte[mac.getMacSize()];
        mac.doFinal(out, 0);
        return at(out, 0);
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(SIZE).putLong(first).putLong(second).putLong(third).array();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public int compareTo(Bytes24 other) {
        return Arrays.compareUnsigned(bytes(), other.bytes());
    }

    @Override
    public String toString() {
        return hex();
    }

    private static int[] unsigned(byte[] bytes) {
        int[] numbers = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            numbers[i] = bytes[i] & 0xFF;
        }
        return numbers;
    }
}

package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.vault.age.AgeFile;
import app.holdfast.core.vault.age.MalformedAge;
import app.holdfast.core.vault.key.KeyDerivation;
import app.holdfast.core.vault.stronghold.Lz4Block;
import app.holdfast.core.vault.stronghold.MalformedSnapshot;
import app.holdfast.core.vault.stronghold.PayloadReader;
import app.holdfast.core.vault.stronghold.PayloadWriter;
import app.holdfast.core.vault.stronghold.SealedContent;
import app.holdfast.core.vault.stronghold.SecretMemory;
import app.holdfast.core.vault.stronghold.Snapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The bytes of a snapshot's file: five letters, a version, and what is locked; as the snapshot module of IOTA's crate
/// stronghold-engine writes them.
final class SnapshotBytes {

    static final int V2 = 2;
    static final int V3 = 3;
    private static final byte[] MAGIC = "PARTI".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = MAGIC.length + 2;
    private static final byte[] NO_DATA = {};

    /// For messages only.
    private final Path file;
    private final byte[] content;
    private final int version;

    /// @param bytes the whole file
    SnapshotBytes(Path file, byte[] bytes) throws CoreException {
        this.file = file;
        int letters = Math.min(bytes.length, MAGIC.length);
        if (!Arrays.equals(bytes, 0, letters, MAGIC, 0, letters)) {
            throw new CoreException.NoVault(file, "it does not begin with PARTI");
        }
        if (bytes.length < HEAD) {
            throw new CoreException.NoVault(file, "it ends after " + bytes.length + " bytes");
        }
        version = bytes[MAGIC.length];
        if (bytes[MAGIC.length + 1] != 0 || version != V2 && version != V3) {
            throw new CoreException.VaultVersion(file, (bytes[MAGIC.length] & 0xFF) + "."
                    + (bytes[MAGIC.length + 1] & 0xFF));
        }
        content = Arrays.copyOfRange(bytes, HEAD, bytes.length);
        if (version == V2 && content.length < SealedContent.OVERHEAD) {
            throw new CoreException.DamagedVault(file, "the file", "it ends too early", bytes.length);
        }
    }

    int version() {
        return version;
    }

    /// What opening costs, as the file says.
    ///
    /// @return -1 in version 2
    int workFactor() throws CoreException {
        try {
            return version == V3 ? AgeFile.workFactor(content) : -1;
        } catch (MalformedAge e) {
            throw damaged(e);
        }
    }

    /// Tries a key. Costs what the work factor says; the caller has bounded it.
    ///
    /// @return empty when the key is another
    Optional<Unlocked> unlock(byte[] key, KeyDerivation derivation, SecretMemory memory) throws CoreException {
        try {
            return version == V3 ? unlock3(key, derivation, memory) : unlock2(key, derivation, memory);
        } catch (MalformedAge e) {
            throw damaged(e);
        } catch (OutOfMemoryError e) {
            throw new CoreException.VaultTooCostly(file, "more memory than this computer has to give", "no more");
        }
    }

    private Optional<Unlocked> unlock2(byte[] key, KeyDerivation derivation, SecretMemory memory)
            throws CoreException {
        Optional<byte[]> block = SealedContent.open(key, NO_DATA, content);
        if (block.isEmpty()) {
            return Optional.empty();
        }
        Lock lock = new Lock(V2, derivation, -1, Lock.Header.NONE, memory.keep(key));
        return Optional.of(new Unlocked(lock, parse(block.get(), memory)));
    }

    private Optional<Unlocked> unlock3(byte[] key, KeyDerivation derivation, SecretMemory memory)
            throws CoreException, MalformedAge {
        Optional<byte[]> fileKey = AgeFile.fileKey(content, key);
        if (fileKey.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] block = AgeFile.payload(content, fileKey.get());
            Lock lock = new Lock(V3, derivation, AgeFile.workFactor(content),
                    new Lock.Header(AgeFile.headerOf(content)), memory.keep(fileKey.get()));
            return Optional.of(new Unlocked(lock, parse(block, memory)));
        } finally {
            Arrays.fill(fileKey.get(), (byte) 0);
        }
    }

    private Snapshot parse(byte[] block, SecretMemory memory) throws CoreException {
        byte[] payload = {};
        String where = "what is compressed in it";
        try {
            payload = Lz4Block.decompress(block);
            where = "what is in it";
            return PayloadReader.read(payload, memory);
        } catch (MalformedSnapshot e) {
            throw new CoreException.DamagedVault(file, where, e.reason(), e.offset());
        } finally {
            Arrays.fill(block, (byte) 0);
            Arrays.fill(payload, (byte) 0);
        }
    }

    private CoreException damaged(MalformedAge e) {
        return new CoreException.DamagedVault(file, "the file", e.reason(), HEAD + e.offset());
    }

    /// A lock for a key, with a header of its own. Costs a scrypt in version 3.
    static Lock lock(int version, byte[] key, KeyDerivation derivation, int workFactor, Surroundings around) {
        if (version == V2) {
            return new Lock(V2, derivation, -1, Lock.Header.NONE, around.memory().keep(key));
        }
        byte[] fileKey = around.random().bytes(AgeFile.FILE_KEY);
        try {
            byte[] header = AgeFile.header(key, around.random().bytes(AgeFile.SALT), workFactor, fileKey);
            return new Lock(V3, derivation, workFactor, new Lock.Header(header), around.memory().keep(fileKey));
        } finally {
            Arrays.fill(fileKey, (byte) 0);
        }
    }

    /// The whole file.
    static byte[] write(Lock lock, Snapshot snapshot, RandomSource random) throws MalformedSnapshot {
        byte[] payload = PayloadWriter.write(snapshot);
        byte[] block = Lz4Block.compress(payload);
        Arrays.fill(payload, (byte) 0);
        try {
            byte[] content = lock.secret().read(secret -> lock.version() == V2
                    ? SealedContent.seal(secret, NO_DATA, block, random)
                    : AgeFile.write(lock.header().bytes(), secret, random.bytes(AgeFile.NONCE), block));
            return ByteBuffer.allocate(HEAD + content.length).put(MAGIC).put((byte) lock.version()).put((byte) 0)
                    .put(content).array();
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    record Unlocked(Lock lock, Snapshot snapshot) {}

    /// @param memory where the secrets of a vault lie
    record Surroundings(RandomSource random, SecretMemory memory) {}
}

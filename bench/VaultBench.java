import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.vault.VaultDoor;
import app.holdfast.core.vault.age.AgeFile;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Client;
import app.holdfast.core.vault.stronghold.Lz4Block;
import app.holdfast.core.vault.stronghold.PayloadWriter;
import app.holdfast.core.vault.stronghold.SealedRecord;
import app.holdfast.core.vault.stronghold.Secret;
import app.holdfast.core.vault.stronghold.SecretMemory;
import app.holdfast.core.vault.stronghold.Snapshot;
import app.holdfast.core.vault.stronghold.Vault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.modes.XChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/// Opens and saves a vault of 10,000 records at work factor 19, and merges as many into an empty one; beside each the
/// primitives that it cannot do without, called bare, in turn with it: Bouncy Castle's scrypt and XChaCha20-Poly1305,
/// the JDK's ChaCha20-Poly1305. And `age -d` of the same file, if there is one.
/// Run by `bench/vault`.
public final class VaultBench {

    private static final int RECORDS = Integer.getInteger("records", 10_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int WORK_FACTOR = Integer.getInteger("workFactor", 19);
    private static final int SECRET = 64;
    private static final int HEAD = 7;
    private static final int TAG = 16;
    private static final int CHUNK = 65_536;
    /// What a box about a record has in it.
    private static final int FACTS = 112;
    /// Printable, so that it can be typed.
    private static final byte[] KEY = "thirty-two letters make one key.".getBytes(StandardCharsets.US_ASCII);
    private static final Vaults.Opening OPENING = new Vaults.Opening(Optional.of("raw"), Optional.empty(), 24);

    private final Path work;
    private final Random random = new Random(1);
    private final VaultDoor door = new VaultDoor(System::currentTimeMillis, random::nextLong);

    private VaultBench(Path work) {
        this.work = work;
    }

    /// @param arguments an empty folder to work in
    public static void main(String[] arguments) throws Exception {
        new VaultBench(Path.of(arguments[0])).run();
    }

    private void run() throws Exception {
        Path file = Files.write(work.resolve("a.stronghold"), file(WORK_FACTOR));
        boolean hasAge = status("age", "--version") == 0;
        var open = new Pair("open");
        var openOfAge = new Pair("open");
        var save = new Pair("save");
        var merge = new Pair("merge of " + RECORDS + " records");
        for (int round = -1; round < ROUNDS; round++) { // the first warms both up
            int at = Math.max(round, 0);
            openAndSave(file, at, open, save);
            openOfAge.ours[at] = open.ours[at];
            openOfAge.theirs[at] = hasAge ? age(work.resolve("content")) : 1;
        }
        Path cheap = Files.write(work.resolve("cheap.stronghold"), file(0));
        try (OpenVault source = door.open(cheap, KEY.clone(), OPENING)) {
            for (int round = -1; round < ROUNDS; round++) {
                merge.ours[Math.max(round, 0)] = merge(source, round);
                merge.theirs[Math.max(round, 0)] = bareMerge();
            }
        }
        open.print("primitives of Bouncy Castle and the JDK");
        save.print("the same, with the scrypt of the engine's save");
        merge.print("primitives");
        Aims.atMost("open a vault at work factor " + WORK_FACTOR, open.ratio(), 1.25, "times", "its bare primitives");
        if (hasAge) {
            openOfAge.print("age -d");
            Aims.atMost("open a vault at work factor " + WORK_FACTOR, openOfAge.ratio(), 1.5, "times",
                    "`age -d` of the same file");
        }
        Aims.atMost("save a vault at work factor " + WORK_FACTOR, save.ratio(), 0.25, "times", "a seal made afresh");
        Aims.atMost("merge of vault records, preview included", merge.ratio(), 3, "times", "its bare primitives");
    }

    private void openAndSave(Path file, int at, Pair open, Pair save) throws Exception {
        long began = System.nanoTime();
        try (OpenVault vault = door.open(file, KEY.clone(), OPENING)) {
            open.ours[at] = seconds(began);
            began = System.nanoTime();
            vault.save();
            save.ours[at] = seconds(began);
        }
        byte[] content = Files.readAllBytes(file);
        content = Arrays.copyOfRange(content, HEAD, content.length);
        Files.write(work.resolve("content"), content);
        began = System.nanoTime();
        byte[] payload = bareOpen(content);
        open.theirs[at] = seconds(began);
        began = System.nanoTime();
        bareSeal(payload);
        save.theirs[at] = seconds(began);
    }

    /// A snapshot of version 3 with one vault of so many records.
    private byte[] file(int workFactor) throws Exception {
        try (var memory = new SecretMemory()) {
            Secret key = memory.keep(bytes(32));
            Map<Bytes24, SealedRecord> records = new LinkedHashMap<>();
            for (int i = 0; i < RECORDS; i++) {
                Bytes24 id = Bytes24.random(random::nextLong);
                var facts = new SealedRecord.Facts(id, Bytes24.random(random::nextLong), SECRET,
                        Bytes24.hint(new byte[0]));
                records.put(id, SealedRecord.seal(key, facts, bytes(SECRET), random::nextLong));
            }
            Bytes24 id = Bytes24.random(random::nextLong);
            Client client = Client.empty(0).with(id, new Vault(key, records));
            byte[] block = Lz4Block.compress(PayloadWriter.write(Snapshot.empty().with(id, client)));
            byte[] fileKey = bytes(AgeFile.FILE_KEY);
            byte[] header = AgeFile.header(KEY, bytes(AgeFile.SALT), workFactor, fileKey);
            byte[] content = AgeFile.write(header, fileKey, bytes(AgeFile.NONCE), block);
            return ByteBuffer.allocate(HEAD + content.length).put(new byte[] {'P', 'A', 'R', 'T', 'I', 3, 0})
                    .put(content).array();
        }
    }

    private double merge(OpenVault source, int round) throws Exception {
        Path file = work.resolve("target" + round);
        try (OpenVault target = door.create(file, KEY.clone(), new Vaults.Locking(3, Optional.of("raw"),
                Optional.empty(), 0))) {
            long began = System.nanoTime();
            VaultMerge.Preview preview = target.preview(source, VaultMerge.all(VaultMerge.Policy.KEEP_BOTH));
            target.merge(source, preview);
            double seconds = seconds(began);
            int found = target.verify().records();
            if (found != RECORDS) {
                throw new IllegalStateException(found + " records after the merge of " + RECORDS);
            }
            return seconds;
        }
    }

    /// scrypt, the seal of the file key, the payload's key, the chunks: nothing is parsed, decompressed or kept.
    private static byte[] bareOpen(byte[] content) throws Exception {
        String[] lines = new String(content, 0, 256, StandardCharsets.ISO_8859_1).split("\n", 5);
        String[] stanza = lines[1].split(" ");
        byte[] wrap = scrypt(Base64.getDecoder().decode(stanza[2]), Integer.parseInt(stanza[3]));
        byte[] fileKey = chacha(Cipher.DECRYPT_MODE, wrap, new byte[12], Base64.getDecoder().decode(lines[2]));
        int at = String.join("\n", Arrays.copyOf(lines, 4)).length() + 1;
        byte[] key = hkdf(fileKey, Arrays.copyOfRange(content, at, at + 16));
        return chunks(Cipher.DECRYPT_MODE, key, Arrays.copyOfRange(content, at + 16, content.length), CHUNK + TAG);
    }

    private byte[] bareSeal(byte[] payload) throws Exception {
        byte[] fileKey = bytes(16);
        chacha(Cipher.ENCRYPT_MODE, scrypt(bytes(16), WORK_FACTOR), new byte[12], fileKey);
        return chunks(Cipher.ENCRYPT_MODE, hkdf(fileKey, bytes(16)), payload, CHUNK);
    }

    private static byte[] scrypt(byte[] salt, int workFactor) {
        byte[] label = "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);
        return SCrypt.generate(KEY, ByteBuffer.allocate(label.length + salt.length).put(label).put(salt).array(),
                1 << workFactor, 8, 1, 32);
    }

    private static byte[] hkdf(byte[] key, byte[] salt) throws Exception {
        return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt)
                .thenExpand("payload".getBytes(StandardCharsets.US_ASCII), 32));
    }

    private static byte[] chunks(int mode, byte[] key, byte[] in, int size) throws Exception {
        ByteBuffer out = ByteBuffer.allocate(in.length + (in.length / size + 1) * TAG);
        for (int at = 0, chunk = 0; at < in.length; at += size, chunk++) {
            int length = Math.min(size, in.length - at);
            byte[] nonce = ByteBuffer.allocate(12).putInt(7, chunk).put(11, (byte) (at + length == in.length ? 1 : 0))
                    .array();
            out.put(chacha(mode, key, nonce, Arrays.copyOfRange(in, at, at + length)));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] chacha(int mode, byte[] key, byte[] nonce, byte[] in) throws Exception {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        return cipher.doFinal(in);
    }

    /// What no merge can do without for each record: both boxes opened, the secret hashed under a key, both sealed
    /// under another key.
    private double bareMerge() throws Exception {
        byte[] key = bytes(32);
        byte[] other = bytes(32);
        byte[] nonce = bytes(24);
        byte[] facts = box(true, key, nonce, new byte[FACTS]);
        byte[] blob = box(true, key, nonce, new byte[SECRET]);
        long began = System.nanoTime();
        for (int i = 0; i < RECORDS; i++) {
            byte[] about = box(false, key, nonce, facts);
            byte[] secret = box(false, key, nonce, blob);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.doFinal(secret);
            box(true, other, bytes(24), about);
            box(true, other, bytes(24), secret);
        }
        return seconds(began);
    }

    private static byte[] box(boolean seals, byte[] key, byte[] nonce, byte[] in) throws Exception {
        var cipher = new XChaCha20Poly1305();
        cipher.init(seals, new AEADParameters(new KeyParameter(key), TAG * Byte.SIZE, nonce, new byte[24]));
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        cipher.doFinal(out, cipher.processBytes(in, 0, in.length, out, 0));
        return out;
    }

    /// It takes what is typed at a terminal, which `script` makes for it.
    private double age(Path content) throws Exception {
        long began = System.nanoTime();
        Process process = new ProcessBuilder("script", "-qec", "age -d -o '" + work.resolve("out") + "' '" + content
                + "'", "/dev/null").redirectErrorStream(true).start();
        try (OutputStream typed = process.getOutputStream()) {
            typed.write(KEY);
            typed.write('\n');
            typed.flush();
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("age does not open it");
            }
        }
        return seconds(began);
    }

    private static int status(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(
                    ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /// One thing, measured in every round: ours, and the reference in turn with it.
    private record Pair(String what, double[] ours, double[] theirs) {

        Pair(String what) {
            this(what, new double[ROUNDS], new double[ROUNDS]);
        }

        private void print(String reference) {
            System.out.printf(Locale.ROOT, "%s: %s s (rounds %s); %s: %s s (rounds %s)%n", what,
                    text(median(ours)), texts(ours), reference, text(median(theirs)), texts(theirs));
        }

        private double ratio() {
            double[] ratios = new double[ROUNDS];
            Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
            return median(ratios);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String text(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private static String texts(double[] seconds) {
        return String.join(" ", Arrays.stream(seconds).mapToObj(VaultBench::text).toList());
    }
}

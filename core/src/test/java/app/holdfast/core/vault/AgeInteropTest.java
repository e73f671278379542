package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.vault.age.AgeFile;
import app.holdfast.core.vault.stronghold.Lz4Block;
import app.holdfast.core.vault.stronghold.PayloadReader;
import app.holdfast.core.vault.stronghold.SecretMemory;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The envelope of version 3, against the `age` of Debian. That takes what is typed at a terminal for the passphrase,
/// up to the end of the line. So it can be given a key that is printable; one made of a password is 32 bytes of any
/// value. Here the key is what was typed ("raw"), which in the file makes no difference.
@Tag("interop")
final class AgeInteropTest {

    private static final String KEY = "thirty-two letters make one key.";
    private static final int HEAD = 7;
    /// More than one chunk of the envelope, and nothing that could be compressed.
    private static final int LARGE = 200_000;
    private static final int SECONDS_MAX = 120;

    @TempDir
    private Path folder;
    private final Desk desk = new Desk(9);
    private final byte[] large = new byte[LARGE];

    @BeforeEach
    void chance() {
        new SplittableRandom(10).nextBytes(large);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 19})
    void ageOpensWhatWeWrote(int workFactor) throws Exception {
        Path file = vault(workFactor);

        assertThat(age(content(file), "-d")).isZero();

        byte[] block = Files.readAllBytes(folder.resolve("out"));
        try (var memory = new SecretMemory()) {
            byte[] payload = Lz4Block.decompress(block);
            assertThat(contains(payload, large)).isTrue();
            assertThat(PayloadReader.read(payload, memory).clients()).isNotEmpty();
        }
    }

    @Test
    void weOpenWhatAgeWrote() throws Exception {
        byte[] content = Files.readAllBytes(content(vault(1)));
        byte[] fileKey = AgeFile.fileKey(content, Desk.utf8(KEY)).orElseThrow();
        Path block = Files.write(folder.resolve("block"), AgeFile.payload(content, fileKey));

        assertThat(age(block, "-p")).isZero();

        var out = new ByteArrayOutputStream();
        out.write(new byte[] {'P', 'A', 'R', 'T', 'I', 3, 0});
        out.write(Files.readAllBytes(folder.resolve("out")));
        Path file = Files.write(folder.resolve("theirs.stronghold"), out.toByteArray());
        try (OpenVault vault = desk.door.open(file, Desk.utf8(KEY),
                new Vaults.Opening(Optional.of("raw"), Optional.empty(), Vaults.WORK_FACTOR_UNASKED))) {
            assertThat(Desk.secret(vault, "one")).isEqualTo("1");
            assertThat(vault.verify().unreadable()).isEmpty();
        }
    }

    /// Which is why no file of work factor 0 is held against it; the engine's own are, in [FixturesTest].
    @Test
    void ageRefusesAWorkFactorOfZero() throws Exception {
        assertThat(age(content(vault(0)), "-d")).isNotZero();

        assertThat(folder.resolve("said")).content().contains("work factor");
    }

    private Path vault(int workFactor) throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = desk.door.create(file, Desk.utf8(KEY),
                new Vaults.Locking(3, Optional.of("raw"), Optional.empty(), workFactor))) {
            Desk.put(vault, "one", "1");
            vault.putValue(Desk.CLIENT, "large", large, Optional.empty());
            vault.save(); // the header that was made before, and another nonce
        }
        return file;
    }

    /// What is left without the letters and the version of a snapshot is a whole age file.
    private Path content(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        return Files.write(folder.resolve("content"), Arrays.copyOfRange(bytes, HEAD, bytes.length));
    }

    private static boolean contains(byte[] whole, byte[] part) {
        for (int at = 0; at <= whole.length - part.length; at++) {
            if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /// Runs it at a terminal of its own, at which the key is typed twice.
    ///
    /// @return its status
    private int age(Path in, String what) throws Exception {
        String command = "age " + what + " -o '" + folder.resolve("out") + "' '" + in + "'";
        Process process = new ProcessBuilder("script", "-qec", command, folder.resolve("said").toString())
                .redirectErrorStream(true).start();
        try (OutputStream typed = process.getOutputStream()) {
            typed.write(Desk.utf8(KEY + "\n" + KEY + "\n"));
            typed.flush();
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        }
        return process.exitValue();
    }
}

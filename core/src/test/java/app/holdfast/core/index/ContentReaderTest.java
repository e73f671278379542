package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.index.ContentReader.Digests;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ContentReaderTest {

    private static final long SEED = Long.getLong("seed", 20261127);
    private static final FileTime WHEN = FileTime.fromMillis(1_700_000_000_123L);

    @TempDir
    private Path folder;
    private long asked;

    private final ContentReader reader = new ContentReader(bytes -> {
        asked += bytes;
        return true;
    });

    private Path file(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return Files.setLastModifiedTime(file, WHEN);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(SEED).nextBytes(bytes);
        return bytes;
    }

    private Optional<Digests> read(Path file, boolean whole) throws Exception {
        return reader.read(file, Files.size(file), WHEN.toMillis(), whole);
    }

    @Test
    void aSmallFileIsReadWholeAtOnce() throws Exception {
        Digests digests = read(file("abc", "abc".getBytes()), false).orElseThrow();

        assertThat(digests.sample()).isNull();
        assertThat(HexFormat.of().formatHex(digests.content())).isEqualTo(
                "01ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aBigFilesSampleIsOfItsSizeAndFourParts() throws Exception {
        byte[] content = random(1_000_001);
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        expected.update(ByteBuffer.allocate(8).putLong(1_000_001).array());
        for (int at : new int[] {0, 327_872, 655_744, 983_617}) {
            expected.update(content, at, 16_384);
        }

        Digests digests = read(file("big", content), false).orElseThrow();

        assertThat(digests.content()).isNull();
        assertThat(digests.sample()).hasSize(17).startsWith(2)
                .endsWith(Arrays.copyOf(expected.digest(), 16));
        assertThat(asked).isEqualTo(4 * 16_384);
    }

    @Test
    void onlyTheWholeTellsApartWhatDiffersBetweenTheParts() throws Exception {
        byte[] content = random(500_000);
        Path one = file("one", content);
        content[100_000]++;
        Path two = file("two", content);

        assertThat(read(one, false).orElseThrow().sample()).isEqualTo(read(two, false).orElseThrow().sample());
        assertThat(read(one, true).orElseThrow().content()).isNotEqualTo(read(two, true).orElseThrow().content());
    }

    @Test
    void aHugeSparseFileIsSampledInNoTime() throws Exception {
        Path huge = folder.resolve("huge");
        try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 40);
        }
        Files.setLastModifiedTime(huge, WHEN);

        assertThat(read(huge, false)).isPresent();
        assertThat(asked).isEqualTo(4 * 16_384);
    }

    @Test
    void partsLieWithinAFileOfAnySize() {
        for (long size : new long[] {ContentReader.SMALL_BYTES_MAX + 1, 1L << 40, Long.MAX_VALUE}) {
            for (int part = 0; part < ContentReader.PARTS; part++) {
                assertThat(ContentReader.start(part, size)).isBetween(0L, size - ContentReader.PART_BYTES);
            }
        }
    }

    @Test
    void aFileThatIsAnotherThanSaidDoesNotCount() throws Exception {
        Path file = file("file", random(1_000));

        assertThat(reader.read(file, 999, WHEN.toMillis(), false)).isEmpty();
        assertThat(reader.read(file, 1_000, WHEN.toMillis() + 1, false)).isEmpty();
        assertThat(reader.read(folder.resolve("gone"), 1_000, WHEN.toMillis(), false)).isEmpty();
        assertThat(asked).isZero();
    }

    @Test
    void aFileThatChangesWhileItIsReadDoesNotCount() throws Exception {
        Path file = file("file", random(300_000));
        ContentReader changing = new ContentReader(_ -> write(file, random(300_000)));

        assertThat(changing.read(file, 300_000, WHEN.toMillis(), true)).isEmpty();
    }

    @Test
    void aFileThatShrinksWhileItIsReadDoesNotCount() throws Exception {
        Path file = file("file", random(300_000));
        ContentReader cutting = new ContentReader(_ -> write(file, new byte[10]));

        assertThat(cutting.read(file, 300_000, WHEN.toMillis(), true)).isEmpty();
    }

    /// @return true
    private static boolean write(Path file, byte[] content) {
        try {
            Files.write(file, content);
            return true;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void pipesLinksAndFoldersAreNotOpened() throws Exception {
        Path pipe = folder.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
        Path link = Files.createSymbolicLink(folder.resolve("link"), file("file", random(10)));

        for (Path path : new Path[] {pipe, link, folder}) {
            var now = Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class,
                    java.nio.file.LinkOption.NOFOLLOW_LINKS);
            assertThat(reader.read(path, now.size(), now.lastModifiedTime().toMillis(), true)).isEmpty();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatMayNotBeReadDoesNotCount() throws Exception {
        Path file = file("file", random(10));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        org.junit.jupiter.api.Assumptions.assumeFalse(Files.isReadable(file), "root reads everything");

        assertThat(read(file, false)).isEmpty();
    }

    @Test
    void aHugeFileIsLeftSoonWhenTheReadingIsToRest() throws Exception {
        Path file = file("file", random(300_000));
        var resting = new ContentReader(bytes -> (asked += bytes) < 100_000);

        assertThat(resting.read(file, 300_000, WHEN.toMillis(), true)).isEmpty();
        assertThat(asked).isLessThan(200_000);
    }

    @Test
    void theReadingEndsWithItsThread() throws Exception {
        Path file = file("file", random(300_000));
        ContentReader stopped = new ContentReader(_ -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> stopped.read(file, 300_000, WHEN.toMillis(), true))
                .isInstanceOf(InterruptedException.class);
    }
}

package app.holdfast.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.volume.Marker.Reading.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkerTest {

    private static final LibraryId LIBRARY = new LibraryId(new UUID(1, 0xABCDEF123456L));
    private static final Marker MARKER = new Marker(LIBRARY, new VolumeId(new UUID(3, 4)), 7, -5);

    @TempDir
    private Path drive;

    @Test
    void whatIsWrittenIsRead() throws MalformedMarker {
        assertThat(Marker.decode(MARKER.encode())).isEqualTo(MARKER);
        assertThat(new String(MARKER.encode(), StandardCharsets.US_ASCII)).startsWith("This file lets Holdfast");
    }

    @Test
    void theNextMarkerIsAhead() {
        assertThat(MARKER.next(9)).isEqualTo(new Marker(LIBRARY, MARKER.volume(), 8, 9));
    }

    @Test
    void everyCutAndEveryFlippedBitIsNoticed() {
        byte[] whole = MARKER.encode();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(MalformedMarker.class).isThrownBy(() -> Marker.decode(cut))
                    .satisfies(e -> assertThat(e.offset()).isBetween(0, whole.length));
        }
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            boolean caseOfHex = flipped[bit / 8] == (whole[bit / 8] ^ 0x20);
            if (!caseOfHex) {
                assertThatExceptionOfType(MalformedMarker.class).isThrownBy(() -> Marker.decode(flipped));
            }
        }
    }

    @Test
    void randomBytesAreNoMarker() {
        long seed = System.nanoTime();
        System.out.println("MarkerTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(Marker.BYTES_MAX + 10)];
            random.nextBytes(bytes);
            assertThatExceptionOfType(MalformedMarker.class).isThrownBy(() -> Marker.decode(bytes));
        }
    }

    @Test
    void twoLibrariesHaveAFileEach() {
        LibraryId other = new LibraryId(new UUID(1, 0xABCDEF123457L));

        assertThat(Marker.fileName(LIBRARY)).isEqualTo(".holdfast-abcdef123456");
        assertThat(Marker.fileName(other)).isNotEqualTo(Marker.fileName(LIBRARY));
        assertThat(MarkerFile.isMarkerName(".holdfast-abcdef123456")).isTrue();
        assertThat(MarkerFile.isMarkerName(".holdfast-abcdef123456-new")).isTrue();
        assertThat(MarkerFile.isMarkerName(".holdfast-notes")).isFalse();
    }

    @Test
    void aFileIsWrittenReadAndTakenAway() throws IOException {
        MarkerFile file = MarkerFile.of(drive, LIBRARY);
        assertThat(file.read().state()).isEqualTo(State.MISSING);

        file.write(MARKER);
        file.write(MARKER.next(3));

        assertThat(file.read().marker()).contains(MARKER.next(3));
        try (var files = Files.list(drive)) {
            assertThat(files).hasSize(1);
        }
        file.delete();
        assertThat(file.read().state()).isEqualTo(State.MISSING);
    }

    @Test
    void aFolderALinkAndANovelAreDamaged() throws IOException {
        MarkerFile file = MarkerFile.of(drive, LIBRARY);
        Files.createDirectory(file.place());
        assertThat(file.read().state()).isEqualTo(State.DAMAGED);

        Files.delete(file.place());
        Files.createSymbolicLink(file.place(), Path.of("/dev/zero"));
        assertThat(file.read().state()).isEqualTo(State.DAMAGED);

        Files.delete(file.place());
        Files.writeString(file.place(), "x".repeat(Marker.BYTES_MAX + 1));
        assertThat(file.read().state()).isEqualTo(State.DAMAGED);
    }

    @Test
    void aLeftoverOfAnEarlierWriteIsNoHindrance() throws IOException {
        MarkerFile file = MarkerFile.of(drive, LIBRARY);
        Files.writeString(drive.resolve(Marker.fileName(LIBRARY) + "-new"), "half");

        file.write(MARKER);

        assertThat(file.read().marker()).contains(MARKER);
    }
}

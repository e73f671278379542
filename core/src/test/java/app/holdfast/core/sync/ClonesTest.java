package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two running copies of one library have one key and must not be taken for one device (R7, S6).
final class ClonesTest extends StreamFixture {

    private TestDevice clone;

    @AfterEach
    void closeClone() {
        clone.close();
    }

    private void cloneTheLaptop() throws Exception {
        laptop.close();
        Path copy = Files.createDirectory(folder.resolve("clone"));
        try (Stream<Path> files = Files.list(folder.resolve("laptop"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        clone = new TestDevice(copy, 1);
    }

    private void talkUntilAllIsSaid() throws Exception {
        for (int round = 0; round < 3; round++) {
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(clone, desktop);
        }
    }

    @Test
    void rowsOfBothCopiesHaveNamesOfTheirOwn() throws Exception {
        TestDevice.talk(laptop, desktop);
        cloneTheLaptop();
        talkUntilAllIsSaid();

        write("d/four.txt", "four");
        scan(laptop);
        addAndScanAtClone();
        talkUntilAllIsSaid();
        scan(laptop);
        talkUntilAllIsSaid();

        assertThat(laptop.holding(VOLUME).own()).isTrue();
        assertThat(clone.holding(VOLUME).own()).isFalse();
        assertThat(clone.holding(VOLUME).claim()).isEqualTo(laptop.holding(VOLUME).claim());
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    private void addAndScanAtClone() throws Exception {
        write("e/five.txt", "five");
        scan(clone);
    }

    @Test
    void aCopyThatOnlyListensDoesNotKeepTheOtherFromWriting() throws Exception {
        TestDevice.talk(laptop, desktop);
        cloneTheLaptop();
        talkUntilAllIsSaid();

        write("d/four.txt", "four");
        scan(laptop);
        talkUntilAllIsSaid();

        assertThat(desktop.entries()).isEqualTo(laptop.entries());
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(laptop.holding(VOLUME).claim().epoch()).isLessThan(10);
    }
}

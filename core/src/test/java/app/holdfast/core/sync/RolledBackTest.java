package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A whole machine goes back to an earlier state (R7, last clause): the library, and with it the notes outside of it
/// that would tell. What is written then bears names that others know for something else.
class RolledBackTest {

    private static final UUID EARLY = new UUID(7, 1);
    private static final UUID LOST = new UUID(7, 2);
    private static final UUID LOST_TOO = new UUID(7, 3);
    private static final UUID NEW = new UUID(7, 4);
    private static final UUID NEW_TOO = new UUID(7, 5);
    private static final int MESSAGES_MAX = 25;
    private static final UUID NEWEST = new UUID(7, 6);

    @TempDir
    Path folder;

    private TestDevice laptop;
    private TestDevice desktop;
    private TestDevice tablet;

    @BeforeEach
    void writeGoOnAndGoBack() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        tablet = new TestDevice(folder.resolve("tablet"), 3);
        for (TestDevice other : List.of(desktop, tablet)) {
            other.join(laptop.run(tx -> tx.state().library()));
        }
        for (TestDevice one : List.of(laptop, desktop, tablet)) {
            for (TestDevice other : List.of(laptop, desktop, tablet)) {
                if (!one.equals(other)) {
                    one.knows(other);
                }
            }
        }
        laptop.edit(EARLY, Models.NAME, "early");
        meet();
        laptop.close();
        copyTree(folder.resolve("laptop"), folder.resolve("machine"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        laptop.edit(LOST, Models.NAME, "lost");
        laptop.edit(LOST_TOO, Models.NAME, "lost too");
        TestDevice.talk(laptop, desktop);
        laptop.close();
        deleteTree(folder.resolve("laptop"));
        copyTree(folder.resolve("machine"), folder.resolve("laptop"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
    }

    @AfterEach
    void close() {
        laptop.close();
        desktop.close();
        tablet.close();
    }

    private void meet() throws Exception {
        for (int round = 0; round < 3; round++) {
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(desktop, tablet);
            TestDevice.talk(laptop, tablet);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void deleteTree(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Author author(TestDevice device) throws Exception {
        return device.run(tx -> tx.state().author());
    }

    private void assertAllHold(UUID... tags) throws Exception {
        for (TestDevice device : List.of(laptop, desktop, tablet)) {
            for (UUID tag : tags) {
                assertThat(device.tag(tag)).as("%s on %s", tag, device.id).isPresent();
            }
            assertThat(device.hash()).isEqualTo(desktop.hash());
        }
    }

    @Test
    void theMachineDoesNotNoticeByItself() throws Exception {
        Author before = author(laptop);
        laptop.edit(NEW, Models.NAME, "new");

        assertThat(author(laptop)).isEqualTo(before);

        TestDevice.talk(laptop, desktop);

        assertThat(author(laptop)).isNotEqualTo(before);
    }

    @Test
    void whatWasWrittenBeforeComesBack() throws Exception {
        meet();

        assertAllHold(EARLY, LOST, LOST_TOO);
    }

    @Test
    void nothingIsLostWhenLessWasWrittenThanBefore() throws Exception {
        laptop.edit(NEW, Models.NAME, "new");

        meet();

        assertAllHold(EARLY, LOST, LOST_TOO, NEW);
    }

    @Test
    void nothingIsLostWhenAsMuchWasWrittenAsBefore() throws Exception {
        laptop.edit(NEW, Models.NAME, "new");
        laptop.edit(NEW_TOO, Models.NAME, "new too");

        meet();

        assertAllHold(EARLY, LOST, LOST_TOO, NEW, NEW_TOO);
    }

    @Test
    void nothingIsLostWhenMoreWasWrittenThanBefore() throws Exception {
        laptop.edit(NEW, Models.NAME, "new");
        laptop.edit(NEW_TOO, Models.NAME, "new too");
        laptop.edit(NEWEST, Models.NAME, "newest");

        meet();

        assertAllHold(EARLY, LOST, LOST_TOO, NEW, NEW_TOO, NEWEST);
    }

    @Test
    void aGroupThatEndsAfterWhatTheOtherKnowsTellsAsWell() throws Exception {
        laptop.editMany(1, 5);

        meet();

        assertAllHold(EARLY, LOST, LOST_TOO);
        assertThat(desktop.hash().rows()).containsEntry(Models.TAG, 8L);
    }

    @Test
    void nothingIsLostWhenAnotherDeviceHearsTheNewNamesFirst() throws Exception {
        laptop.edit(NEW, Models.NAME, "new");
        TestDevice.talk(laptop, tablet);

        meet();

        assertAllHold(EARLY, LOST, LOST_TOO, NEW);
    }

    enum Between { NOTHING, OTHERS_MEET, THIRD_FIRST, THIRD_FIRST_AND_OTHERS_MEET }

    static Stream<Arguments> cuts() {
        return Stream.of(Between.values()).flatMap(between -> Stream.of(false, true).flatMap(overflows ->
                IntStream.rangeClosed(1, MESSAGES_MAX)
                        .filter(messages -> between == Between.NOTHING || messages % 4 == 2)
                        .mapToObj(messages -> Arguments.of(messages, overflows, between))));
    }

    /// The heal is cut off, and the library is opened anew.
    @ParameterizedTest
    @MethodSource("cuts")
    void aHealThatWasCutOffGoesOn(int messages, boolean overflows, Between between) throws Exception {
        laptop.edit(NEW, Models.NAME, "new");
        TestDevice.talk(laptop, tablet);
        TestDevice.talk(laptop, desktop, messages);
        laptop.close();
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        if (between == Between.OTHERS_MEET || between == Between.THIRD_FIRST_AND_OTHERS_MEET) {
            TestDevice.talk(desktop, tablet);
        }
        if (between == Between.THIRD_FIRST || between == Between.THIRD_FIRST_AND_OTHERS_MEET) {
            TestDevice.talk(laptop, tablet);
        }
        meet();
        if (overflows) {
            for (TestDevice device : List.of(laptop, desktop, tablet)) {
                device.editMany(device.number * 100, 10);
                device.run(_ -> {
                    device.desk.log().clear();
                    return true;
                });
            }
        }
        meet();

        assertAllHold(EARLY, LOST, LOST_TOO, NEW);
        for (TestDevice device : List.of(laptop, desktop, tablet)) {
            assertThat(device.<VersionVector>run(tx -> tx.shared().vector()))
                    .isEqualTo(desktop.<VersionVector>run(tx -> tx.shared().vector()));
            assertThat(device.<Fingerprint>run(tx -> tx.shared().fingerprint()))
                    .isEqualTo(desktop.<Fingerprint>run(tx -> tx.shared().fingerprint()));
        }
    }

    @Test
    void whatAnotherDeviceChangedMeanwhileStaysChanged() throws Exception {
        desktop.edit(EARLY, Models.NAME, "renamed");
        desktop.run(tx -> {
            tx.shared().delete(Models.TAG, LOST);
            return true;
        });
        laptop.edit(NEW, Models.NAME, "new");

        meet();

        assertAllHold(EARLY, LOST_TOO, NEW);
        assertThat(laptop.tag(EARLY).orElseThrow().value(Models.NAME)).isEqualTo(new Value.Text("renamed"));
        assertThat(tablet.tag(LOST)).isEmpty();
    }
}

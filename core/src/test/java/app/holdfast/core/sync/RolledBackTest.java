package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.Value;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A whole machine goes back to an earlier state (R7, last clause): the library, and with it the notes outside of it
/// that would tell. What is written then bears names that others know for something else.
class RolledBackTest extends RolledBack {

    private static final int MESSAGES_MAX = 25;

    private static Author author(TestDevice device) throws Exception {
        return device.run(tx -> tx.state().author());
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
        for (int i = 1; i <= 5; i++) {
            assertThat(desktop.tag(TestDevice.tagOf(i))).as("tag %d of the group", i).isPresent();
        }
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
                device.loseLog();
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

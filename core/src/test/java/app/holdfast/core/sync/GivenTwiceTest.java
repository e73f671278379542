package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.TrailMark;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.OwnRecords;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Two devices know different things by a name that a third gave twice (R7, ADR 230): whatever they do before that one
/// has healed it, and if it never does, neither takes what the other lacks for removed.
class GivenTwiceTest extends RolledBack {

    private static final List<UUID> AFTERWARDS = List.of(NEW, NEW_TOO, NEWEST);
    private static final int MESSAGES_MAX = 20;

    /// What the laptop writes after it went back, and tells the tablet.
    private UUID[] writeAfterwards(int count, boolean overflows) throws Exception {
        for (UUID tag : AFTERWARDS.subList(0, count)) {
            laptop.edit(tag, Models.NAME, "afterwards");
        }
        TestDevice.talk(laptop, tablet);
        if (overflows) {
            loseLogs();
        }
        return Stream.concat(Stream.of(EARLY, LOST, LOST_TOO), AFTERWARDS.subList(0, count).stream())
                .toArray(UUID[]::new);
    }

    private void loseLogs() throws Exception {
        for (TestDevice device : List.of(laptop, desktop, tablet)) {
            device.loseLog();
        }
    }

    private void assertEqual(List<TestDevice> devices) throws Exception {
        for (TestDevice device : devices) {
            assertThat(device.<VersionVector>run(tx -> tx.shared().vector()))
                    .isEqualTo(desktop.<VersionVector>run(tx -> tx.shared().vector()));
            assertThat(device.<Fingerprint>run(tx -> tx.shared().fingerprint()))
                    .isEqualTo(desktop.<Fingerprint>run(tx -> tx.shared().fingerprint()));
            assertThat(device.hash()).isEqualTo(desktop.hash());
        }
    }

    static Stream<Arguments> howMuch() {
        return IntStream.rangeClosed(1, AFTERWARDS.size()).boxed().flatMap(count ->
                Stream.of(Arguments.of(count, false), Arguments.of(count, true)));
    }

    /// The laptop never comes back.
    @ParameterizedTest
    @MethodSource("howMuch")
    void twoThatKnowANameForDifferentThingsKeepBoth(int count, boolean overflows) throws Exception {
        UUID[] all = writeAfterwards(count, overflows);

        for (int round = 0; round < 3; round++) {
            TestDevice.talk(desktop, tablet);
        }

        for (UUID tag : all) {
            assertThat(desktop.tag(tag)).as("%s on the desktop", tag).isPresent();
            assertThat(tablet.tag(tag)).as("%s on the tablet", tag).isPresent();
        }
        assertEqual(List.of(desktop, tablet));
    }

    @Test
    void aChangeMadeBeforeTheTwoMeaningsAreHealedTakesNothingAway() throws Exception {
        UUID[] all = writeAfterwards(1, false);
        boolean saidAll = TestDevice.talk(desktop, tablet, _ ->
                desktop.<Boolean>run(tx -> tx.forks().areContested()));
        desktop.edit(LOST, Models.COLOR, "red");

        for (int round = 0; round < 3; round++) {
            TestDevice.talk(desktop, tablet);
        }

        assertThat(saidAll).isFalse();
        for (UUID tag : all) {
            assertThat(desktop.tag(tag)).as("%s on the desktop", tag).isPresent();
            assertThat(tablet.tag(tag)).as("%s on the tablet", tag).isPresent();
        }
        assertThat(tablet.tag(LOST).orElseThrow().value(Models.COLOR)).isEqualTo(new Value.Text("red"));
        assertEqual(List.of(desktop, tablet));
    }

    @Test
    void whatOnlyTheTwoHadIsKept() throws Exception {
        twoThatKnowANameForDifferentThingsKeepBoth(AFTERWARDS.size(), true);
    }

    /// What is added to it must not become negative.
    @Test
    void aTrailThatLeadsFurtherThanAnybodyCanHaveWrittenIsRefused() throws Exception {
        writeAfterwards(1, false);
        VersionVector before = desktop.run(tx -> tx.shared().vector());

        StreamTalk talk = StreamTalk.between(tablet, desktop, message ->
                message instanceof SyncMessage.Manifest manifest ? far(manifest) : message);

        assertThat(talk.said(SyncMessage.Manifest.class)).anyMatch(manifest -> !manifest.trails().isEmpty());
        assertThat(talk.violation).contains(SyncSession.OUT_OF_REACH);
        assertThat(desktop.<VersionVector>run(tx -> tx.shared().vector())).isEqualTo(before);
    }

    /// The same with one step more in each trail.
    private static SyncMessage.Manifest far(SyncMessage.Manifest manifest) {
        var trails = new TreeMap<Author, List<TrailMark>>();
        manifest.trails().forEach((author, marks) -> trails.put(author, Stream.concat(marks.stream(),
                Stream.of(new TrailMark(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1, 1))).toList()));
        return new SyncMessage.Manifest(manifest.covered(), manifest.heads(), trails);
    }

    /// The laptop comes back and goes on writing.
    @ParameterizedTest
    @MethodSource("howMuch")
    void whoGaveTheNamesFindsAllOfItWhenItIsBack(int count, boolean overflows) throws Exception {
        UUID[] all = writeAfterwards(count, overflows);
        TestDevice.talk(desktop, tablet);
        laptop.edit(EARLY, Models.COLOR, "red");

        meet();
        meet();

        assertAllHold(all);
        assertEqual(List.of(laptop, desktop, tablet));
        assertThat(tablet.tag(EARLY).orElseThrow().value(Models.COLOR)).isEqualTo(new Value.Text("red"));
    }

    static Stream<Arguments> cuts() {
        return IntStream.rangeClosed(1, MESSAGES_MAX).boxed().flatMap(messages ->
                howMuch().map(much -> Arguments.of(messages, much.get()[0], much.get()[1])));
    }

    /// The two are cut off, and go on when the tablet was opened anew.
    @ParameterizedTest
    @MethodSource("cuts")
    void whatWasCutOffGoesOn(int messages, int count, boolean overflows) throws Exception {
        UUID[] all = writeAfterwards(count, overflows);
        TestDevice.talk(desktop, tablet, messages);
        tablet.close();
        tablet = new TestDevice(folder.resolve("tablet"), 3);
        if (messages % 2 == 0) {
            TestDevice.talk(laptop, messages % 4 == 0 ? desktop : tablet);
        }

        meet();
        meet();

        assertAllHold(all);
        assertEqual(List.of(laptop, desktop, tablet));
    }

    /// One name, one record, different fields of it.
    @Test
    void oneRecordThatBothMeaningsChangedHasBothChanges() throws Exception {
        laptop.edit(LOST, Models.COLOR, "red");

        meet();

        assertAllHold(EARLY, LOST, LOST_TOO);
        assertThat(tablet.tag(LOST).orElseThrow().value(Models.NAME)).isEqualTo(new Value.Text("lost"));
        assertThat(tablet.tag(LOST).orElseThrow().value(Models.COLOR)).isEqualTo(new Value.Text("red"));
        assertEqual(List.of(laptop, desktop, tablet));
    }

    @Test
    void aChangeOfTheSameRecordIsNotLostBetweenTwoOthers() throws Exception {
        laptop.edit(LOST, Models.COLOR, "red");
        TestDevice.talk(laptop, tablet);
        tablet.edit(LOST, Models.COLOR, "blue");

        for (int round = 0; round < 3; round++) {
            TestDevice.talk(desktop, tablet);
        }

        assertThat(desktop.tag(LOST).orElseThrow().value(Models.NAME)).isEqualTo(new Value.Text("lost"));
        assertThat(desktop.tag(LOST).orElseThrow().value(Models.COLOR)).isEqualTo(new Value.Text("blue"));
        assertEqual(List.of(desktop, tablet));
    }

    /// The name that was given twice is that of a claim, which lost, as somebody else has the drive.
    @Test
    void aClaimThatLostStandsInNobodysWay() throws Exception {
        var drive = new VolumeId(new UUID(8, 8));
        for (TestDevice device : List.of(laptop, tablet)) {
            device.nowMillis += 1_000L * device.number;
            device.run(tx -> {
                tx.own().addVolume(drive, new OwnRecords.VolumeFacts("drive", "ext4", "", 0, "/drive"));
                return true;
            });
        }
        TestDevice.talk(laptop, tablet);

        for (int round = 0; round < 3; round++) {
            TestDevice.talk(laptop, desktop);
        }

        assertThat(laptop.tag(LOST)).isPresent();
        assertThat(desktop.tag(LOST)).isPresent();

        meet();
        meet();

        assertAllHold(EARLY, LOST, LOST_TOO);
        assertEqual(List.of(laptop, desktop, tablet));
    }
}

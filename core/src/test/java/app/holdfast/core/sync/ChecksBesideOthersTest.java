package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Checkup.Standing;
import app.holdfast.core.api.SyncEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The laptop and the desktop see whether they hold the same while the tablet, which the laptop compares itself with,
/// is silent or has its state folded in (ADR 232, 234).
final class ChecksBesideOthersTest {

    private static final long HOUR_MILLIS = 3_600_000;

    @TempDir
    private Path folder;

    private TestDevice laptop;
    private TestDevice desktop;
    private TestDevice tablet;
    private final OpenTalks talks = new OpenTalks();

    @BeforeEach
    void pair() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        tablet = new TestDevice(folder.resolve("tablet"), 3);
        TestDevice.group(laptop, desktop, tablet);
        laptop.editMany(0, 20);
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(laptop, tablet);
        TestDevice.talk(laptop, desktop);
        tablet.editMany(1_000, 20);
        tablet = tablet.withoutLog();
    }

    @AfterEach
    void close() {
        laptop.close();
        desktop.close();
        tablet.close();
    }

    private void pass(long millis) throws Exception {
        talks.pass(millis, laptop, desktop, tablet);
    }

    /// The laptop has asked the tablet for its state, and gets no answer; with the desktop all is said.
    private void linkBothAndSilenceTheTablet() throws Exception {
        talks.link(laptop, tablet);
        while (talks.said(laptop, tablet, SyncMessage.ManifestOpen.class).isEmpty()) {
            assertThat(talks.turn()).isTrue();
        }
        talks.silence(tablet, true);
        talks.link(laptop, desktop);
        talks.settle();
    }

    /// The laptop and the desktop have said all to each other, and the laptop is folding in what the tablet has.
    private void linkBothUntilTheLaptopFolds() throws Exception {
        laptop.foldsOneRecordAtATime();
        talks.link(laptop, desktop);
        talks.settle();
        talks.link(laptop, tablet);
        while (laptop.run(tx -> tx.shared().fingerprint()).count() == desktop.run(tx -> tx.shared().fingerprint())
                .count()) {
            assertThat(talks.turn()).isTrue();
        }
        assertThat(laptop.isFolding()).isTrue();
    }

    private static Poll poll(TestDevice device, TestDevice... peers) throws Exception {
        var poll = new Poll(List.of(peers).stream().map(peer -> peer.id).toList());
        device.run(_ -> {
            device.desk.poll(poll);
            return true;
        });
        return poll;
    }

    private static void end(TestDevice device, Poll poll) throws Exception {
        device.run(_ -> {
            poll.end();
            return true;
        });
    }

    /// Behind its back, and it is opened anew.
    private void damageTheLaptop() throws Exception {
        assertThat(laptop.sql("delete from shared_dot where model = 'tag' and sequence % 2 = 0")).isPositive();
        laptop.close();
        laptop = new TestDevice(folder.resolve("laptop"), 1);
    }

    @Test
    void whoHoldsTheSameIsSaidToBeEqualThoughAnotherIsSilent() throws Exception {
        linkBothAndSilenceTheTablet();
        pass(ComparingSlot.SILENT_MILLIS);

        Poll poll = poll(laptop, desktop, tablet);
        talks.settle();
        assertThat(poll.promised()).isNotDone();
        end(laptop, poll);

        assertThat(poll.promised())
                .isCompletedWithValue(Map.of(desktop.id, Standing.EQUAL, tablet.id, Standing.SILENT));
    }

    @Test
    void nobodyIsSaidToBeEqualWhileSomethingIsComparedThatMayHaveToGoToIt() throws Exception {
        linkBothAndSilenceTheTablet();

        Poll poll = poll(laptop, desktop);
        talks.settle();

        assertThat(poll.promised()).isCompletedWithValue(Map.of(desktop.id, Standing.BEHIND));
    }

    @Test
    void whatIsDamagedIsFoundAndHealedUnaskedThoughAnotherIsSilent() throws Exception {
        laptop.checksItself();
        desktop.checksItself();
        linkBothAndSilenceTheTablet();
        assertThat(desktop.sql("delete from shared_dot where model = 'tag' and sequence % 2 = 0")).isPositive();

        pass(2 * HOUR_MILLIS);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.tag(TestDevice.tagOf(7))).isPresent();
        assertThat(desktop.noted(SyncEvent.Kind.DIFFERED)).isEqualTo(1);
    }

    @Test
    void whatIsDamagedIsHealedWhenThePersonAsksThoughAnotherIsSilent() throws Exception {
        damageTheLaptop();
        linkBothAndSilenceTheTablet();
        pass(ComparingSlot.SILENT_MILLIS);

        Poll poll = poll(laptop, desktop);
        talks.settle();

        assertThat(poll.promised()).isCompletedWithValue(Map.of(desktop.id, Standing.DIFFERS));
        assertThat(laptop.tag(TestDevice.tagOf(7))).isPresent();
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    /// What is left of the fold is done in turns of the conversation with the desktop.
    private List<SyncNote> foldInTurnsOfTheDesktop() throws Exception {
        while (laptop.isFolding()) {
            talks.news(talks.end(laptop, desktop));
        }
        return laptop.notes.stream().filter(note -> note.kind() == SyncEvent.Kind.RECONCILED).toList();
    }

    @Test
    void whoWasComparedWithIsNamedThoughTheFoldEndsInATurnOfAnother() throws Exception {
        linkBothUntilTheLaptopFolds();

        assertThat(foldInTurnsOfTheDesktop()).extracting(SyncNote::peer).containsExactly(tablet.id);
    }

    @Test
    void whoWasComparedWithIsNamedThoughItsLinkHasEndedSince() throws Exception {
        linkBothUntilTheLaptopFolds();

        talks.unlink(laptop, tablet);

        assertThat(foldInTurnsOfTheDesktop()).extracting(SyncNote::peer).containsExactly(tablet.id);
    }

    @Test
    void halfAFoldIsNotTakenForDamageByWhoeverAsksAndHasItToSend() throws Exception {
        linkBothUntilTheLaptopFolds();

        Poll poll = poll(laptop, desktop);
        talks.settle();

        assertThat(poll.promised()).isCompletedWithValue(Map.of(desktop.id, Standing.BEHIND));
        assertNobodyNotedDamage();
    }

    @Test
    void halfAFoldIsNotTakenForDamageByWhoeverIsAskedAboutIt() throws Exception {
        linkBothUntilTheLaptopFolds();

        Poll poll = poll(desktop, laptop);
        talks.settle();

        assertThat(poll.promised()).isCompletedWithValue(Map.of(laptop.id, Standing.BEHIND));
        assertNobodyNotedDamage();
    }

    private void assertNobodyNotedDamage() throws Exception {
        assertThat(laptop.noted(SyncEvent.Kind.DIFFERED)).isZero();
        assertThat(desktop.noted(SyncEvent.Kind.DIFFERED)).isZero();
        assertThat(laptop.hash()).isEqualTo(desktop.hash()).isEqualTo(tablet.hash());
        assertThat(laptop.tag(TestDevice.tagOf(1_007))).isPresent();
    }
}

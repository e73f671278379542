package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.holdfast.core.change.Models;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A drive changes hands, and what goes wrong when a rule of it is broken: the counterexamples of the algorithm, by
/// their numbers (`docs/protocol/sync.md`, section 6).
@Execution(ExecutionMode.CONCURRENT)
class MovedDriveTest extends StreamFixture {

    private void everybodyTalks() throws Exception {
        for (int round = 0; round < 3; round++) {
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(desktop, tablet);
            TestDevice.talk(laptop, tablet);
        }
    }

    private void assertAllEqual() throws Exception {
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(tablet.hash()).isEqualTo(laptop.hash());
        for (TestDevice one : List.of(laptop, desktop, tablet)) {
            assertThat(one.holding(VOLUME).servable()).isTrue();
        }
    }

    private static long rows(StreamTalk talk) {
        return talk.said(SyncMessage.LeafPage.class).stream().flatMap(page -> page.rows().stream())
                .filter(table -> table.model().equals(Models.ENTRY)).mapToLong(table -> table.rows().size()).sum();
    }

    @Test
    void aDriveThatMovesCostsNoRows() throws Exception {
        writeMany(1_000);
        scan(laptop);
        everybodyTalks();

        claim(desktop);
        scan(desktop);
        StreamTalk toLaptop = StreamTalk.between(desktop, laptop);
        StreamTalk toTablet = StreamTalk.between(desktop, tablet);

        assertThat(rows(toLaptop) + rows(toTablet)).isZero();
        assertThat(toLaptop.said(SyncMessage.StreamLeaves.class)).isEmpty();
        assertThat(toTablet.said(SyncMessage.StreamLeaves.class)).isEmpty();
        everybodyTalks();
        assertAllEqual();
        assertThat(laptop.holding(VOLUME).claim().owner()).isEqualTo(desktop.id);
        assertThat(laptop.holding(VOLUME).asserted()).isTrue();
    }

    @Test
    void whoHasHeardThatTheOwnerHasSeenAllTellsWhoHasNotAndIsNotToldOtherwise() throws Exception {
        everybodyTalks();
        claim(desktop);
        TestDevice.talk(desktop, tablet);
        scan(desktop);
        TestDevice.talk(desktop, laptop);
        assertThat(tablet.holding(VOLUME).asserted()).isFalse();
        assertThat(laptop.holding(VOLUME).mark()).isEqualTo(tablet.holding(VOLUME).mark());

        TestDevice.talk(laptop, tablet);

        assertThat(laptop.holding(VOLUME).asserted()).isTrue();
        assertThat(tablet.holding(VOLUME).asserted()).isTrue();
    }

    @Test
    void twoClaimsOfOneEpochDoNotMix() throws Exception { // 14
        everybodyTalks();
        claim(desktop);
        claim(tablet);
        write("d/by the desktop.txt", "x");
        scan(desktop);
        write("e/by the tablet.txt", "x");
        scan(tablet);

        everybodyTalks();
        Holding winner = laptop.holding(VOLUME);
        scan(winner.claim().owner().equals(desktop.id) ? desktop : tablet);
        everybodyTalks();

        assertAllEqual();
        assertThat(winner.claim().epoch()).isEqualTo(2);
        assertThat(laptop.entries()).isEqualTo(11);
    }

    @Test
    void twoClaimsOfOneEpochDoNotShareTheirNumbers() throws Exception { // 14
        everybodyTalks();
        claim(desktop);
        write("a/one.txt", "as the desktop sees it");
        scan(desktop);
        claim(tablet);
        write("a/one.txt", "as the tablet sees it, which is another length");
        scan(tablet);

        everybodyTalks();

        assertAllEqual();
    }

    @Test
    void rowsThatTheNewOwnerHasNotSeenStayUntilItHasLooked() throws Exception { // 16
        TestDevice.talk(laptop, desktop);
        write("new/since then.txt", "x");
        scan(laptop);
        TestDevice.talk(laptop, tablet);
        long before = tablet.entries();

        claim(desktop);
        TestDevice.talk(desktop, tablet);

        assertThat(desktop.entries()).isEqualTo(before - 2);
        assertThat(tablet.entries()).isEqualTo(before);
        scan(desktop);
        everybodyTalks();
        assertAllEqual();
        assertThat(tablet.entries()).isEqualTo(before);
    }

    @Test
    void whatTheNewOwnerDoesNotFindGoesOnceItHasLooked() throws Exception { // 16, 17
        TestDevice.talk(laptop, desktop);
        write("new/since then.txt", "x");
        scan(laptop);
        TestDevice.talk(laptop, tablet);
        Files.delete(things.resolve("new/since then.txt"));
        Files.delete(things.resolve("new"));

        claim(desktop);
        TestDevice.talk(desktop, tablet);
        scan(desktop);
        TestDevice.talk(desktop, tablet);

        assertThat(tablet.entries()).isEqualTo(desktop.entries());
        everybodyTalks();
        assertAllEqual();
    }

    @Test
    void anOlderCopyOfTheNewOwnerDoesNotReplaceANewerRow() throws Exception { // 20
        TestDevice.talk(laptop, desktop);
        write("a/one.txt", "a longer one");
        laptop.scan(location, VOLUME, things);
        TestDevice.talk(laptop, tablet);
        int newer = tablet.sql("update entry set size = size where size = 12");
        tablet.sql("delete from stale_leaf");

        claim(desktop);
        TestDevice.talk(desktop, tablet);

        assertThat(newer).isEqualTo(1);
        assertThat(tablet.sql("update entry set size = size where size = 12")).isEqualTo(1);
    }

    @Test
    void rowsOfAnOldOwnerAreRefused() throws Exception { // 18
        everybodyTalks();
        claim(desktop);
        scan(desktop);
        TestDevice.talk(desktop, tablet);
        write("late.txt", "x");
        scan(laptop); // it has not heard of the claim

        var old = laptop.holding(VOLUME).claim().id();
        StreamTalk talk = StreamTalk.between(laptop, tablet, message -> message instanceof SyncMessage.Ack
                ? new SyncMessage.StreamPage(old, 1, List.of(), List.of(), 1_000) : message);

        assertThat(talk.answered(SyncMessage.Unfollow.class)).isNotEmpty();
        assertThat(tablet.holding(VOLUME).claim().owner()).isEqualTo(desktop.id);
        everybodyTalks();
        scan(desktop);
        everybodyTalks();
        assertAllEqual();
        assertThat(tablet.entries()).isEqualTo(8);
    }

    @Test
    void aRelayThatIsBehindDoesNotOfferAgainWhatWasRemoved() throws Exception { // 19
        everybodyTalks();
        writeMany(5_000);
        Files.delete(things.resolve("c/three.txt"));
        scan(laptop);
        TestDevice.talk(laptop, tablet, _ -> tablet.entries() > 1_000);
        long before = tablet.entries();

        TestDevice.talk(desktop, tablet);

        assertThat(tablet.entries()).isEqualTo(before);
        everybodyTalks();
        assertAllEqual();
    }

    @Test
    void rowsThatChangeWhileTheyAreSentAreNotTakenForComplete() throws Exception { // 15
        writeMany(5_000);
        scan(laptop);
        int[] pages = {0};

        StreamTalk.between(laptop, desktop, message -> {
            if (message instanceof SyncMessage.LeafPage && pages[0]++ == 1) {
                change();
            }
            return message;
        });

        assertThat(desktop.holding(VOLUME).mark()).isEqualTo(laptop.holding(VOLUME).mark());
        TestDevice.talk(desktop, tablet);
        TestDevice.talk(laptop, desktop);
        assertThat(tablet.entries()).isEqualTo(laptop.entries());
        everybodyTalks();
        assertAllEqual();
    }

    private void change() {
        try {
            write("many/0/file 0", "changed meanwhile");
            write("many/49/file 4999", "changed meanwhile");
            Files.delete(things.resolve("many/1/file 100"));
            scan(laptop);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void leavesThatChangedSinceTheyWereListedAreAskedForAgain() throws Exception {
        writeMany(5_000);
        scan(laptop);
        boolean[] changed = {false};

        StreamTalk talk = StreamTalk.between(desktop, laptop, message -> {
            if (message instanceof SyncMessage.LeafFetch && !changed[0]) {
                changed[0] = true;
                change();
            }
            return message;
        });

        assertThat(talk.answered(SyncMessage.LeafPage.class).stream().mapToInt(page -> page.gone().size()).sum())
                .isPositive();
        everybodyTalks();
        assertAllEqual();
    }

    @Test
    void aRestoredOwnerStartsANewStream() throws Exception { // 22
        everybodyTalks();
        laptop.close();
        byte[] backup = Files.readAllBytes(folder.resolve("laptop/database.db"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        write("lost/in the backup.txt", "x");
        scan(laptop);
        TestDevice.talk(laptop, desktop);
        laptop.close();
        Files.write(folder.resolve("laptop/database.db"), backup);
        Files.deleteIfExists(folder.resolve("laptop/database.db-wal"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);

        everybodyTalks();
        scan(laptop);
        everybodyTalks();

        assertAllEqual();
        assertThat(laptop.entries()).isEqualTo(9);
        assertThat(tablet.holding(VOLUME).claim().epoch()).isEqualTo(2);
    }

    @Test
    void aDeviceThatDoesWithoutAFolderNeverMakesAnotherRemoveIt() throws Exception { // 21
        everybodyTalks();
        keep(desktop, paperLocation, false);
        assertThat(desktop.entries()).isEqualTo(6);
        write("d/four.txt", "four");
        scan(laptop);
        TestDevice.talk(laptop, desktop);

        TestDevice.talk(desktop, tablet);

        assertThat(desktop.holding(VOLUME).servable()).isTrue();
        assertThat(desktop.holding(VOLUME).mark()).isEqualTo(laptop.holding(VOLUME).mark());
        assertThat(desktop.entries()).isEqualTo(8);
        assertThat(tablet.entries()).isEqualTo(7);
        TestDevice.talk(laptop, tablet);
        assertThat(tablet.entries()).isEqualTo(9);
    }

    @Test
    void aFolderThatIsKeptAgainComesBack() throws Exception {
        everybodyTalks();
        keep(desktop, location, false);
        keep(desktop, paperLocation, false);
        Files.writeString(papers.resolve("another"), "x");
        scan(laptop);
        everybodyTalks();
        assertThat(desktop.entries()).isZero();
        assertThat(desktop.holding(VOLUME).servable()).isTrue();

        keep(desktop, paperLocation, true);
        assertThat(desktop.holding(VOLUME).servable()).as("what it keeps again is not here yet").isFalse();
        StreamTalk talk = StreamTalk.between(laptop, desktop);
        assertThat(desktop.entries()).isEqualTo(2);
        assertThat(rows(talk)).isEqualTo(2);
        keep(desktop, location, true);
        everybodyTalks();

        assertAllEqual();
    }

    @Test
    void aDeviceThatKeepsLittleGetsItFromOneThatKeepsMore() throws Exception {
        everybodyTalks();
        keep(tablet, paperLocation, false);
        write("d/four.txt", "four");
        scan(laptop);
        TestDevice.talk(laptop, desktop);

        TestDevice.talk(desktop, tablet);

        assertThat(tablet.entries()).isEqualTo(8);
        assertThat(tablet.holding(VOLUME).servable()).isTrue();
    }

    @Test
    void aDeviceThatDidWithoutAFolderMayTakeTheDrive() throws Exception { // 21, S8
        everybodyTalks();
        keep(desktop, paperLocation, false);
        claim(desktop);
        TestDevice.talk(desktop, tablet);
        assertThat(tablet.entries()).isEqualTo(7);

        scan(desktop);
        everybodyTalks();

        assertAllEqual();
        assertThat(tablet.entries()).isEqualTo(7);
    }

    @Test
    void anOwnerKeepsAllOfItsDrive() throws Exception {
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> keep(laptop, location, false))
                .withMessageContaining("keeps all entries");
    }
}

package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.LibraryId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A member that says what nobody may say (`docs/protocol/bad-input.md`): the reason is said, the library unchanged.
final class BadMessagesTest extends StreamFixture {

    private static final Author STRANGE = new Author(new UUID(77, 77));
    private static final UUID RECORD = new UUID(3, 3);

    private SyncSession session;
    private LibraryHash before;

    @BeforeEach
    void greet() throws Exception {
        TestDevice.talk(laptop, desktop);
        before = desktop.hash();
        session = new SyncSession(desktop.desk, laptop.id);
        desktop.run(session::open);
    }

    @AfterEach
    void nothingHasChanged() throws Exception {
        assertThat(desktop.hash()).isEqualTo(before);
    }

    private Turn say(SyncMessage message) throws Exception {
        return desktop.run(tx -> session.receive(tx, message));
    }

    private SyncMessage.Hello hello() throws Exception {
        return (SyncMessage.Hello) laptop.run(new SyncSession(laptop.desk, desktop.id)::open).say().getFirst();
    }

    private void assertEnded(SyncMessage message, String reason) throws Exception {
        Turn turn = say(message);
        assertThat(turn.violation().orElse("")).contains(reason);
        assertThat(turn.say()).containsExactly(new SyncMessage.Goodbye(turn.violation().orElseThrow()));
    }

    private static EncodedGroup group(long sequence, Dot... removes) {
        return EncodedGroup.of(new Group(List.of(new Event(new Dot(STRANGE, sequence), Models.TAG, RECORD,
                new TreeSet<>(List.of(removes)), Optional.empty()))));
    }

    @Test
    void nothingComesBeforeHello() throws Exception {
        assertEnded(new SyncMessage.NeedReconcile(), "before hello");
    }

    @Test
    void aSecondHelloEndsTheConversation() throws Exception {
        say(hello());

        assertEnded(hello(), "a second hello");
    }

    @Test
    void anotherLibraryIsNotTalkedTo() throws Exception {
        SyncMessage.Hello own = hello();

        assertEnded(new SyncMessage.Hello(1, 1, own.schema(), new LibraryId(new UUID(9, 9)), own.incarnation(),
                own.covered(), own.heads(), own.nowMillis()), "another library");
    }

    @Test
    void aProtocolThatIsNotSpokenIsRefused() throws Exception {
        SyncMessage.Hello own = hello();

        assertEnded(new SyncMessage.Hello(7, 9, own.schema(), own.library(), own.incarnation(), own.covered(),
                own.heads(), own.nowMillis()), "no protocol in common: 7 to 9");
    }

    @Test
    void sequencesThatNobodyCanHaveReachedAreRefused() throws Exception {
        say(hello());

        assertEnded(new SyncMessage.Ack(new VersionVector(new TreeMap<>(Map.of(STRANGE, Long.MAX_VALUE)))),
                "nobody can have reached");
    }

    @Test
    void aGroupThatComesTwiceChangesNothing() throws Exception {
        say(hello());
        say(new SyncMessage.Groups(List.of(group(1))));
        before = desktop.hash();

        Turn again = say(new SyncMessage.Groups(List.of(group(1))));

        assertThat(again.violation()).isEmpty();
        assertThat(again.say()).hasAtLeastOneElementOfType(SyncMessage.Ack.class);
    }

    @Test
    void aGroupBeyondAGapIsNotTakenAndComparedInstead() throws Exception {
        SyncMessage.Hello own = hello();
        say(new SyncMessage.Hello(own.protocolMin(), own.protocolMax(), own.schema(), own.library(),
                own.incarnation(), own.covered().union(new VersionVector(new TreeMap<>(Map.of(STRANGE, 5L)))),
                own.heads(), own.nowMillis()));

        Turn turn = say(new SyncMessage.Groups(List.of(group(5))));

        assertThat(turn.violation()).isEmpty();
        assertThat(turn.say()).hasAtLeastOneElementOfType(SyncMessage.ManifestOpen.class);
        long covered = desktop.run(tx -> tx.shared().vector().of(STRANGE));
        assertThat(covered).isZero();
    }

    @Test
    void aGroupThatRemovesWhatNobodyHasIsNotTaken() throws Exception {
        say(hello());

        Turn turn = say(new SyncMessage.Groups(List.of(group(1, new Dot(new Author(new UUID(78, 78)), 4)))));

        assertThat(turn.violation()).isEmpty();
        long covered = desktop.run(tx -> tx.shared().vector().of(STRANGE));
        assertThat(covered).isZero();
    }

    @Test
    void answersAboutRangesThatNobodyAskedAboutAreRefused() throws Exception {
        say(hello());
        assertEnded(new SyncMessage.Manifest(VersionVector.EMPTY, new TreeMap<>(), new TreeMap<>()),
                "nobody asked for");

        greet();
        say(hello());
        assertEnded(new SyncMessage.Compared(1, List.of(), List.of()), "nobody asked about");
    }

    /// Has the desktop compare with somebody who covers nine events of the stranger.
    private void compare() throws Exception {
        say(hello());
        say(new SyncMessage.NeedReconcile());
        var far = new VersionVector(new TreeMap<>(Map.of(STRANGE, 9L)));
        say(new SyncMessage.Ack(far));
        Turn opened = say(new SyncMessage.NeedReconcile());
        assertThat(opened.violation()).isEmpty();
        say(new SyncMessage.Manifest(far, new TreeMap<>(), new TreeMap<>()));
    }

    private static SyncMessage.Contents contents(long sequence, UUID record) {
        return new SyncMessage.Contents(List.of(new SyncMessage.Content(new Dot(STRANGE, sequence), Models.TAG, record,
                Snapshot.of(Map.of()))), List.of());
    }

    @Test
    void anAnswerWithTheSameRangeAgainIsRefused() throws Exception {
        compare();

        Turn garbage = say(new SyncMessage.Compared(1, List.of(new SyncMessage.RangeSum(RecordRange.ALL,
                new Fingerprint(3, 1, 1))), List.of()));

        assertThat(garbage.violation().orElse("")).contains("another range than was asked about");
    }

    @Test
    void contentsThatNobodyAskedForAreRefused() throws Exception {
        say(hello());

        assertEnded(contents(9, RECORD), "contents of a dot that was not asked for");
    }

    @Test
    void anAnswerWithoutContentsIsRefused() throws Exception {
        say(hello());

        assertEnded(new SyncMessage.Contents(List.of(), List.of()), "without contents");
    }

    @Test
    void contentsOfAnotherDotOrForAnotherRecordThanWasNamedAreRefused() throws Exception {
        compare();
        Turn asks = say(new SyncMessage.Compared(1, List.of(), List.of(new SyncMessage.RangeNames(RecordRange.ALL,
                List.of(new SyncMessage.Live(RECORD, new Dot(STRANGE, 9)))))));
        assertThat(asks.say()).contains(new SyncMessage.Fetch(List.of(new Dot(STRANGE, 9))));

        assertEnded(contents(8, RECORD), "contents of a dot that was not asked for");
        assertEnded(contents(9, new UUID(4, 4)), "contents of another record than was named");
    }

    @Test
    void aPageThatLacksTheLeafThatItEndsIsRefused() throws Exception {
        StreamTalk talk = StreamTalk.between(laptop, tablet, message -> message instanceof SyncMessage.LeafPage page
                ? new SyncMessage.LeafPage(page.claim(), List.of(), page.complete(), page.gone()) : message);

        assertThat(talk.violation).contains("rows that the owner did not sign");
        assertThat(tablet.entries()).isZero();
    }
}

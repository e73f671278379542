package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.sync.SyncMessage.Compared;
import app.holdfast.core.sync.SyncMessage.Live;
import app.holdfast.core.sync.SyncMessage.RangeNames;
import app.holdfast.core.sync.SyncMessage.RangeSum;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A member whose answers about ranges are none (ADR 233): the reason is said, the library unchanged.
final class BadAnswersTest extends StreamFixture {

    private static final Author STRANGE = new Author(new UUID(77, 77));

    private SyncSession session;
    private LibraryHash before;

    /// The desktop has fixed its state and asks about all.
    @BeforeEach
    void compare() throws Exception {
        TestDevice.talk(laptop, desktop);
        before = desktop.hash();
        if (session != null) {
            desktop.run(_ -> {
                session.end();
                return true;
            });
        }
        session = new SyncSession(desktop.desk, laptop.id);
        desktop.run(session::open);
        say(laptop.run(new SyncSession(laptop.desk, desktop.id)::open).say().getFirst());
        var far = new VersionVector(new TreeMap<>(Map.of(STRANGE, 9_000L)));
        say(new SyncMessage.Ack(far));
        say(new SyncMessage.NeedReconcile());
        Turn asks = say(new SyncMessage.Manifest(far, new TreeMap<>(), new TreeMap<>()));
        assertThat(asks.say()).hasAtLeastOneElementOfType(SyncMessage.Compare.class);
    }

    @AfterEach
    void nothingHasChanged() throws Exception {
        assertThat(desktop.hash()).isEqualTo(before);
    }

    private Turn say(SyncMessage message) throws Exception {
        return desktop.run(tx -> session.receive(tx, message));
    }

    private void assertEnded(SyncMessage message, String reason) throws Exception {
        Turn turn = say(message);
        assertThat(turn.violation().orElse("")).contains(reason);
        assertThat(turn.say()).containsExactly(new SyncMessage.Goodbye(turn.violation().orElseThrow()));
    }

    /// Of a range, given by the tops of its bounds in sixteenths, with a sum that nobody has.
    private static RangeSum sum(int from, int to, long count) {
        return new RangeSum(range(from, to), new Fingerprint(count, 5, 5));
    }

    private static RecordRange range(int from, int to) {
        return new RecordRange(new UUID((long) from << 60, 0),
                to == 16 ? Optional.empty() : Optional.of(new UUID((long) to << 60, 0)));
    }

    private static Live live(int top, long sequence) {
        return new Live(new UUID((long) top << 60, sequence), new Dot(STRANGE, sequence));
    }

    private static Compared sums(RangeSum... sums) {
        return new Compared(1, List.of(sums), List.of());
    }

    @Test
    void moreRangesThanWereAskedAboutAreNotAnswered() throws Exception {
        assertEnded(new Compared(2, List.of(), List.of()), "an answer about 2 of 1 ranges");
    }

    @Test
    void theSameRangeAgainIsNoAnswer() throws Exception {
        assertEnded(sums(sum(0, 16, 9)), "another range than was asked about");
    }

    @Test
    void partsThatOverlapAreNoAnswer() throws Exception {
        assertEnded(sums(sum(0, 4, 9), sum(2, 16, 9)), "another range than was asked about");
    }

    @Test
    void thePartsThatComeTwiceAreNoAnswer() throws Exception {
        assertEnded(sums(sum(0, 4, 9), sum(4, 16, 9), sum(0, 4, 9), sum(4, 16, 9)),
                "another range than was asked about");
    }

    @Test
    void partsInAnotherOrderAreNoAnswer() throws Exception {
        assertEnded(sums(sum(4, 16, 9), sum(0, 4, 9)), "another range than was asked about");
    }

    @Test
    void partsWithAGapAreNoAnswer() throws Exception {
        assertEnded(sums(sum(0, 4, 9), sum(5, 16, 9)), "another range than was asked about");
    }

    @Test
    void partsThatEndTooEarlyAreNoAnswer() throws Exception {
        assertEnded(sums(sum(0, 4, 9), sum(4, 8, 9)), "another range than was asked about");
    }

    @Test
    void partsThatGoBeyondWhatWasAskedAreNoAnswer() throws Exception {
        say(sums(sum(0, 8, 900), sum(8, 16, 900)));

        assertEnded(sums(sum(0, 4, 9), sum(4, 12, 9)), "another range than was asked about");
    }

    @Test
    void moreThanSixteenPartsAreNoAnswer() throws Exception {
        var parts = new ArrayList<RangeSum>();
        for (int i = 0; i < 17; i++) {
            parts.add(new RangeSum(new RecordRange(new UUID(0, i),
                    i == 16 ? Optional.empty() : Optional.of(new UUID(0, i + 1))), new Fingerprint(9, 5, 5)));
        }

        assertEnded(new Compared(1, parts, List.of()), "another range than was asked about");
    }

    @Test
    void namesOfAnotherRangeAreNoAnswer() throws Exception {
        say(sums(sum(0, 8, 900), sum(8, 16, 900)));

        assertEnded(new Compared(1, List.of(), List.of(new RangeNames(range(2, 8), List.of(live(3, 1))))),
                "another range than was asked about");
    }

    @Test
    void namesThatLieOutsideOfTheirRangeAreNoAnswer() throws Exception {
        assertEnded(new Compared(1, List.of(sum(8, 16, 9)), List.of(new RangeNames(range(0, 8), List.of(live(9, 1))))),
                "names of another range");
    }

    @Test
    void namesWithoutTheRestAreNoAnswer() throws Exception {
        assertEnded(new Compared(1, List.of(), List.of(new RangeNames(range(0, 8), List.of(live(1, 1))))),
                "names of another range");
        compare();
        assertEnded(new Compared(1, List.of(sum(9, 16, 9)), List.of(new RangeNames(range(0, 8), List.of(live(1, 1))))),
                "names of another range");
    }

    @Test
    void whoAlwaysCutsOffNextToNothingIsLeft() throws Exception {
        UUID from = RecordRange.FIRST;
        Turn turn = Turn.say(List.of());
        int answers = 0;
        while (turn.violation().isEmpty()) {
            UUID next = new UUID(0, ++answers);
            turn = say(new Compared(1, List.of(
                    new RangeSum(new RecordRange(from, Optional.of(next)), new Fingerprint(0, 0, 0)),
                    new RangeSum(new RecordRange(next, Optional.empty()), new Fingerprint(9_000, 5, 5))), List.of()));
            from = next;
            assertThat(answers).isLessThan(300);
        }

        assertThat(turn.violation()).contains("more answers than it takes to compare");
    }

    @Test
    void whoFixesItsStateAgainAndAgainIsLeft() throws Exception {
        var far = new VersionVector(new TreeMap<>(Map.of(STRANGE, 9_000L)));
        Turn turn = Turn.say(List.of());
        for (int i = 0; i < 1_001 && turn.violation().isEmpty(); i++) {
            turn = say(new SyncMessage.Manifest(far, new TreeMap<>(), new TreeMap<>()));
        }

        assertThat(turn.violation()).contains("a state that is fixed anew again and again");
    }

    @Test
    void moreRangesThanAnHonestPeerNeedsAreNotKept() throws Exception {
        List<RecordRange> asked = List.of(RecordRange.ALL);
        Turn turn = Turn.say(List.of());
        for (int i = 0; i < 30 && turn.violation().isEmpty(); i++) {
            var parts = new ArrayList<RangeSum>();
            asked.forEach(range -> parts.addAll(cut(range)));
            turn = say(new Compared(asked.size(), parts, List.of()));
            asked = turn.say().stream().filter(SyncMessage.Compare.class::isInstance)
                    .flatMap(compare -> ((SyncMessage.Compare) compare).ranges().stream()).map(RangeSum::range)
                    .toList();
        }

        assertThat(turn.violation()).contains("more ranges than it takes to compare");
    }

    /// In sixteen parts, none of which has anything and all of which differ.
    private static List<RangeSum> cut(RecordRange range) {
        BigInteger from = number(range.from());
        BigInteger to = range.to().map(BadAnswersTest::number).orElse(BigInteger.ONE.shiftLeft(128));
        BigInteger width = to.subtract(from).shiftRight(4);
        var parts = new ArrayList<RangeSum>();
        for (int i = 0; i < 16; i++) {
            Optional<UUID> end = i == 15 ? range.to() : Optional.of(id(from.add(width)));
            parts.add(new RangeSum(new RecordRange(id(from), end), new Fingerprint(0, 5, 5)));
            from = from.add(width);
        }
        return parts;
    }

    private static BigInteger number(UUID id) {
        return new BigInteger(id.toString().replace("-", ""), 16);
    }

    private static UUID id(BigInteger number) {
        return new UUID(number.shiftRight(64).longValue(), number.longValue());
    }

    @Test
    void aPeerWithNextToNothingIsComparedWithInShortSteps() throws Exception {
        TestDevice.talk(laptop, tablet);
        laptop.editMany(0, Comparison.OURS_MAX + 5_000);
        TestDevice.talk(laptop, tablet);
        tablet.run(tx -> {
            for (int i = 3; i < Comparison.OURS_MAX + 5_000; i++) {
                tx.shared().delete("tag", TestDevice.tagOf(i));
            }
            return true;
        });
        tablet.run(_ -> {
            tablet.store.writer().log().clear();
            return true;
        });
        OpenTalks talks = new OpenTalks();

        talks.link(laptop, tablet);
        talks.settle();

        assertThat(talks.said(laptop, tablet, SyncMessage.Compare.class)).hasSizeGreaterThan(1);
        assertThat(laptop.hash()).isEqualTo(tablet.hash());
        assertThat(laptop.tag(TestDevice.tagOf(2))).isPresent();
        assertThat(laptop.tag(TestDevice.tagOf(3))).isEmpty();
    }

    /// What is said to be gone is kept in mind: nobody is to fill that with names.
    @Test
    void dotsThatAreGoneAndWereNotAskedForEndTheConversation() throws Exception {
        assertEnded(new SyncMessage.Contents(List.of(), List.of(new Dot(STRANGE, 1))), "that was not asked for");
    }
}

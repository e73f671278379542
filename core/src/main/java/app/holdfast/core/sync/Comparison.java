package app.holdfast.core.sync;

import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.store.DotView;
import app.holdfast.core.store.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The walk over the ranges of one comparison, from a manifest to the last range that differs: what is to be asked
/// next, and what an answer says (R5, phase 1). An answer is taken only if it says of each range that was asked about,
/// in their order, nothing, or the sums of all of its parts, or the names of its beginning and the sum of the rest. So
/// it ends, with no more asked and kept than an honest peer needs (ADR 233).
///
/// Confined to the session.
final class Comparison {

    /// Live dots that a peer may name in one comparison; one that names more is refused.
    static final int NAMES_MAX = 4_000_000;
    /// Ranges that may wait. The first parts are asked about first, so they are sixteen times what is asked for at once
    /// for each of the few times that a range is cut.
    static final int PENDING_MAX = 1 << 18;
    /// Own names that one answer has looked at; what is left of its ranges is asked about again.
    static final int OURS_MAX = 20_000;
    /// Messages of a comparison with next to nothing, and for how many dots of either side there is one more. An honest
    /// peer needs one for about 2,000, and names some thousands in one.
    private static final long ROUNDS_MIN = 128;
    private static final long DOTS_PER_ROUND = 256;
    /// What a peer says that it has beyond this gives it no more time.
    private static final long DOTS_MAX = 1L << 24;
    private static final String OTHER_RANGE = "an answer about another range than was asked about";
    private static final String OTHER_NAMES = "names of another range than was asked about, or too many";

    private final DotView mine;
    private final boolean heals;
    private final Deque<RecordRange> pending = new ArrayDeque<>();
    private final List<RecordRange> asked = new ArrayList<>();
    private long roundsLeft;
    private boolean isCounted;
    private long named;

    /// @param mine  what is live here, at one moment
    /// @param heals whether both cover the same: then what differs was lost, and nothing is dropped
    Comparison(DotView mine, boolean heals) {
        this.mine = mine;
        this.heals = heals;
        this.roundsLeft = ROUNDS_MIN + Math.min(mine.fingerprint(RecordRange.ALL).count(), DOTS_MAX) / DOTS_PER_ROUND;
        pending.add(RecordRange.ALL);
    }

    boolean isSpoilt() {
        return mine.isSpoilt();
    }

    void close() {
        mine.close();
    }

    /// @return empty when everything is compared
    Optional<SyncMessage.Compare> next() {
        asked.clear();
        var ranges = new ArrayList<SyncMessage.RangeSum>();
        while (!pending.isEmpty() && ranges.size() < SyncMessage.RANGES_MAX) {
            RecordRange next = pending.removeFirst();
            asked.add(next);
            ranges.add(new SyncMessage.RangeSum(next, mine.fingerprint(next)));
        }
        return ranges.isEmpty() ? Optional.empty() : Optional.of(new SyncMessage.Compare(ranges));
    }

    /// @return what is wrong with the answer
    Optional<String> take(Transaction tx, SyncMessage.Compared compared) {
        if (compared.answered() < 1 || compared.answered() > asked.size()) {
            return Optional.of("an answer about " + compared.answered() + " of " + asked.size() + " ranges");
        }
        if (--roundsLeft < 0) {
            return Optional.of("more answers than it takes to compare");
        }
        var answer = new Answer(tx, compared);
        for (RecordRange about : asked.subList(0, compared.answered())) {
            Optional<String> wrong = answer.take(about);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        if (!answer.sums.isEmpty() || !answer.names.isEmpty()) {
            return Optional.of(OTHER_RANGE);
        }
        asked.subList(compared.answered(), asked.size()).reversed().forEach(pending::addFirst);
        answer.next.reversed().forEach(pending::addFirst);
        return pending.size() > PENDING_MAX ? Optional.of("more ranges than it takes to compare") : Optional.empty();
    }

    /// One answer, as far as it is read.
    private final class Answer {

        private final Transaction tx;
        private final VersionVector theirCovered;
        private final Deque<SyncMessage.RangeSum> sums;
        private final Deque<SyncMessage.RangeNames> names;
        private final List<RecordRange> next = new ArrayList<>();
        private int oursLeft = OURS_MAX;

        private Answer(Transaction tx, SyncMessage.Compared compared) {
            this.tx = tx;
            this.theirCovered = tx.staging().theirs();
            this.sums = new ArrayDeque<>(compared.sums());
            this.names = new ArrayDeque<>(compared.names());
        }

        private Optional<String> take(RecordRange about) {
            SyncMessage.RangeNames first = names.peek();
            if (first != null && first.range().from().equals(about.from())) {
                return takeNames(about, names.remove());
            }
            SyncMessage.RangeSum part = sums.peek();
            return part != null && part.range().from().equals(about.from()) ? takeParts(about)
                    : Optional.empty(); // the same over there
        }

        private Optional<String> takeParts(RecordRange about) {
            long count = 0;
            for (int parts = 1; parts <= SyncMessage.PARTS_MAX && !sums.isEmpty(); parts++) {
                SyncMessage.RangeSum part = sums.remove();
                count = Math.min(DOTS_MAX * DOTS_MAX, count + part.sum().count());
                differs(part);
                if (part.range().to().equals(about.to())) {
                    hasCounted(count);
                    return parts > 1 ? Optional.empty() : Optional.of(OTHER_RANGE); // it would go on for ever
                }
                boolean isFollowed = part.range().to().isPresent() && !sums.isEmpty()
                        && sums.element().range().from().equals(part.range().to().get());
                if (!isFollowed) {
                    return Optional.of(OTHER_RANGE);
                }
            }
            return Optional.of(OTHER_RANGE);
        }

        private void differs(SyncMessage.RangeSum part) {
            if (!mine.fingerprint(part.range()).equals(part.sum())) {
                next.add(part.range());
            }
        }

        /// The first answer is about everything.
        private void hasCounted(long count) {
            if (!isCounted) {
                isCounted = true;
                roundsLeft += Math.min(count, DOTS_MAX) / DOTS_PER_ROUND;
            }
        }

        private Optional<String> takeNames(RecordRange about, SyncMessage.RangeNames theirs) {
            long count = theirs.names().size();
            named += count;
            if (named > NAMES_MAX
                    || !theirs.names().stream().allMatch(live -> theirs.range().contains(live.record()))) {
                return Optional.of(OTHER_NAMES);
            }
            Optional<SyncMessage.RangeSum> rest = Optional.empty();
            if (!theirs.range().to().equals(about.to())) {
                rest = Optional.ofNullable(sums.poll()).filter(sum -> isRest(sum.range(), theirs.range(), about));
                if (rest.isEmpty()) {
                    return Optional.of(OTHER_NAMES);
                }
                count += Math.min(DOTS_MAX * DOTS_MAX, rest.get().sum().count());
            }
            settle(theirs);
            rest.ifPresent(this::differs);
            hasCounted(count);
            return Optional.empty();
        }

        private static boolean isRest(RecordRange rest, RecordRange named, RecordRange whole) {
            return named.to().isPresent() && rest.from().equals(named.to().get()) && rest.to().equals(whole.to());
        }

        /// All that the peer has in this range is named: what of it is wanted, and what of ours is to go. Where that is
        /// much only the first part is settled, and the rest asked about again: a job is to be short.
        private void settle(SyncMessage.RangeNames theirs) {
            if (oursLeft <= 0) {
                askAgain(theirs, theirs.range());
                return;
            }
            DotView.Names part = mine.names(theirs.range(), oursLeft);
            oursLeft -= part.names().size();
            var ours = new HashSet<SyncMessage.Live>(); // with their records: a name may have been given twice (R7)
            part.names().forEach(name -> ours.add(new SyncMessage.Live(name.record(), name.dot())));
            for (SyncMessage.Live live : theirs.names()) {
                boolean lacking = part.range().contains(live.record()) && !ours.remove(live);
                if (lacking && (heals || !mine.covered().covers(live.dot()))) {
                    tx.staging().want(live.record(), live.dot());
                }
            }
            if (!heals) {
                ours.stream().map(SyncMessage.Live::dot).filter(theirCovered::covers).filter(mine.covered()::covers)
                        .forEach(tx.staging()::drop);
            }
            if (!part.range().to().equals(theirs.range().to())) {
                askAgain(theirs, new RecordRange(part.range().to().orElseThrow(), theirs.range().to()));
            }
        }

        private void askAgain(SyncMessage.RangeNames theirs, RecordRange range) {
            named -= theirs.names().stream().filter(live -> range.contains(live.record())).count();
            next.add(range);
        }
    }
}

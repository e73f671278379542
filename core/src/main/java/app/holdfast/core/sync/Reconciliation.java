package app.holdfast.core.sync;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.store.DotView;
import app.holdfast.core.store.Staging.Phase;
import app.holdfast.core.store.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Getting another's shared state where the log does not reach back (R5): who asks. Ranges of records are compared by
/// their fingerprints until what differs is named, then what the wanted dots hold is fetched, from whoever has it, and
/// the desk folds it in.
///
///     idle --want, desk free--> OPENED --Manifest--> COMPARING --nothing pending--> fetching --all here--> idle
///
/// The answering side is [Answering]. Confined to the session.
final class Reconciliation {

    /// Live dots that a peer may name in one comparison; one that names more is refused.
    private static final int NAMES_MAX = 4_000_000;
    /// Messages of one comparison; more means that the peer leads us round.
    private static final int ROUNDS_MAX = 100_000;
    private static final int FETCH_DOTS = 1_000;

    private final SyncDesk desk;
    private final SyncSession session;
    private boolean isWanted;
    private boolean isOpened;
    private @Nullable DotView view;
    private boolean heals;
    private int rounds;
    private long named;
    private final Deque<RecordRange> pending = new ArrayDeque<>();
    private final List<RecordRange> asked = new ArrayList<>();
    private final Set<Dot> fetching = new HashSet<>();
    private final Set<Dot> notThere = new HashSet<>();
    private boolean isSource;

    Reconciliation(SyncDesk desk, SyncSession session) {
        this.desk = desk;
        this.session = session;
    }

    /// The peer has what cannot be got by groups.
    void want() {
        isWanted = true;
    }

    /// Whether a manifest was asked for.
    boolean isOpened() {
        return isOpened;
    }

    /// The manifest that was asked for shows that something is to be settled before: it is asked for again.
    void again() {
        closeView();
        isOpened = false;
        isWanted = true;
    }

    /// Whether the peer was asked what dots hold.
    boolean isFetching() {
        return !fetching.isEmpty();
    }

    boolean isUnderWay() {
        return isWanted || isOpened || !fetching.isEmpty();
    }

    Optional<String> receive(Transaction tx, SyncMessage message, List<SyncMessage> say) {
        return switch (message) {
            case SyncMessage.Manifest manifest -> begin(tx, manifest, say);
            case SyncMessage.Compared compared -> take(tx, compared, say);
            case SyncMessage.Contents contents -> take(tx, contents);
            default -> throw new IllegalArgumentException("not an answer: " + message.getClass());
        };
    }

    private Optional<String> begin(Transaction tx, SyncMessage.Manifest manifest, List<SyncMessage> say) {
        if (!isOpened) {
            return Optional.of("a manifest that nobody asked for");
        }
        closeView();
        DotView mine = tx.forks().openView(session.peer(), Set.of());
        view = mine;
        heals = manifest.covered().equals(mine.covered());
        tx.staging().begin(mine, manifest.covered(), manifest.heads(), manifest.trails());
        tx.forks().comparing(session.peer());
        pending.clear();
        pending.add(RecordRange.ALL);
        ask(tx, mine, say);
        return Optional.empty();
    }

    private void ask(Transaction tx, DotView mine, List<SyncMessage> say) {
        asked.clear();
        var ranges = new ArrayList<SyncMessage.RangeSum>();
        while (!pending.isEmpty() && ranges.size() < SyncMessage.RANGES_MAX) {
            RecordRange range = pending.poll();
            asked.add(range);
            ranges.add(new SyncMessage.RangeSum(range, mine.fingerprint(range)));
        }
        if (!ranges.isEmpty()) {
            say.add(new SyncMessage.Compare(ranges));
            return;
        }
        tx.staging().manifestEnds();
        closeView();
        isOpened = false;
        isSource = true;
        notThere.clear();
    }

    private Optional<String> take(Transaction tx, SyncMessage.Compared compared, List<SyncMessage> say) {
        DotView mine = view;
        if (!isOpened || mine == null) {
            return Optional.of("an answer about ranges that nobody asked about");
        }
        if (mine.isSpoilt()) {
            say.add(new SyncMessage.ManifestOpen(session.doubted()));
            return Optional.empty();
        }
        if (compared.answered() < 1 || compared.answered() > asked.size() || ++rounds > ROUNDS_MAX) {
            return Optional.of("an answer about " + compared.answered() + " of " + asked.size() + " ranges");
        }
        List<RecordRange> answered = asked.subList(0, compared.answered());
        for (SyncMessage.RangeSum sum : compared.sums()) {
            if (!isPartOf(sum.range(), answered)) {
                return Optional.of("an answer about another range than was asked about");
            }
            if (!mine.fingerprint(sum.range()).equals(sum.sum())) {
                pending.add(sum.range());
            }
        }
        for (SyncMessage.RangeNames names : compared.names()) {
            named += names.names().size();
            boolean inside = names.names().stream().allMatch(live -> names.range().contains(live.record()));
            if (!isWithin(names.range(), answered) || !inside || named > NAMES_MAX) {
                return Optional.of("names of another range than was asked about, or too many");
            }
            settle(tx, mine, names);
        }
        pending.addAll(asked.subList(compared.answered(), asked.size()));
        ask(tx, mine, say);
        return Optional.empty();
    }

    /// Whether it is less than one of these: an answer with the same range again would go on for ever.
    private static boolean isPartOf(RecordRange range, List<RecordRange> ranges) {
        return !ranges.contains(range) && isWithin(range, ranges);
    }

    private static boolean isWithin(RecordRange range, List<RecordRange> ranges) {
        return ranges.stream().anyMatch(outer -> RecordRange.ORDER.compare(outer.from(), range.from()) <= 0
                && (outer.to().isEmpty()
                || range.to().isPresent() && RecordRange.ORDER.compare(range.to().get(), outer.to().get()) <= 0));
    }

    /// All that the peer has in this range is named: what of it is wanted, and what of ours is to go.
    private void settle(Transaction tx, DotView mine, SyncMessage.RangeNames theirs) {
        var ours = new HashSet<SyncMessage.Live>(); // with their records: a name may have been given twice (R7)
        mine.names(theirs.range(), Integer.MAX_VALUE).names().forEach(name ->
                ours.add(new SyncMessage.Live(name.record(), name.dot())));
        VersionVector theirCovered = tx.staging().theirs();
        for (SyncMessage.Live live : theirs.names()) {
            boolean lacking = !ours.remove(live);
            if (lacking && (heals || !mine.covered().covers(live.dot()))) {
                tx.staging().want(live.record(), live.dot());
            }
        }
        if (!heals) {
            ours.stream().map(SyncMessage.Live::dot).filter(theirCovered::covers).filter(mine.covered()::covers)
                    .forEach(tx.staging()::drop);
        }
    }

    private Optional<String> take(Transaction tx, SyncMessage.Contents arrived) {
        for (SyncMessage.Content content : arrived.contents()) {
            if (!fetching.contains(content.dot())) {
                return Optional.of("contents of a dot that was not asked for");
            }
            if (tx.staging().phase() == Phase.CONTENTS
                    && !tx.staging().put(content.dot(), content.model(), content.record(), content.snapshot())) {
                return Optional.of("contents of another record than was named");
            }
        }
        if (arrived.contents().isEmpty() && arrived.gone().isEmpty()) {
            return Optional.of("an answer without contents");
        }
        notThere.addAll(arrived.gone());
        desk.fetched(fetching);
        fetching.clear();
        if (!arrived.gone().isEmpty() && isSource) { // it was removed over there: compare again (R5, phase 2)
            isSource = false;
            isWanted = true;
            desk.releaseComparing(session);
        }
        return Optional.empty();
    }

    /// Goes on where there is something to do.
    ///
    /// @param mine what is covered here, as the peer may know it
    void news(Transaction tx, VersionVector mine, VersionVector peerCovers, List<SyncMessage> say) {
        Phase phase = tx.staging().phase();
        if (isWanted && !isOpened && mine.coversAll(peerCovers) && !heals) {
            isWanted = false;
            say.add(new SyncMessage.Ack(mine));
        }
        if (phase == Phase.CONTENTS && fetching.isEmpty() && !session.isRefilling()) {
            fetch(tx, peerCovers, say);
        }
        boolean stuck = phase == Phase.CONTENTS && !desk.isFetching() && fetching.isEmpty();
        if (isWanted && !isOpened && (phase == Phase.NONE || phase == Phase.MANIFEST || stuck)
                && tx.forks().isSettled() && desk.takeComparing(session)) {
            isWanted = false;
            isOpened = true;
            isSource = false;
            rounds = 0;
            named = 0;
            say.add(new SyncMessage.ManifestOpen(session.doubted()));
        }
    }

    private void fetch(Transaction tx, VersionVector peerCovers, List<SyncMessage> say) {
        List<Dot> dots = tx.staging().missing(FETCH_DOTS, dot -> desk.isFetching(dot) || notThere.contains(dot)
                || !isSource && (!peerCovers.covers(dot) || tx.forks().isContested(dot.author())));
        if (!dots.isEmpty()) {
            fetching.addAll(dots);
            desk.fetching(dots);
            say.add(new SyncMessage.Fetch(dots));
        }
    }

    /// Compares although both cover the same: something here or there was damaged.
    void heal() {
        heals = true;
        isWanted = true;
    }

    /// What was compared is folded in.
    void folded() {
        isSource = false;
        heals = false;
        notThere.clear();
    }

    void end() {
        closeView();
        desk.fetched(fetching);
        desk.releaseComparing(session);
    }

    private void closeView() {
        if (view != null) {
            view.close();
            view = null;
        }
    }

    boolean isSource() {
        return isSource;
    }
}

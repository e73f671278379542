package app.holdfast.core.sync;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.store.DotView;
import app.holdfast.core.store.Staging.Phase;
import app.holdfast.core.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Getting another's shared state where the log does not reach back (R5): who asks. Ranges of records are compared by
/// their fingerprints until what differs is named ([Comparison]), then what the wanted dots hold is fetched, from
/// whoever has it, and the desk folds it in.
///
///     idle --want, slot free--> OPENED --Manifest--> COMPARING --nothing pending--> fetching --all here--> idle
///      ^                           |                    |                              |
///      '---- another has taken the slot: wanted again, once what was asked for has come -'
///
/// The answering side is [Answering]. Confined to the session.
final class Reconciliation {

    /// How often a peer may fix its state anew within one comparison; more means that it leads us round.
    private static final int MANIFESTS_MAX = 1_000;
    private static final int FETCH_DOTS = 1_000;
    /// Who has let go of so many is asked for no more of a comparison with another.
    private static final int NOT_THERE_MAX = 10_000;
    /// With whom it goes on slowly gets more time whenever it was given up, up to so many times.
    private static final int PATIENCE_MAX = 32;
    /// What waits for a clock and was given up for another is compared anew after this at the latest.
    static final long WAIT_MILLIS_MAX = 300_000;

    private final SyncDesk desk;
    private final SyncSession session;
    private boolean isWanted;
    private boolean isOpened;
    /// Asked for, and not waited for any more; before it has come nothing else is asked.
    private boolean isOwed;
    private @Nullable Comparison ranges;
    private boolean heals;
    private int manifests;
    private int patience = 1;
    private long notBeforeMillis;
    /// The desk's name of the comparison that was opened last, and of the one for which something is fetched.
    private long comparison;
    private long fetchesFor;
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
        closeRanges();
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

    /// Sees whether the comparison was given up for another one. To be called first in every turn.
    void look() {
        if ((isOpened || isSource) && desk.isOver(comparison)) {
            isOwed = isOpened;
            closeRanges();
            isOpened = false;
            isSource = false;
            notThere.clear();
            isWanted = true;
            patience = Math.min(2 * patience, PATIENCE_MAX);
            notBeforeMillis = desk.waitsUntil(comparison);
        }
    }

    /// A manifest has come that was not waited for any more. If it may be, it is compared with now.
    ///
    /// @return false when it comes too late
    boolean resumes(Transaction tx) {
        if (isOwed) {
            isOwed = false;
            isOpened = opens(tx);
            isWanted = !isOpened;
            return isOpened;
        }
        return true;
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
        if (++manifests > MANIFESTS_MAX) {
            return Optional.of("a state that is fixed anew again and again");
        }
        closeRanges();
        desk.goesOn(tx);
        DotView mine = tx.forks().openView(session.peer(), Set.of());
        heals = manifest.covered().equals(mine.covered());
        tx.staging().begin(mine, manifest.covered(), manifest.heads(), manifest.trails());
        tx.forks().comparing(session.peer());
        Comparison begun = new Comparison(mine, heals);
        ranges = begun;
        ask(tx, begun, say);
        return Optional.empty();
    }

    private void ask(Transaction tx, Comparison between, List<SyncMessage> say) {
        Optional<SyncMessage.Compare> next = between.next();
        if (next.isPresent()) {
            say.add(next.get());
            return;
        }
        tx.staging().manifestEnds();
        closeRanges();
        isOpened = false;
        isSource = true;
        notThere.clear();
    }

    private Optional<String> take(Transaction tx, SyncMessage.Compared compared, List<SyncMessage> say) {
        if (isOwed) { // the comparison that it belongs to was given up
            isOwed = false;
            return Optional.empty();
        }
        Comparison between = ranges;
        if (!isOpened || between == null) {
            return Optional.of("an answer about ranges that nobody asked about");
        }
        desk.goesOn(tx);
        if (between.isSpoilt()) {
            say.add(new SyncMessage.ManifestOpen(session.doubted()));
            return Optional.empty();
        }
        Optional<String> wrong = between.take(tx, compared);
        if (wrong.isEmpty()) {
            ask(tx, between, say);
        }
        return wrong;
    }

    private Optional<String> take(Transaction tx, SyncMessage.Contents arrived) {
        boolean isLate = fetchesFor != desk.comparison();
        for (SyncMessage.Content content : arrived.contents()) {
            if (!fetching.contains(content.dot())) {
                return Optional.of("contents of a dot that was not asked for");
            }
            if (!put(tx, content, isLate)) {
                return Optional.of("contents of another record than was named");
            }
        }
        if (arrived.contents().isEmpty() && arrived.gone().isEmpty()) {
            return Optional.of("an answer without contents");
        }
        if (!fetching.containsAll(arrived.gone())) {
            return Optional.of("no contents of a dot that was not asked for");
        }
        notThere.addAll(arrived.gone());
        if (!isLate) {
            desk.fetched(fetching);
            desk.goesOn(tx);
        }
        fetching.clear();
        if (!isLate && isSource && tx.staging().heals()) {
            tx.staging().unwant(arrived.gone());
        } else if (!arrived.gone().isEmpty() && isSource) { // it was removed over there: compare again (R5, phase 2)
            isSource = false;
            isWanted = true;
            desk.releaseComparing(session);
        }
        return Optional.empty();
    }

    /// What a dot holds never changes, so it is of use to a later comparison too; but not where its name may mean
    /// something else to somebody else (R7).
    private static boolean put(Transaction tx, SyncMessage.Content content, boolean isLate) {
        Phase phase = tx.staging().phase();
        if (isLate ? phase == Phase.NONE || phase == Phase.FOLD || tx.forks().isContested(content.dot().author())
                : phase != Phase.CONTENTS) {
            return true;
        }
        return tx.staging().put(content.dot(), content.model(), content.record(), content.snapshot()) || isLate;
    }

    /// Goes on where there is something to do.
    ///
    /// @param mine what is covered here, as the peer may know it
    void news(Transaction tx, VersionVector mine, VersionVector peerCovers, List<SyncMessage> say) {
        if (isWanted && !isOpened && mine.coversAll(peerCovers) && !heals) {
            isWanted = false;
            say.add(new SyncMessage.Ack(mine));
        }
        if (tx.staging().phase() == Phase.CONTENTS && fetching.isEmpty() && !session.isRefilling()) {
            fetch(tx, peerCovers, say);
        }
        long waitsMillis = notBeforeMillis - tx.state().time().nowMillis();
        boolean isTime = waitsMillis <= 0 || waitsMillis > WAIT_MILLIS_MAX; // the clock may have been set back
        if (isWanted && !isOpened && !isOwed && isTime && opens(tx)) {
            isWanted = false;
            isOpened = true;
            say.add(new SyncMessage.ManifestOpen(session.doubted()));
        }
    }

    /// @return whether this session may compare now
    private boolean opens(Transaction tx) {
        if (!fetching.isEmpty() || tx.staging().phase() == Phase.FOLD || !tx.forks().isSettled()
                || !desk.takeComparing(tx, session, patience)) {
            return false;
        }
        comparison = desk.comparison();
        isSource = false;
        manifests = 0;
        return true;
    }

    private void fetch(Transaction tx, VersionVector peerCovers, List<SyncMessage> say) {
        boolean isAlone = isSource && desk.isStalled(tx);
        if (!isSource && notThere.size() > NOT_THERE_MAX) {
            return;
        }
        Predicate<Dot> skips = dot -> !isAlone && desk.isFetching(dot) || notThere.contains(dot);
        List<Dot> dots = isSource ? tx.staging().missing(FETCH_DOTS, skips) : tx.staging().missing(FETCH_DOTS,
                peerCovers, skips.or(dot -> tx.forks().isContested(dot.author())));
        if (!dots.isEmpty()) {
            fetching.addAll(dots);
            fetchesFor = desk.comparison();
            desk.fetching(tx, dots);
            say.add(new SyncMessage.Fetch(dots));
        }
    }

    /// Compares although both cover the same: something here or there was damaged.
    void heal() {
        heals = true;
        isWanted = true;
    }

    /// A comparison is folded in.
    void folded() {
        if (isSource) {
            patience = 1;
        }
        isSource = false;
        heals = heals && isWanted;
        notThere.clear();
    }

    void end() {
        closeRanges();
        if (fetchesFor == desk.comparison()) {
            desk.fetched(fetching);
        }
        desk.releaseComparing(session);
    }

    private void closeRanges() {
        if (ranges != null) {
            ranges.close();
            ranges = null;
        }
    }

    boolean isSource() {
        return isSource;
    }
}

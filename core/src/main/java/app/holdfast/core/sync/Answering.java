package app.holdfast.core.sync;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.TrailMark;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.ChangeLog;
import app.holdfast.core.store.DotView;
import app.holdfast.core.store.SharedRecords.LiveRecord;
import app.holdfast.core.store.Staging.Phase;
import app.holdfast.core.store.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Answers what a peer that reconciles asks. Confined to the session.
final class Answering {

    /// Contents of one message, estimated; the rest is fetched again.
    private static final int CONTENTS_BYTES_MAX = 400_000;
    /// A range with no more names than this is named rather than cut.
    private static final int NAMED_MAX = 64;
    /// Lost dots that one job lets go of: some tenths of a second.
    private static final int LET_GO_MAX = 500;

    private final ChangeLog log;
    private final DeviceId peer;
    private boolean isAsked;
    private SortedSet<Author> asksTrails = Collections.emptySortedSet();
    private @Nullable DotView view;

    Answering(ChangeLog log, DeviceId peer) {
        this.log = log;
        this.peer = peer;
    }

    /// @param doubted whose whole trails the peer asks for
    void open(SortedSet<Author> doubted) {
        isAsked = true;
        asksTrails = doubted;
    }

    /// A manifest waits while this device folds, and while content is lost here that the peer would want.
    ///
    /// @param doubted    authors of whom the peer seems to know something else
    /// @param peerCovers what it covers at least
    void news(Transaction tx, Set<Author> doubted, VersionVector peerCovers, List<SyncMessage> say) {
        if (isAsked && tx.staging().phase() != Phase.FOLD && canGiveAll(tx, peerCovers)) {
            isAsked = false;
            close();
            DotView fresh = tx.forks().openView(peer, doubted);
            view = fresh;
            say.add(new SyncMessage.Manifest(fresh.covered(), fresh.heads(), trails(tx, fresh, peerCovers)));
        }
    }

    /// What is lost here is waited for as long as another device may have it. What none has is let go of now, as nobody
    /// could ever compare with this device again (ADR 231).
    private boolean canGiveAll(Transaction tx, VersionVector peerCovers) {
        Predicate<Dot> wanted = dot -> !peerCovers.covers(dot);
        tx.lost().letGo(LET_GO_MAX, wanted.and(new Having(tx)::hasNobody));
        return tx.lost().names(1, wanted).isEmpty();
    }

    /// Who but this device and the peer has what an author wrote: its own device, and whoever has acknowledged it.
    private final class Having {
        private final List<DeviceId> others;
        private final Map<Author, Boolean> isAuthorThere = new HashMap<>();
        private final Transaction tx;

        private Having(Transaction tx) {
            this.tx = tx;
            this.others = tx.otherMembers().stream().filter(member -> !member.equals(peer)).toList();
        }

        private boolean hasNobody(Dot dot) {
            boolean isThere = isAuthorThere.computeIfAbsent(dot.author(), author ->
                    tx.deviceOf(author).filter(others::contains).isPresent());
            return !isThere && others.stream().noneMatch(member ->
                    log.acknowledgedBy(member, dot.author()) >= dot.sequence());
        }
    }

    private SortedMap<Author, List<TrailMark>> trails(Transaction tx, DotView fresh, VersionVector peerCovers) {
        var trails = new TreeMap<Author, List<TrailMark>>();
        SortedSet<Author> authors = new TreeSet<>(fresh.covered().sequences().keySet());
        authors.addAll(asksTrails);
        int room = SyncMessage.TRAIL_MARKS_MAX;
        for (Author author : authors) {
            boolean whole = asksTrails.contains(author);
            if (whole || fresh.covered().of(author) > peerCovers.of(author)) {
                List<TrailMark> marks = tx.forks().trail(author, whole ? 0 : peerCovers.of(author),
                        whole ? Long.MAX_VALUE : fresh.covered().of(author), room);
                room -= marks.size();
                trails.put(author, marks);
            }
        }
        return trails;
    }

    void compare(List<SyncMessage.RangeSum> asked, List<SyncMessage> say) {
        DotView mine = view;
        if (mine == null || mine.isSpoilt()) {
            isAsked = true;
            return;
        }
        var sums = new ArrayList<SyncMessage.RangeSum>();
        var names = new ArrayList<SyncMessage.RangeNames>();
        int count = 0;
        int answered = 0;
        while (answered < asked.size() && count < SyncMessage.DOTS_MAX / 2 && sums.size() < SyncMessage.RANGES_MAX) {
            SyncMessage.RangeSum theirs = asked.get(answered++);
            Fingerprint own = mine.fingerprint(theirs.range());
            if (own.equals(theirs.sum())) {
                continue;
            }
            List<RecordRange> parts = own.count() <= NAMED_MAX || theirs.sum().count() == 0 ? List.of()
                    : mine.split(theirs.range(), SyncMessage.PARTS_MAX);
            if (parts.size() > 1) {
                parts.forEach(part -> sums.add(new SyncMessage.RangeSum(part, mine.fingerprint(part))));
            } else {
                count += name(mine, theirs.range(), sums, names);
            }
        }
        say.add(new SyncMessage.Compared(answered, sums, names));
    }

    private static int name(DotView mine, RecordRange range, List<SyncMessage.RangeSum> sums,
            List<SyncMessage.RangeNames> names) {
        DotView.Names part = mine.names(range, SyncMessage.DOTS_MAX / 2);
        names.add(new SyncMessage.RangeNames(part.range(), part.names().stream()
                .map(name -> new SyncMessage.Live(name.record(), name.dot())).toList()));
        if (!part.range().equals(range)) {
            var rest = new RecordRange(part.range().to().orElseThrow(), range.to());
            sums.add(new SyncMessage.RangeSum(rest, mine.fingerprint(rest)));
        }
        return part.names().size();
    }

    static void fetch(Transaction tx, List<Dot> dots, List<SyncMessage> say) {
        List<SyncMessage.Content> found = new ArrayList<>();
        List<Dot> gone = new ArrayList<>();
        long bytes = 0;
        for (Dot dot : dots) {
            Optional<LiveRecord> live = tx.shared().content(dot);
            if (live.isEmpty()) {
                gone.add(dot);
                continue;
            }
            bytes += live.get().bytes();
            if (bytes > CONTENTS_BYTES_MAX && !found.isEmpty()) {
                break;
            }
            found.add(new SyncMessage.Content(dot, live.get().model(), live.get().record(),
                    live.get().snapshot()));
        }
        say.add(new SyncMessage.Contents(found, gone));
    }

    void close() {
        if (view != null) {
            view.close();
            view = null;
        }
    }
}

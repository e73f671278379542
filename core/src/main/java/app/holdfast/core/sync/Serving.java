package app.holdfast.core.sync;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.LeafSource;
import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.StreamComparison;
import app.holdfast.core.store.StreamSource;
import app.holdfast.core.store.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The streams that the peer follows from here. Confined to the session.
final class Serving {

    /// A peer that follows more streams than this is refused.
    private static final int STREAMS_MAX = 10_000;

    private final SyncDesk desk;
    private final DeviceId peer;
    private final Map<Dot, Source> sources = new LinkedHashMap<>();
    private long pending;
    /// What the streams were when this session last looked.
    private long streamsSeen = -1;

    Serving(SyncDesk desk, DeviceId peer) {
        this.desk = desk;
        this.peer = peer;
    }

    private static final class Source {
        private final StreamSource stream;
        private long number;
        private long acknowledged;

        private Source(StreamSource stream) {
            this.stream = stream;
        }
    }

    Optional<String> receive(Transaction tx, SyncMessage message, List<SyncMessage> say) {
        streamsSeen = -1;
        return switch (message) {
            case SyncMessage.Follow follow -> follow(tx, follow);
            case SyncMessage.Unfollow(Dot claim) -> {
                sources.remove(claim);
                yield Optional.empty();
            }
            case SyncMessage.PageAck(Dot claim, long number) -> {
                Source source = sources.get(claim);
                if (source != null && number > source.acknowledged && number <= source.number) {
                    source.acknowledged = number;
                }
                yield Optional.empty();
            }
            case SyncMessage.LeafFetch fetch -> {
                Optional<Holding> stream = tx.streams().standingOn(fetch.claim());
                if (sources.containsKey(fetch.claim()) && stream.isPresent()) {
                    say.addAll(leaves(tx, stream.get(), fetch));
                }
                yield Optional.empty();
            }
            default -> throw new IllegalArgumentException("not about serving: " + message.getClass());
        };
    }

    private List<SyncMessage.LeafPage> leaves(Transaction tx, Holding stream, SyncMessage.LeafFetch fetch) {
        long nowMillis = tx.state().time().nowMillis();
        Optional<List<SyncMessage.LeafPage>> kept = desk.answers().find(fetch, nowMillis);
        if (kept.isPresent()) {
            return kept.get();
        }
        List<SyncMessage.LeafPage> pages = LeafSource.read(tx, stream, fetch.leaves()).stream().map(page ->
                new SyncMessage.LeafPage(fetch.claim(), page.rows(), page.complete(), page.gone())).toList();
        desk.answers().keep(fetch, pages, nowMillis);
        return pages;
    }

    private Optional<String> follow(Transaction tx, SyncMessage.Follow follow) {
        long mark = follow.mark();
        long received = follow.received();
        if (sources.size() >= STREAMS_MAX && !sources.containsKey(follow.claim())) {
            return Optional.of("too many streams are followed");
        }
        if (mark < -1 || received < 0) {
            return Optional.of("a stream is followed from nowhere: " + mark + ", " + received);
        }
        if (mark > SyncSession.SEQUENCE_MAX || received > SyncSession.SEQUENCE_MAX) {
            return Optional.of(SyncSession.OUT_OF_REACH);
        }
        boolean restored = tx.streams().standingOn(follow.claim())
                .filter(held -> held.own() && (mark > held.mark() || received > held.mark())).isPresent();
        if (restored) { // it has rows of ours that we do not remember (R7)
            return tx.forks().leaveStreams(peer) ? Optional.empty() : Optional.of(Doubts.AGAIN);
        }
        sources.put(follow.claim(), new Source(new StreamSource(follow.claim(), mark, received,
                follow.settled().bytes(), Set.copyOf(follow.without()))));
        return Optional.empty();
    }

    /// Sends on whatever is new, as far as pages may be under way.
    void news(Transaction tx, List<SyncMessage> say) {
        if (streamsSeen == tx.streams().version()) {
            return;
        }
        pending = 0;
        sources.forEach((claim, source) -> {
            while (source.number - source.acknowledged < SyncMessage.PAGES_AHEAD_MAX) {
                List<StreamSource.Next> next = source.stream.next(tx);
                next.forEach(one -> send(claim, source, one, say));
                if (next.isEmpty()) {
                    break;
                }
            }
            tx.streams().standingOn(claim).ifPresent(stream -> pending += source.stream.pending(stream));
        });
        streamsSeen = tx.streams().version();
    }

    private static void send(Dot claim, Source source, StreamSource.Next next, List<SyncMessage> say) {
        switch (next) {
            case StreamSource.Next.Page page -> say.add(new SyncMessage.StreamPage(claim, ++source.number, page.rows(),
                    page.removals(), page.received()));
            case StreamSource.Next.AtCut cut -> say.add(new SyncMessage.StreamCut(claim, cut.head(), cut.elsewhere()));
            case StreamSource.Next.ToCompare(StreamComparison.Offer offer) -> {
                List<Leaf> leaves = offer.leaves();
                int from = 0;
                do {
                    int to = Math.min(leaves.size(), from + SyncMessage.LEAVES_MAX);
                    say.add(new SyncMessage.StreamLeaves(claim, offer.head(), offer.elsewhere(),
                            leaves.subList(from, to), to == leaves.size()));
                    from = to;
                } while (from < leaves.size());
            }
        }
    }

    long pending() {
        return pending;
    }
}

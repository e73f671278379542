package app.holdfast.core.sync;

import app.holdfast.core.change.Dot;
import app.holdfast.core.store.StreamSource;
import app.holdfast.core.store.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The streams that the peer follows from here. Confined to the session.
final class Serving {

    /// A peer that follows more streams than this is refused.
    private static final int STREAMS_MAX = 10_000;

    private final Map<Dot, Source> sources = new LinkedHashMap<>();
    private long pending;

    private static final class Source {
        private final StreamSource stream;
        private long number;
        private long acknowledged;

        private Source(StreamSource stream) {
            this.stream = stream;
        }
    }

    Optional<String> receive(Transaction tx, SyncMessage message) {
        if (message instanceof SyncMessage.Follow(Dot claim, long mark, long received)) {
            if (sources.size() >= STREAMS_MAX) {
                return Optional.of("too many streams are followed");
            }
            if (mark < -1 || received < 0) {
                return Optional.of("a stream is followed from nowhere: " + mark + ", " + received);
            }
            boolean restored = tx.streams().standingOn(claim)
                    .filter(held -> held.own() && (mark > held.mark() || received > held.mark())).isPresent();
            if (restored) { // it has rows of ours that we do not remember (R7)
                tx.renewIncarnation();
                return Optional.empty();
            }
            sources.put(claim, new Source(new StreamSource(claim, mark, received)));
        } else if (message instanceof SyncMessage.Unfollow(Dot claim)) {
            sources.remove(claim);
        } else if (message instanceof SyncMessage.PageAck(Dot claim, long number)) {
            Source source = sources.get(claim);
            if (source != null && number > source.acknowledged && number <= source.number) {
                source.acknowledged = number;
            }
        }
        return Optional.empty();
    }

    /// Sends on whatever is new, as far as pages may be under way.
    void news(Transaction tx, List<SyncMessage> say) {
        pending = 0;
        sources.forEach((claim, source) -> {
            while (source.number - source.acknowledged < SyncMessage.PAGES_AHEAD_MAX) {
                Optional<StreamSource.Page> page = source.stream.next(tx);
                if (page.isEmpty()) {
                    break;
                }
                send(claim, source, page.get(), say);
            }
            tx.streams().standingOn(claim).ifPresent(stream -> pending += source.stream.pending(stream));
        });
    }

    private static void send(Dot claim, Source source, StreamSource.Page page, List<SyncMessage> say) {
        if (!page.rows().isEmpty() || !page.removals().isEmpty()) {
            say.add(new SyncMessage.StreamPage(claim, ++source.number, page.rows(), page.removals(), page.received()));
        }
        page.cut().ifPresent(cut ->
                say.add(new SyncMessage.StreamCut(claim, cut.mark(), cut.asserted(), cut.whole())));
    }

    long pending() {
        return pending;
    }
}

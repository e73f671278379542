package app.holdfast.core.sync;

import app.holdfast.core.change.OwnedRow;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers to requests for leaves, kept for a moment: a peer whose link broke asks again, and several new devices ask
/// for the same. A leaf is asked for by what it hashes to, so an answer stays right whatever changes here meanwhile.
///
/// Confined to the writer.
final class LeafAnswers {

    static final long MILLIS_MAX = 30_000;
    /// Estimated, of rows. What would not fit goes, the oldest first.
    static final long BYTES_MAX = 4_000_000;

    private record Answer(List<SyncMessage.LeafPage> pages, long bytes, long untilMillis) {}

    /// The oldest first.
    private final Map<SyncMessage.LeafFetch, Answer> answers = new LinkedHashMap<>();
    private long bytes;

    Optional<List<SyncMessage.LeafPage>> find(SyncMessage.LeafFetch asked, long nowMillis) {
        trim(nowMillis, BYTES_MAX);
        return Optional.ofNullable(answers.get(asked)).map(Answer::pages);
    }

    /// An answer that names something as gone is not kept: it may be back.
    void keep(SyncMessage.LeafFetch asked, List<SyncMessage.LeafPage> pages, long nowMillis) {
        long size = pages.stream().flatMap(page -> page.rows().stream()).flatMap(table -> table.rows().stream())
                .mapToLong(OwnedRow::bytesMax).sum();
        boolean isWhole = pages.stream().allMatch(page -> page.gone().isEmpty());
        if (isWhole && size <= BYTES_MAX && !answers.containsKey(asked)) {
            trim(nowMillis, BYTES_MAX - size);
            answers.put(asked, new Answer(List.copyOf(pages), size, nowMillis + MILLIS_MAX));
            bytes += size;
        }
    }

    /// A clock that was set back lets answers live longer; their size is bounded all the same.
    private void trim(long nowMillis, long bytesMax) {
        Iterator<Answer> oldest = answers.values().iterator();
        while (oldest.hasNext()) {
            Answer answer = oldest.next();
            if (answer.untilMillis > nowMillis && bytes <= bytesMax) {
                return;
            }
            oldest.remove();
            bytes -= answer.bytes;
        }
    }
}

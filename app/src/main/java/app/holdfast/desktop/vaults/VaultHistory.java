package app.holdfast.desktop.vaults;

import app.holdfast.core.api.VaultRow;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was done to vaults while this window was open, and what the library has noted of them. Neither names nor
/// secrets are in it, and nothing of it is written. On the JavaFX thread.
final class VaultHistory {

    /// Of one vault; the oldest is forgotten first.
    static final int DEEDS_MAX = 100;

    private final Words words;
    private final Map<Path, Deque<Done>> done = new HashMap<>();

    private record Done(Instant when, Text what) {}

    /// @param when such as `14:02:11` or `3 Nov`
    record Line(String when, String what) {}

    VaultHistory(Words words) {
        this.words = words;
    }

    void add(Path file, Text what) {
        Deque<Done> deeds = done.computeIfAbsent(file, _ -> new ArrayDeque<>());
        deeds.addFirst(new Done(words.now(), what));
        if (deeds.size() > DEEDS_MAX) {
            deeds.removeLast();
        }
    }

    /// Newest first; below, what the library has noted.
    List<Line> of(VaultRow row) {
        List<Line> lines = new ArrayList<>();
        row.here().map(done::get).ifPresent(deeds -> deeds.forEach(deed ->
                lines.add(new Line(words.moment(deed.when()), words.get(deed.what())))));
        row.facts().verified().ifPresent(at -> lines.add(new Line(words.moment(at),
                words.get(Text.VAULT_HISTORY_VERIFIED))));
        row.facts().synced().ifPresent(at -> lines.add(new Line(words.moment(at),
                words.get(Text.VAULT_HISTORY_SYNCED))));
        lines.add(new Line(words.moment(row.facts().changed()), words.get(Text.VAULT_HISTORY_WRITTEN)));
        return lines;
    }
}

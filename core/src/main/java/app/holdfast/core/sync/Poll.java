package app.holdfast.core.sync;

import app.holdfast.core.api.Checkup.Standing;
import app.holdfast.core.model.DeviceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// One asking of several peers whether they hold what is held here. Each answers once; whose link ends is silent.
///
/// Confined to the writer, but for what it promises.
final class Poll {

    private final Set<DeviceId> open;
    private final Map<DeviceId, Standing> answers = new HashMap<>();
    private final CompletableFuture<Map<DeviceId, Standing>> promised = new CompletableFuture<>();

    Poll(Collection<DeviceId> asked) {
        open = new HashSet<>(asked);
        end(open.isEmpty());
    }

    void answered(DeviceId peer, Standing standing) {
        if (open.remove(peer)) {
            answers.put(peer, standing);
            end(open.isEmpty());
        }
    }

    /// Ends with the answers there are; the others are silent.
    void end() {
        end(true);
    }

    private void end(boolean now) {
        if (now) {
            open.forEach(peer -> answers.put(peer, Standing.SILENT));
            open.clear();
            promised.complete(Map.copyOf(answers));
        }
    }

    CompletableFuture<Map<DeviceId, Standing>> promised() {
        return promised;
    }
}

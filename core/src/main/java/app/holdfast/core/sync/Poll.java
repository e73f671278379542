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
public final class Poll {

    private final Set<DeviceId> open;
    private final Map<DeviceId, Standing> answers = new HashMap<>();
    private final CompletableFuture<Map<DeviceId, Standing>> promised = new CompletableFuture<>();

    public Poll(Collection<DeviceId> asked) {
        open = new HashSet<>(asked);
    }

    /// Who is not linked has no answer to give.
    void answerOnly(Set<DeviceId> linked) {
        Set<DeviceId> silent = new HashSet<>(open);
        silent.removeAll(linked);
        silent.forEach(peer -> answered(peer, Standing.SILENT));
        endIfAnswered();
    }

    void answered(DeviceId peer, Standing standing) {
        if (open.remove(peer)) {
            answers.put(peer, standing);
            endIfAnswered();
        }
    }

    private void endIfAnswered() {
        if (open.isEmpty()) {
            promised.complete(Map.copyOf(answers));
        }
    }

    /// Ends with the answers there are; the others are silent.
    public void end() {
        open.forEach(peer -> answers.put(peer, Standing.SILENT));
        open.clear();
        endIfAnswered();
    }

    /// How each stands, once all have answered or it was ended.
    public CompletableFuture<Map<DeviceId, Standing>> promised() {
        return promised;
    }
}

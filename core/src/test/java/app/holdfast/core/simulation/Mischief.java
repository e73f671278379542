package app.holdfast.core.simulation;

import app.holdfast.core.sync.SyncMessage;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What befalls groups on their way: of a hundred as many as [#percent] are lost, as many come twice, and as many are
/// kept to arrive at some other time, at some other device perhaps.
final class Mischief {

    /// Groups kept; the oldest are forgotten.
    private static final int KEPT_MAX = 20;

    private final World world;
    private final List<byte[]> kept = new ArrayList<>();
    private int percent;

    Mischief(World world, int percent) {
        this.world = world;
        this.percent = percent;
    }

    void pass(SyncMessage message, byte[] frame, Deque<byte[]> inbox) {
        if (!(message instanceof SyncMessage.Groups) || percent == 0) {
            inbox.add(frame);
            return;
        }
        if (world.happens(percent)) {
            kept.add(frame);
            if (kept.size() > KEPT_MAX) {
                kept.removeFirst();
            }
        }
        if (!world.happens(percent)) {
            inbox.add(frame);
            if (world.happens(percent)) {
                inbox.add(frame);
                world.happened(Happening.GROUPS_TWICE);
            }
        } else {
            world.happened(Happening.GROUPS_LOST);
        }
    }

    boolean hasKept() {
        return !kept.isEmpty();
    }

    byte[] takeKept() {
        return kept.get(world.draw(kept.size()));
    }

    void end() {
        percent = 0;
        kept.clear();
    }
}

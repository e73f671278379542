package app.holdfast.core.simulation;

import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.SyncSession;
import app.holdfast.core.sync.Turn;
import app.holdfast.core.sync.wire.SyncCodec;
import app.holdfast.core.sync.wire.WireException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A link between two devices: what is said arrives, in order and as the bytes it was encoded to, until the link is
/// cut; then the last of what was said is lost, and each side notices in its own time.
///
/// Only groups may go missing, come twice or come late while the link stands, which no real link does: admission is to
/// bear it.
final class Wire {

    final End one;
    final End other;
    private final World world;
    private final Mischief mischief;
    private boolean cut;

    private Wire(World world, Mischief mischief, Device one, Device other) {
        this.world = world;
        this.mischief = mischief;
        this.one = new End(one, other);
        this.other = new End(other, one);
    }

    static Wire open(World world, Mischief mischief, Device one, Device other) {
        Wire wire = new Wire(world, mischief, one, other);
        world.tell("%s and %s are linked", one, other);
        wire.one.begin();
        wire.other.begin();
        return wire;
    }

    boolean isOver() {
        return !one.open && !other.open;
    }

    boolean isCut() {
        return cut;
    }

    /// What is under way and not read yet is lost from somewhere on.
    void cut() {
        cut = true;
        for (End end : new End[] {one, other}) {
            int kept = world.draw(end.inbox.size() + 1);
            while (end.inbox.size() > kept) {
                end.inbox.removeLast();
            }
        }
    }

    /// One device's side.
    final class End {

        final Device device;
        final Device peer;
        private final SyncSession session;
        private final Deque<byte[]> inbox = new ArrayDeque<>();
        private boolean open = true;
        private boolean newsWanted;
        private boolean heard;

        private End(Device device, Device peer) {
            this.device = device;
            this.peer = peer;
            this.session = new SyncSession(device.desk(), peer.id);
            device.ends.add(this);
        }

        private End far() {
            return this == one ? other : one;
        }

        Wire wire() {
            return Wire.this;
        }

        boolean isOpen() {
            return open;
        }

        boolean hasMail() {
            return open && !inbox.isEmpty();
        }

        /// What has arrived and is not read yet.
        List<SyncMessage> mail() {
            return inbox.stream().map(End::decode).toList();
        }

        boolean wantsNews() {
            return open && newsWanted;
        }

        /// Whether it may be told of groups.
        boolean hasHeard() {
            return open && heard;
        }

        void wake() {
            newsWanted = true;
        }

        private void begin() {
            say(device.run(session::open));
        }

        /// Reads one message.
        void read() {
            receive(inbox.removeFirst());
        }

        void receive(byte[] frame) {
            SyncMessage message = decode(frame);
            if (world.trace().isTelling()) {
                world.tell("%s hears from %s: %s", device, peer, Wording.of(message));
            }
            heard = true;
            say(device.run(tx -> session.receive(tx, message)));
        }

        void news() {
            newsWanted = false;
            say(device.run(session::news));
        }

        private void say(Turn turn) {
            turn.violation().ifPresent(reason -> world.findings().add("REFUSED", device + " of " + peer + ": "
                    + reason));
            for (SyncMessage message : turn.say()) {
                byte[] frame = SyncCodec.encode(message);
                world.trace().note(frame);
                if (!cut) {
                    mischief.pass(message, frame, far().inbox);
                }
            }
        }

        private static SyncMessage decode(byte[] frame) {
            try {
                return SyncCodec.decode(frame);
            } catch (WireException e) {
                throw new IllegalStateException("a device said what no device understands", e);
            }
        }

        /// Notices that the link is gone, or ends it.
        void hangUp() {
            if (open) {
                open = false;
                inbox.clear();
                device.ends.remove(this);
                device.run(_ -> {
                    session.end();
                    return true;
                });
                cut = true;
            }
        }

        /// The device died: nothing of the conversation is left here, and the other side will notice.
        void vanish() {
            open = false;
            inbox.clear();
            cut = true;
        }
    }
}

package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.sync.wire.SyncCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/// Conversations of several devices that go on beside each other, as they do while links live.
final class OpenTalks {

    /// As often as a link that is idle looks for news.
    static final long LOOK_MILLIS = 10_000;

    private final List<Side> sides = new ArrayList<>();
    private final Set<TestDevice> silent = new HashSet<>();
    /// All that was said, with who said it.
    final List<Said> said = new ArrayList<>();

    record Said(TestDevice by, TestDevice to, SyncMessage message) {}

    /// One end of a conversation.
    static final class Side {
        final TestDevice device;
        final TestDevice peer;
        final SyncSession session;
        private final Queue<SyncMessage> inbox = new ArrayDeque<>();

        private Side(TestDevice device, TestDevice peer) {
            this.device = device;
            this.peer = peer;
            this.session = new SyncSession(device.desk, peer.id);
        }
    }

    /// @return the first one's end
    Side link(TestDevice one, TestDevice other) throws Exception {
        Side atOne = new Side(one, other);
        Side atOther = new Side(other, one);
        sides.add(atOne);
        sides.add(atOther);
        send(atOne, one.run(atOne.session::open).say());
        send(atOther, other.run(atOther.session::open).say());
        return atOne;
    }

    /// Both ends are gone.
    void unlink(TestDevice one, TestDevice other) throws Exception {
        for (Side side : List.copyOf(sides)) {
            if (side.device == one && side.peer == other || side.device == other && side.peer == one) {
                sides.remove(side);
                side.device.run(_ -> {
                    side.session.end();
                    return true;
                });
            }
        }
    }

    /// It keeps its links, and neither reads nor says anything; or it goes on.
    void silence(TestDevice device, boolean isSilent) {
        if (isSilent) {
            silent.add(device);
        } else {
            silent.remove(device);
        }
    }

    /// What is news at one end now, without anything having arrived.
    void news(Side side) throws Exception {
        send(side, side.device.run(side.session::news).say());
    }

    private void send(Side from, List<SyncMessage> messages) {
        for (SyncMessage message : messages) {
            said.add(new Said(from.device, from.peer, message));
            other(from).inbox.add(message);
        }
    }

    /// One device's end of its conversation with another.
    Side end(TestDevice device, TestDevice peer) {
        return sides.stream().filter(each -> each.device == device && each.peer == peer).findFirst().orElseThrow();
    }

    private Side other(Side side) {
        return sides.stream().filter(each -> each.device == side.peer && each.peer == side.device).findFirst()
                .orElseThrow();
    }

    /// Takes what has arrived at one end, the oldest first.
    boolean take(Side side) throws Exception {
        SyncMessage next = side.inbox.poll();
        if (next == null) {
            return false;
        }
        SyncMessage message = SyncCodec.decode(SyncCodec.encode(next));
        Turn turn = side.device.run(tx -> side.session.receive(tx, message));
        assertThat(turn.violation()).as(message.toString()).isEmpty();
        send(side, turn.say());
        return true;
    }

    /// Until nobody has anything to say, news of commits included.
    void settle() throws Exception {
        boolean goesOn = true;
        int turns = 0;
        while (goesOn) {
            goesOn = turn();
            assertThat(++turns).as("they never stop talking").isLessThan(20_000);
        }
    }

    /// So long, on the clocks of these, while all links look for news.
    void pass(long millis, TestDevice... devices) throws Exception {
        for (long passed = 0; passed < millis; passed += LOOK_MILLIS) {
            for (TestDevice device : devices) {
                device.nowMillis += LOOK_MILLIS;
            }
            settle();
        }
    }

    /// Each end takes one message, and what a commit may have brought, such as the next part of a fold.
    ///
    /// @return whether anything was taken or said, or is being folded
    boolean turn() throws Exception {
        boolean goesOn = false;
        for (Side side : sides.stream().filter(each -> !silent.contains(each.device)).toList()) {
            goesOn |= take(side);
            List<SyncMessage> news = side.device.run(side.session::news).say();
            send(side, news);
            goesOn |= !news.isEmpty() || side.device.isFolding(); // a commit of a part has the next one done
        }
        return goesOn;
    }

    <T extends SyncMessage> List<T> said(TestDevice by, TestDevice to, Class<T> kind) {
        return said.stream().filter(each -> each.by == by && each.to == to).map(Said::message)
                .filter(kind::isInstance).map(kind::cast).toList();
    }
}

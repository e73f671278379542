package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.sync.wire.SyncCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.UnaryOperator;

/// A conversation of which the test sees every message and may change those of one side.
final class StreamTalk {

    /// All that the first side has said, as it arrived.
    final List<SyncMessage> said = new ArrayList<>();
    /// All that the second side has said.
    final List<SyncMessage> answered = new ArrayList<>();
    /// Why the second side ended it.
    Optional<String> violation = Optional.empty();

    /// @param liar changes what the first side says
    static StreamTalk between(TestDevice one, TestDevice other, UnaryOperator<SyncMessage> liar) throws Exception {
        StreamTalk talk = new StreamTalk();
        SyncSession atOne = new SyncSession(one.desk, other.id);
        SyncSession atOther = new SyncSession(other.desk, one.id);
        Queue<SyncMessage> toOther = new ArrayDeque<>(one.run(atOne::open).say());
        Queue<SyncMessage> toOne = new ArrayDeque<>(other.run(atOther::open).say());
        while (!(toOther.isEmpty() && toOne.isEmpty()) && talk.violation.isEmpty()) {
            SyncMessage next = toOther.poll();
            if (next != null) {
                SyncMessage message = SyncCodec.decode(SyncCodec.encode(liar.apply(next)));
                talk.said.add(message);
                Turn turn = other.run(tx -> atOther.receive(tx, message));
                talk.violation = turn.violation();
                toOne.addAll(turn.say());
            }
            SyncMessage answer = toOne.poll();
            if (answer != null && talk.violation.isEmpty()) {
                SyncMessage message = SyncCodec.decode(SyncCodec.encode(answer));
                talk.answered.add(message);
                Turn turn = one.run(tx -> atOne.receive(tx, message));
                assertThat(turn.violation()).isEmpty();
                toOther.addAll(turn.say());
            }
            assertThat(talk.said.size()).as("they never stop talking").isLessThan(10_000);
        }
        end(one, atOne);
        end(other, atOther);
        return talk;
    }

    static StreamTalk between(TestDevice one, TestDevice other) throws Exception {
        return between(one, other, UnaryOperator.identity());
    }

    private static void end(TestDevice device, SyncSession session) throws Exception {
        device.run(_ -> {
            session.end();
            return true;
        });
    }

    <T extends SyncMessage> List<T> said(Class<T> kind) {
        return said.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends SyncMessage> List<T> answered(Class<T> kind) {
        return answered.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}

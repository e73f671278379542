package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Dot;
import app.holdfast.core.clock.Author;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A member that says it has rows of a stream of this device that this device does not know (R7).
final class BadFollowsTest extends StreamFixture {

    private static final long HOUR_MILLIS = 3_600_000;

    private SyncSession session;

    @BeforeEach
    void greet() throws Exception {
        TestDevice.talk(laptop, desktop);
        begin();
    }

    private void begin() throws Exception {
        session = new SyncSession(laptop.desk, desktop.id);
        laptop.run(session::open);
        SyncMessage hello = desktop.run(new SyncSession(desktop.desk, laptop.id)::open).say().getFirst();
        assertThat(say(hello).violation()).isEmpty();
    }

    private Turn say(SyncMessage message) throws Exception {
        return laptop.run(tx -> session.receive(tx, message));
    }

    private Turn follow(long mark, long received) throws Exception {
        Dot claim = laptop.holding(VOLUME).claim().id();
        return say(new SyncMessage.Follow(claim, mark, received, List.of()));
    }

    private Author author() throws Exception {
        return laptop.run(tx -> tx.state().author());
    }

    @Test
    void rowsThatNobodyCanHaveWrittenAreNotBelieved() throws Exception {
        Author before = author();

        assertThat(follow(Long.MAX_VALUE, 0).violation()).contains(SyncSession.OUT_OF_REACH);
        begin();
        assertThat(follow(0, SyncSession.SEQUENCE_MAX + 1).violation()).contains(SyncSession.OUT_OF_REACH);

        assertThat(author()).isEqualTo(before);
    }

    @Test
    void nobodyHasThisDeviceRenewItselfTwiceWithinAnHour() throws Exception {
        Author first = author();
        assertThat(follow(1_000_000, 1_000_000).violation()).isEmpty();
        Author second = author();
        assertThat(second).isNotEqualTo(first);

        assertThat(follow(1_000_000, 1_000_000).violation().orElse("")).contains("again within an hour");
        assertThat(author()).isEqualTo(second);

        laptop.nowMillis += HOUR_MILLIS;
        begin();
        assertThat(follow(-1, 1_000_000).violation()).isEmpty();
        assertThat(author()).isNotEqualTo(second);
    }
}

package app.holdfast.core.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.change.Dot;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.wire.SyncCodec;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A person's limit holds frames of a link back. Nothing is measured: with these limits the large frame takes two
/// minutes, and small ones, of which a few may go at once, show that the link lives meanwhile.
final class LinkLimitTest {

    private static final DeviceId SMALL = new DeviceId("11".repeat(32));
    private static final DeviceId LARGE = new DeviceId("ee".repeat(32));
    private static final PeerRule SLOW = new PeerRule(false, 4_000);
    private static final int WORDS = 10;

    private final MemoryNetwork network = new MemoryNetwork();
    private final Node limited = new Node(SMALL);
    private final Node other = new Node(LARGE);

    private enum Limit {
        OF_THE_DEVICE(Map.of(LARGE, SLOW), PeerRule.NONE),
        OF_ALL(Map.of(), SLOW);

        private final Map<DeviceId, PeerRule> each;
        private final PeerRule all;

        Limit(Map<DeviceId, PeerRule> each, PeerRule all) {
            this.each = each;
            this.all = all;
        }
    }

    private final class Node {

        private final DeviceId id;
        private final InetSocketAddress address = network.address();
        private final Statuses statuses = new Statuses();
        private final Script script = new Script();
        private final Peers peers;

        private Node(DeviceId id) {
            this.id = id;
            this.peers = new Peers(id,
                    new Neighbourhood((expected, candidates) -> network.dial(id, expected, candidates),
                            () -> List.of(address), _ -> script.steps(), (_, _) -> { }, statuses::changed, _ -> { }),
                    () -> 1_000, new SplittableRandom(1)::nextLong);
            network.listen(address, id, peers.service());
        }

        private void says(SyncMessage message) {
            script.offer(message);
            peers.wake();
        }
    }

    private void link(Limit limit) throws Exception {
        limited.peers.rules(limit.each, limit.all);
        other.peers.members(Map.of(SMALL, List.of()));
        limited.peers.members(Map.of(LARGE, List.of(other.address)));
        limited.statuses.await(LARGE, status -> status.state() == PeerState.UP_TO_DATE);
        other.statuses.await(SMALL, status -> status.state() == PeerState.UP_TO_DATE);
        assertThat(limited.script.nextHeard()).isEqualTo(Script.number(0));
        assertThat(other.script.nextHeard()).isEqualTo(Script.number(0));
    }

    @AfterEach
    void close() {
        limited.peers.close();
        other.peers.close();
    }

    /// A frame of almost half a mebibyte.
    private static SyncMessage large() {
        var random = new SplittableRandom(7);
        return new SyncMessage.Fetch(Stream.generate(() -> new Dot(new Author(new UUID(random.nextLong(),
                random.nextLong())), 1)).limit(SyncMessage.DOTS_MAX).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aLimitHoldsBackWhatIsSent(Limit limit) throws Exception {
        link(limit);

        limited.says(large());
        for (int i = 1; i <= WORDS; i++) {
            other.says(Script.number(i));
            assertThat(limited.script.nextHeard()).isEqualTo(Script.number(i));
        }

        assertThat(limited.peers.traffic().get(LARGE).sent().bytes()).isLessThan(1_000);
        assertThat(other.script.heardWithin(0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aLimitHoldsBackWhatIsReceived(Limit limit) throws Exception {
        link(limit);
        int bytes = SyncCodec.encode(large()).length;

        other.says(large());
        awaitTrue(() -> limited.peers.traffic().get(LARGE).received().bytes() > bytes);
        for (int i = 1; i <= WORDS; i++) {
            limited.says(Script.number(i));
            assertThat(other.script.nextHeard()).isEqualTo(Script.number(i));
        }

        assertThat(limited.script.heardWithin(0)).isEmpty();
    }

    @Test
    void withoutALimitAllGoes() throws Exception {
        link(Limit.OF_ALL);
        limited.peers.rules(Map.of(), PeerRule.NONE);

        limited.says(large());
        other.says(large());

        assertThat(other.script.nextHeard()).isEqualTo(large());
        assertThat(limited.script.nextHeard()).isEqualTo(large());
    }

    /// Whoever would have to wait is told of the interrupt instead.
    @Test
    void aFrameWaitsForTheLimitOfItsDeviceAndForThatOfAll() throws Exception {
        var all = new TokenBucket();
        var throttle = new Throttle(all);
        throttle.pass(1 << 20);

        throttle.setRate(1);
        assertWaits(throttle);
        throttle.setRate(TokenBucket.NONE);
        all.setRate(1);
        assertWaits(throttle);
        all.setRate(TokenBucket.NONE);

        throttle.pass(1 << 20);
    }

    private static void assertWaits(Throttle throttle) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> throttle.pass(1)).isInstanceOf(InterruptedException.class);
    }

    private static void awaitTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}

package app.holdfast.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.model.DeviceId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a person decides for a device, and what engines notice of it.
final class PeerRulesTest {

    private static final DeviceId SMALL = new DeviceId("11".repeat(32));
    private static final DeviceId LARGE = new DeviceId("ee".repeat(32));
    private static final PeerRule PAUSED = new PeerRule(true, 0);

    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Node> nodes = new ArrayList<>();

    private final class Node {

        private final DeviceId id;
        private final InetSocketAddress address = network.address();
        private final Statuses statuses = new Statuses();
        private final Script script = new Script();
        private final BlockingQueue<PeerEvent> happened = new LinkedBlockingQueue<>();
        private final Peers peers;

        private Node(DeviceId id, long seed) {
            this.id = id;
            this.peers = new Peers(id,
                    new Neighbourhood((expected, candidates) -> network.dial(id, expected, candidates),
                            () -> List.of(address), _ -> script.steps(), (_, _) -> { }, statuses::changed,
                            happened::add),
                    () -> 1_000, new SplittableRandom(seed)::nextLong);
            network.listen(address, id, peers.service());
            nodes.add(this);
        }

        private void knows(Node other) {
            peers.members(Map.of(other.id, List.of(other.address)));
        }

        private void await(Node other, PeerState state) throws InterruptedException {
            statuses.await(other.id, status -> status.state() == state);
        }

        private PeerEvent next(PeerEvent.Kind kind) throws InterruptedException {
            for (PeerEvent event = next(); true; event = next()) {
                if (event.kind() == kind) {
                    return event;
                }
            }
        }

        private PeerEvent next() throws InterruptedException {
            PeerEvent event = happened.poll(30, TimeUnit.SECONDS);
            assertThat(event).as("something happened").isNotNull();
            return event;
        }
    }

    @AfterEach
    void closeAll() {
        nodes.forEach(node -> node.peers.close());
    }

    @Test
    void aPausedDeviceIsToldSoAndNotTakenForBroken() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        small.knows(large);
        large.peers.members(Map.of(SMALL, List.of()));
        small.await(large, PeerState.UP_TO_DATE);
        large.await(small, PeerState.UP_TO_DATE);

        small.peers.rules(Map.of(LARGE, PAUSED), PeerRule.NONE);

        small.await(large, PeerState.PAUSED);
        PeerEvent there = large.next(PeerEvent.Kind.PAUSED_THERE);
        assertThat(there.talk()).isEqualTo(small.next(PeerEvent.Kind.LINKED).talk());
        assertThat(large.happened).noneMatch(event -> event.kind() == PeerEvent.Kind.BROKEN);
        assertThat(small.script.ended()).isEqualTo(small.script.opened());
    }

    @Test
    void aDeviceThatIsPausedFromTheStartIsNeitherDialledNorTalkedTo() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        small.peers.rules(Map.of(LARGE, PAUSED), PeerRule.NONE);
        small.knows(large);

        large.knows(small);

        large.next(PeerEvent.Kind.PAUSED_THERE);
        assertThat(small.peers.statuses()).allMatch(status -> status.state() == PeerState.PAUSED && !status.online());
        assertThat(small.script.opened()).isZero();
        assertThat(small.happened).isEmpty();
    }

    @Test
    void aResumedDeviceIsDialledAtOnce() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        small.peers.rules(Map.of(LARGE, PAUSED), PeerRule.NONE);
        small.knows(large);
        large.peers.members(Map.of(SMALL, List.of()));

        small.peers.rules(Map.of(LARGE, PeerRule.NONE), PeerRule.NONE);

        small.await(large, PeerState.UP_TO_DATE);
        large.await(small, PeerState.UP_TO_DATE);
    }

    @Test
    void pausingAllPausesEach() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        small.knows(large);
        large.knows(small);
        small.await(large, PeerState.UP_TO_DATE);

        small.peers.rules(Map.of(LARGE, PeerRule.NONE), PAUSED);

        small.await(large, PeerState.PAUSED);
    }

    @Test
    void syncNowDoesNotWaitForAPausedDevice() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        small.peers.rules(Map.of(LARGE, PAUSED), PeerRule.NONE);
        small.knows(large);

        small.peers.syncNow().get(30, TimeUnit.SECONDS);

        assertThat(network.links()).isZero();
    }

    @Test
    void whatIsSentAndReceivedIsCounted() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        large.peers.members(Map.of(SMALL, List.of()));
        small.knows(large);
        small.await(large, PeerState.UP_TO_DATE);
        small.script.offer(Script.number(7));
        small.peers.wake();
        while (Script.number(large.script.nextHeard()) != 7) {
            assertThat(large.script.opened()).isEqualTo(1);
        }

        var sent = small.peers.traffic().get(LARGE).sent();
        var received = large.peers.traffic().get(SMALL).received();

        assertThat(received.messages()).isEqualTo(2);
        assertThat(received.bytes()).isPositive();
        assertThat(sent.messages()).isLessThanOrEqualTo(2);
    }

    @Test
    void twoRunningProgramsWithOneKeyAreNoticed() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        var clone = new Node(LARGE, 3);
        small.peers.members(Map.of(LARGE, List.of()));
        large.knows(small);
        small.await(large, PeerState.UP_TO_DATE);

        clone.knows(small);

        assertThat(small.next(PeerEvent.Kind.TWICE).device()).isEqualTo(LARGE);
        assertThat(small.peers.statuses()).allMatch(PeerStatus::twice);
    }

    @Test
    void twoProgramsWithOneKeyDoNotTakeTheLinkFromEachOtherAgainAndAgain() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        var clone = new Node(LARGE, 3);
        small.peers.members(Map.of(LARGE, List.of()));
        large.knows(small);
        small.await(large, PeerState.UP_TO_DATE);
        clone.knows(small);
        small.next(PeerEvent.Kind.TWICE);

        PeerEvent sentAway = clone.next(PeerEvent.Kind.TWICE_HERE);

        assertThat(sentAway.device()).isEqualTo(SMALL);
        assertThat(clone.peers.statuses()).allMatch(PeerStatus::isSelfTwice);
        assertThat(small.peers.statuses()).allMatch(PeerStatus::online);
    }

    @Test
    void twoProgramsWithOneKeyAreServedInTurn() {
        var runs = new Runs();
        long now = 1_000;
        assertThat(runs.admits(1, false, now)).isTrue();
        assertThat(runs.admits(2, true, now)).as("a program that was restarted").isTrue();
        assertThat(runs.areTwo()).isFalse();

        assertThat(runs.admits(1, true, now)).isTrue();
        assertThat(runs.areTwo()).isTrue();
        assertThat(runs.admits(2, true, now + Runs.FIRST_NANOS - 1)).isFalse();
        assertThat(runs.admits(2, true, now + Runs.FIRST_NANOS - 1)).isFalse();
        assertThat(runs.admits(2, false, now + 1)).as("the other is gone").isTrue();
        long turn = now + 1 + 2 * Runs.FIRST_NANOS;
        assertThat(runs.admits(1, true, turn - 1)).isFalse();
        assertThat(runs.admits(1, true, turn)).isTrue();
        assertThat(runs.admits(3, true, turn)).as("a program that was restarted").isTrue();
    }

    @Test
    void aProgramThatWasRestartedIsNotTakenForTwo() throws Exception {
        var small = new Node(SMALL, 1);
        small.peers.members(Map.of(LARGE, List.of()));
        for (int run = 2; run < 6; run++) {
            var large = new Node(LARGE, run);
            large.knows(small);
            small.next(PeerEvent.Kind.LINKED);
            large.peers.close();
        }

        assertThat(small.peers.statuses()).noneMatch(PeerStatus::twice);
    }
}

package app.holdfast.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.Turn;
import app.holdfast.core.sync.wire.SyncCodec;
import app.holdfast.core.transport.Link;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeersTest {

    private static final DeviceId SMALL = new DeviceId("11".repeat(32));
    private static final DeviceId LARGE = new DeviceId("ee".repeat(32));

    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Node> nodes = new ArrayList<>();

    /// One device: its peers, and a script that all its links speak.
    private final class Node {

        private final DeviceId id;
        private final InetSocketAddress address = network.address();
        private final Statuses statuses = new Statuses();
        private final Script script = new Script();
        private final BlockingQueue<List<InetSocketAddress>> learned = new LinkedBlockingQueue<>();
        private final BlockingQueue<PeerEvent> happened = new LinkedBlockingQueue<>();
        private final Peers peers;

        private Node(DeviceId id, long seed) {
            this.id = id;
            this.peers = new Peers(id,
                    new Neighbourhood((expected, candidates) -> network.dial(id, expected, candidates),
                            () -> List.of(address), _ -> script.steps(), (_, addresses) -> learned.add(addresses),
                            statuses::changed, happened::add),
                    () -> 1_000, new SplittableRandom(seed)::nextLong);
            network.listen(address, id, peers.service());
            nodes.add(this);
        }

        private void knows(Node other) {
            peers.members(Map.of(id, List.of(address), other.id, List.of(other.address)));
        }

        /// Has it as a member, but does not know where it is.
        private void admits(Node other) {
            peers.members(Map.of(other.id, List.of()));
        }

        private PeerStatus awaitOnline(Node other) throws InterruptedException {
            return statuses.await(other.id, status -> status.state() == PeerState.UP_TO_DATE);
        }

        private PeerStatus awaitOffline(Node other) throws InterruptedException {
            return statuses.await(other.id, status -> !status.online() && status.problem().isPresent());
        }
    }

    @AfterEach
    void closeAll() {
        nodes.forEach(node -> node.peers.close());
    }

    @Test
    void twoDevicesThatDialAtOnceKeepExactlyOneLink() throws Exception {
        for (int round = 0; round < 50; round++) {
            var small = new Node(SMALL, 2 * round);
            var large = new Node(LARGE, 2 * round + 1);
            var bothDialled = new CountDownLatch(1);
            var bothTalk = new CountDownLatch(1);
            network.holdDialsUntil(bothDialled);
            network.holdAcceptedUntil(bothTalk);

            small.knows(large);
            large.knows(small);
            int links = 2 * (round + 1);
            awaitTrue(() -> network.dials() == links);
            bothDialled.countDown();
            if (round % 2 == 0) {
                // each now talks over the link that it dialled itself, and then sees the other's
                small.awaitOnline(large);
                large.awaitOnline(small);
            }
            bothTalk.countDown();

            awaitTrue(() -> network.links() == links && network.openEnds() == 2);
            say(small, 100 + round, large);
            say(large, 100 + round, small);
            assertThat(network.openEnds()).isEqualTo(2);
            assertThat(network.dials()).isEqualTo(links);
            small.peers.close();
            large.peers.close();
            assertThat(small.script.ended()).isEqualTo(small.script.opened());
        }
    }

    @Test
    void aRestartedPeerIsNotKeptOutByTheLinkOfItsFormerRun() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        large.admits(small);
        small.knows(large);
        small.awaitOnline(large);
        large.awaitOnline(small);

        network.kill(LARGE);
        var restarted = new Node(LARGE, 3);
        restarted.knows(small);

        restarted.awaitOnline(small);
        awaitTrue(() -> small.script.opened() == 2);
        say(small, 7, restarted);
    }

    @Test
    void aPeerThatLostTheLinkWhichThisSideStillHoldsIsTakenAgain() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        large.admits(small);
        small.knows(large);
        large.awaitOnline(small);
        small.awaitOnline(large);

        network.holdDialsUntil(new CountDownLatch(1));
        network.cutAt(LARGE);
        large.awaitOffline(small);
        network.holdDialsUntil(new CountDownLatch(0));
        large.knows(small);

        large.awaitOnline(small);
        awaitTrue(() -> small.script.opened() == 2);
    }

    @Test
    void messagesArriveInTheOrderOfTheStepsThatSaidThem() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        small.script.answer(message -> Script.number(message) == 0 || Script.number(message) > 3_000
                ? new Turn(List.of(), Optional.empty())
                : new Turn(List.of(Script.number(2 * Script.number(message)),
                        Script.number(2 * Script.number(message) + 1)), Optional.empty()));
        for (int i = 1; i <= 3_000; i++) {
            large.script.offer(Script.number(i));
        }

        small.knows(large);
        large.admits(small);
        large.awaitOnline(small);
        large.peers.wake();

        assertThat(Script.number(large.script.nextHeard())).isZero();
        for (int i = 2; i <= 6_001; i++) {
            assertThat(Script.number(large.script.nextHeard())).isEqualTo(i);
        }
    }

    @Test
    void aPeerThatBreaksTheRulesIsToldWhyAndLosesTheLink() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        small.script.answer(message -> new Turn(List.of(new SyncMessage.Goodbye("a second hello")),
                Optional.of("a second hello")));

        large.admits(small);
        small.knows(large);

        assertThat(small.awaitOffline(large).problem()).contains("a second hello");
        assertThat(large.awaitOffline(small).problem()).contains("the peer says: a second hello");
    }

    @Test
    void aStepThatTheWriterHadNoRoomForIsTakenAgain() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        large.script.failOnce(new CoreException.Busy());
        large.script.failOnce(new CoreException.Busy());

        large.admits(small);
        small.knows(large);

        assertThat(Script.number(large.script.nextHeard())).isZero();
        large.awaitOnline(small);
    }

    @Test
    void aFailedTransactionEndsTheLinkAndANewConversationBegins() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        large.script.failOnce(new IllegalStateException("planted"));

        large.admits(small);
        small.knows(large);
        large.awaitOffline(small);
        small.peers.syncNow().get(60, TimeUnit.SECONDS);

        large.awaitOnline(small);
        awaitTrue(() -> large.script.opened() == 2 && large.script.ended() == 1);
    }

    @Test
    void strangersAreNotAdmittedAndForgottenMembersLoseTheirLink() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        assertThat(large.peers.service().admits().test(SMALL)).isFalse();

        large.admits(small);
        small.knows(large);
        small.awaitOnline(large);
        large.peers.members(Map.of());

        small.awaitOffline(large);
        assertThat(large.peers.service().admits().test(SMALL)).isFalse();
        assertThat(large.peers.statuses()).isEmpty();
    }

    @Test
    void syncNowAndNewAddressesCutTheWaitShort() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        InetSocketAddress nobody = network.address();
        small.peers.members(Map.of(LARGE, List.of(nobody)));
        small.awaitOffline(large);
        for (int i = 0; i < 8; i++) {
            small.peers.syncNow().get(60, TimeUnit.SECONDS);
        }
        int dialsBefore = network.dials();
        assertThat(dialsBefore).isGreaterThanOrEqualTo(9);

        // by now the wait is minutes
        large.admits(small);
        small.knows(large);

        small.awaitOnline(large);
        assertThat(small.learned.poll(60, TimeUnit.SECONDS)).startsWith(large.address).contains(nobody);
    }

    @Test
    void syncNowLooksForNewsBeforeItBelievesThatAllIsWell() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);
        large.admits(small);
        small.knows(large);
        small.awaitOnline(large);
        int asked = small.script.newsAsked();

        small.script.offer(Script.number(5));
        small.peers.syncNow().get(60, TimeUnit.SECONDS);

        assertThat(small.script.newsAsked()).isGreaterThan(asked);
    }

    @Test
    void anAcceptedPeerIsDialledLaterWhereItSaysThatItListens() throws Exception {
        var small = new Node(SMALL, 1);
        var large = new Node(LARGE, 2);

        large.admits(small);
        small.knows(large);
        large.awaitOnline(small);

        assertThat(large.learned.poll(60, TimeUnit.SECONDS)).containsExactly(small.address);
    }

    @Test
    void bytesThatAreNoMessageEndTheLink() throws Exception {
        var large = new Node(LARGE, 2);
        large.peers.members(Map.of(SMALL, List.of()));
        Link link = network.dial(SMALL, LARGE, List.of(large.address));
        Meeting.dialled(link, new Greeting(1, 2, 0, List.of()));

        link.send(new byte[] {77, 1, 2, 3});

        var status = large.statuses.await(SMALL, some -> some.problem().isPresent());
        assertThat(status.problem().orElseThrow()).contains("a message of a type that this version does not know: 77");
        assertThat(status.online()).isFalse();
    }

    @Test
    void whatIsOfferedUnaskedWaitsUntilThePeerReads() throws Exception {
        var large = new Node(LARGE, 2);
        large.peers.members(Map.of(SMALL, List.of()));
        var reading = new CountDownLatch(1);
        Link link = network.dial(SMALL, LARGE, List.of(large.address));
        network.holdSends(LARGE, reading);
        Meeting.dialled(link, new Greeting(1, 2, 0, List.of()));
        link.send(SyncCodec.encode(Script.number(1)));
        large.statuses.await(SMALL, PeerStatus::online);

        for (int i = 0; i < 200; i++) {
            int asked = large.script.newsAsked();
            large.script.offer(Script.number(i));
            large.peers.wake();
            if (i < OutQueue.QUIET_FRAMES_MAX) {
                awaitTrue(() -> large.script.newsAsked() > asked);
            }
        }

        assertThat(large.script.newsAsked()).isLessThan(20);
        reading.countDown();
        awaitTrue(() -> large.script.newsAsked() > OutQueue.QUIET_FRAMES_MAX);
        assertThat(large.peers.statuses()).allMatch(PeerStatus::online);
    }

    /// Again and again, because a number that was said over a link that gives way to another is lost with it.
    private static void say(Node node, long number, Node to) throws InterruptedException {
        long heard = -1;
        while (heard != number) {
            node.script.offer(Script.number(number));
            node.peers.wake();
            heard = to.script.heardWithin(20).map(Script::number).orElse(-1L);
        }
    }

    private static void awaitTrue(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited too long");
            }
            Thread.onSpinWait();
        }
    }
}

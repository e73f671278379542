package app.holdfast.core.peer;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CountDownLatch;

/// A link over which both sides have greeted each other.
///
/// @param dialledHere whether this side dialled
/// @param greeting    the peer's
/// @param token       the link's name, the same on both sides
/// @param known       the link that the dialling side had before, when it began to dial
/// @param over        reached when the link is not used any more
record Meeting(Link link, boolean dialledHere, Greeting greeting, long token, long known, CountDownLatch over) {

    /// A peer that has not greeted in this time is not taken for one.
    static final Duration GREETING_MAX = Duration.ofSeconds(5);

    /// Greets first. For the side that dialled.
    static Meeting dialled(Link link, Greeting own) throws IOException {
        link.send(own.encode());
        Greeting peer = await(link);
        if (peer.link() != own.link()) {
            throw new IOException("the peer's greeting is for another link");
        }
        return new Meeting(link, true, peer, own.link(), own.known(), new CountDownLatch(1));
    }

    /// Waits to be greeted. For the side that accepted.
    static Meeting accepted(Link link, long run, List<InetSocketAddress> listens) throws IOException {
        Greeting peer = await(link);
        link.send(new Greeting(run, peer.link(), 0, listens).encode());
        return new Meeting(link, false, peer, peer.link(), peer.known(), new CountDownLatch(1));
    }

    /// Whether this newer link takes the place of the one held. Both sides come to the same answer:
    ///
    /// - Nobody dials who holds a live link. So when the peer was restarted since, or dialled twice, or had the held
    ///   link and dialled nevertheless, the held one is dead, even if that is not known here yet.
    /// - Otherwise both dialled at the same time, and the link that the device with the smaller id dialled stays.
    boolean replaces(Meeting held, DeviceId self) {
        boolean peerRestarted = greeting.run() != held.greeting.run();
        boolean dialledTwice = dialledHere == held.dialledHere;
        boolean diallerHadHeld = known == held.token;
        return peerRestarted || dialledTwice || diallerHadHeld
                || dialledHere == self.compareTo(link.peer()) < 0;
    }

    /// Where the peer may be dialled: what it says, and the address that it was seen at with the ports it listens on.
    List<InetSocketAddress> addresses() {
        SequencedSet<InetSocketAddress> addresses = new LinkedHashSet<>();
        InetAddress seen = link.remote().getAddress();
        if (dialledHere) {
            addresses.add(link.remote());
        } else {
            greeting.listens().forEach(listens -> addresses.add(new InetSocketAddress(seen, listens.getPort())));
        }
        addresses.addAll(greeting.listens());
        return addresses.stream().filter(address -> address.getPort() != 0).limit(Greeting.LISTENS_MAX).toList();
    }

    void end() {
        link.close();
        over.countDown();
    }

    private static Greeting await(Link link) throws IOException {
        byte[] frame = Deadline.receive(link, GREETING_MAX);
        if (frame == null) {
            throw new IOException("the peer ended the link without a greeting");
        }
        try {
            return Greeting.decode(frame);
        } catch (CborException e) {
            throw new IOException("no greeting: " + e.getMessage(), e);
        }
    }
}

package app.holdfast.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.ClaimValue;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.wire.SyncCodec;
import app.holdfast.core.sync.wire.WireException;
import app.holdfast.core.transport.Alpn;
import app.holdfast.core.transport.identity.Identity;
import app.holdfast.core.transport.quic.QuicConversation;
import app.holdfast.core.transport.quic.QuicEndpoint;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// A member of a library, with a member's key, that says what a test has it say: bytes over kwik on loopback
/// (`docs/protocol/frames.md`). Nothing of a library is behind it.
final class RawMember implements AutoCloseable {

    private static final byte[] PREAMBLE = "HFL1".getBytes(US_ASCII);
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long RUN = 7;

    final DeviceId id;
    private final QuicEndpoint endpoint;
    private final DeviceId other;
    private final Identity identity;
    private InetSocketAddress address;
    private final SplittableRandom random = new SplittableRandom(1);
    private long links;

    /// @param data  of a device that has joined the library; closed
    /// @param other the device to talk to, and where it listens
    RawMember(Path data, DeviceId other, InetSocketAddress address) throws Exception {
        this.identity = Identity.read(data.resolve("device.key"));
        this.id = identity.id();
        this.other = other;
        this.address = address;
        endpoint = QuicEndpoint.open(identity.credentials(), new InetSocketAddress(address.getAddress(), 0),
                List.of("none"), (_, _) -> false, _ -> { });
    }

    /// The other device has begun anew and listens somewhere else.
    void findsAt(InetSocketAddress place) {
        address = place;
    }

    byte[] sign(byte[] message) {
        return identity.sign(message);
    }

    /// A new link, greeted. The one before it must have ended.
    Talk link() throws IOException {
        return new Talk(endpoint.dial(other, address, Alpn.SYNC.name(), DEADLINE), ++links,
                new Author(new UUID(random.nextLong(), random.nextLong())));
    }

    @Override
    public void close() {
        endpoint.close();
    }

    /// One link.
    final class Talk implements AutoCloseable {

        /// The link's name, by which events of both sides tell it.
        final long token;
        /// Somebody of whom nobody has heard yet.
        final Author stranger;
        /// What the other side said first.
        final SyncMessage.Hello theirs;
        private final QuicConversation conversation;
        private final DataInputStream in;

        private Talk(QuicConversation conversation, long token, Author stranger) throws IOException {
            this.conversation = conversation;
            this.token = token;
            this.stranger = stranger;
            conversation.open(DEADLINE);
            bytes(PREAMBLE);
            frame(new CborWriter().array(5).whole(1).whole(RUN).whole(token).whole(0).array(0).toBytes());
            in = new DataInputStream(conversation.in());
            assertThat(in.readNBytes(PREAMBLE.length)).isEqualTo(PREAMBLE);
            byte[] _ = frame();
            theirs = next(SyncMessage.Hello.class);
        }

        void bytes(byte[] bytes) throws IOException {
            conversation.out().write(bytes);
        }

        /// Says that this was all.
        void endOfBytes() throws IOException {
            conversation.out().close();
        }

        void frame(byte[] frame) throws IOException {
            bytes(ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).array());
        }

        void say(SyncMessage message) throws IOException {
            frame(SyncCodec.encode(message));
        }

        private byte[] frame() throws IOException {
            return in.readNBytes(in.readInt());
        }

        private SyncMessage message() throws IOException {
            try {
                return SyncCodec.decode(frame());
            } catch (WireException e) {
                throw new IOException(e);
            }
        }

        /// The next message of a kind; others are passed over.
        <T extends SyncMessage> T next(Class<T> kind) throws IOException {
            while (true) {
                SyncMessage message = message();
                if (kind.isInstance(message)) {
                    return kind.cast(message);
                }
                assertThat(message).isNotInstanceOf(SyncMessage.Goodbye.class);
            }
        }

        /// Reads until there is nothing more.
        ///
        /// @return the last word, empty when none was said
        Optional<String> farewell() {
            Optional<String> last = Optional.empty();
            try {
                while (true) {
                    if (message() instanceof SyncMessage.Goodbye(String reason)) {
                        last = Optional.of(reason);
                    }
                }
            } catch (IOException e) {
                return last;
            }
        }

        SyncMessage.Hello hello() {
            return hello(VersionVector.EMPTY);
        }

        /// @param more covered besides what the other side covers
        SyncMessage.Hello hello(VersionVector more) {
            return new SyncMessage.Hello(SyncMessage.PROTOCOL, SyncMessage.PROTOCOL, theirs.schema(), theirs.library(),
                    new Author(new UUID(1, token)), theirs.covered().union(more), theirs.heads(), theirs.nowMillis());
        }

        /// Waits until the other side has taken in all that was said.
        ///
        /// @return what it covers then
        VersionVector heard() throws IOException {
            say(new SyncMessage.Check(VersionVector.EMPTY, Fingerprint.NONE, true));
            return next(SyncMessage.Check.class).covered();
        }

        /// All that the other side holds.
        List<SyncMessage.Live> names() throws IOException {
            say(new SyncMessage.ManifestOpen(new TreeSet<>()));
            SyncMessage.Manifest _ = next(SyncMessage.Manifest.class);
            say(new SyncMessage.Compare(List.of(new SyncMessage.RangeSum(RecordRange.ALL, Fingerprint.NONE))));
            return next(SyncMessage.Compared.class).names().getFirst().names();
        }

        List<SyncMessage.Content> contents(List<Dot> names) throws IOException {
            say(new SyncMessage.Fetch(names));
            return next(SyncMessage.Contents.class).contents();
        }

        /// Who owns what, as the other side knows it.
        List<Claim> claims() throws IOException {
            return contents(names().stream().map(SyncMessage.Live::dot).toList()).stream()
                    .filter(content -> content.model().equals(Models.CLAIM))
                    .flatMap(content -> ClaimValue.read(content.record(),
                            content.snapshot().register(Models.CLAIM_FIELD).orElseThrow()).stream()).toList();
        }

        /// Brings the other side to compare with this one, which says that it covers nine of the stranger's events.
        void comparing() throws IOException {
            var far = VersionVector.of(Map.of(stranger, 9L));
            say(hello(far));
            say(new SyncMessage.NeedReconcile());
            SyncMessage.ManifestOpen _ = next(SyncMessage.ManifestOpen.class);
            say(new SyncMessage.Manifest(theirs.covered().union(far), theirs.heads(), new TreeMap<>()));
            SyncMessage.Compare _ = next(SyncMessage.Compare.class);
        }

        @Override
        public void close() {
            conversation.close(0, "done");
        }
    }
}

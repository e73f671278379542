package app.holdfast.core.transport.quic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

import app.holdfast.core.model.DeviceId;
import app.holdfast.tls.RawPublicKey;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnection;

/// Takes in the connections that peers open: asks whether they may, counts them, and hands them over.
///
/// kwik calls from the threads of its connections; the lock guards the two maps and is held for nothing else.
final class Acceptor implements ApplicationProtocolConnectionFactory {

    /// Connections of all peers for one protocol. More are denied; each costs about six threads.
    static final int PER_PROTOCOL_MAX = 64;
    /// Connections of one peer for one protocol. A further one takes the place of the oldest: a device that was
    /// restarted must not wait until its former connections are known to be dead.
    static final int PER_PEER_MAX = 4;
    /// Application code for a connection that made room for a newer one.
    static final long CODE_REPLACED = 2;

    private record Caller(DeviceId peer, String protocol) {}

    private final BiPredicate<DeviceId, String> admits;
    private final Consumer<QuicConversation> accepted;
    private final ReentrantLock lock = new ReentrantLock();
    /// Oldest first.
    private final Map<Caller, Deque<QuicConversation>> open = new HashMap<>();
    /// Who was admitted; from there to `createConnection` it is the same thread and the same object.
    private final Map<Object, DeviceId> admitted = Collections.synchronizedMap(new WeakHashMap<>());

    Acceptor(BiPredicate<DeviceId, String> admits, Consumer<QuicConversation> accepted) {
        this.admits = admits;
        this.accepted = accepted;
    }

    /// Called inside the handshake.
    boolean admits(Object connection, RawPublicKey key, String protocol) {
        DeviceId peer = DeviceId.of(key.bytes());
        if (isFull(protocol) || !admits.test(peer, protocol)) {
            return false;
        }
        admitted.put(connection, peer);
        return true;
    }

    /// Called as the last thing of the handshake.
    @Override
    public ApplicationProtocolConnection createConnection(String protocol, QuicConnection connection) {
        DeviceId peer = admitted.remove(connection);
        if (peer == null) {
            throw new IllegalStateException("a connection that nobody admitted");
        }
        var remote = ((ServerConnection) connection).getInitialRemoteAddress();
        QuicConversation conversation = new QuicConversation(connection, peer, protocol, remote, this::forget);
        QuicConversation oldest = add(conversation);
        if (oldest != null) {
            oldest.close(CODE_REPLACED, "replaced");
        }
        ConversationThread.start("quic-accept-" + peer, () -> accepted.accept(conversation));
        return new ApplicationProtocolConnection() {
            @Override
            public void acceptPeerInitiatedStream(QuicStream stream) {
                conversation.streamArrived(stream);
            }
        };
    }

    @Override
    public int maxConcurrentPeerInitiatedBidirectionalStreams() {
        return 1;
    }

    @Override
    public long maxTotalPeerInitiatedBidirectionalStreams() {
        return 1;
    }

    @Override
    public int maxConcurrentPeerInitiatedUnidirectionalStreams() {
        return 0;
    }

    void closeAll() {
        List<QuicConversation> all = new ArrayList<>();
        lock.lock();
        try {
            open.values().forEach(all::addAll);
        } finally {
            lock.unlock();
        }
        all.forEach(conversation -> conversation.close(0, "closing"));
    }

    private boolean isFull(String protocol) {
        lock.lock();
        try {
            return open.entrySet().stream()
                    .filter(entry -> entry.getKey().protocol().equals(protocol))
                    .mapToInt(entry -> entry.getValue().size())
                    .sum() >= PER_PROTOCOL_MAX;
        } finally {
            lock.unlock();
        }
    }

    /// @return the one that must go, or null
    private @Nullable QuicConversation add(QuicConversation conversation) {
        lock.lock();
        try {
            Deque<QuicConversation> same = open.computeIfAbsent(caller(conversation), caller -> new ArrayDeque<>());
            same.addLast(conversation);
            return same.size() > PER_PEER_MAX ? same.removeFirst() : null;
        } finally {
            lock.unlock();
        }
    }

    private void forget(QuicConversation conversation) {
        lock.lock();
        try {
            open.computeIfPresent(caller(conversation), (caller, same) -> {
                same.remove(conversation);
                return same.isEmpty() ? null : same;
            });
        } finally {
            lock.unlock();
        }
    }

    private static Caller caller(QuicConversation conversation) {
        return new Caller(conversation.peer(), conversation.protocol());
    }
}

package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// @param logChanges events kept for peers
/// @param logBytes   size of the log
/// @param conflicts  fields whose later value replaced one that its writer had not seen
public record SyncStatus(State state, List<Peer> peers, long logChanges, long logBytes, long conflicts) {

    public enum State { ALONE, OFFLINE, CATCHING_UP, READY }

    /// @param state what goes on between the two, in a word
    public record Peer(DeviceId id, String name, boolean online, PeerState state, long pendingOut, long pendingIn,
            Optional<Instant> lastSync) {}

    public enum PeerState { OFFLINE, CONNECTING, RECEIVING, SENDING, UP_TO_DATE, REFUSED }
}

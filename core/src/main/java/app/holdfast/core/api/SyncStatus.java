package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How this device stands with the others.
///
/// @param logChanges events kept for peers
/// @param logBytes   size of the log
/// @param conflicts  fields whose later value replaced one that its writer had not seen
/// @param rule       what the person has decided for all devices
/// @param percent    how much of what was to be got is here; empty when nothing is
public record SyncStatus(State state, List<Peer> peers, long logChanges, long logBytes, long conflicts, Rule rule,
        Optional<Integer> percent) {

    /// ALONE: no other device belongs to the library. BACKFILLING: this device has joined and has never had all yet; it
    /// may be waiting for somebody who has. CATCHING_UP: it has had all before. PAUSED: by the person.
    public enum State { ALONE, OFFLINE, BACKFILLING, CATCHING_UP, READY, PAUSED }

    /// @param state what goes on between the two, in a word
    public record Peer(DeviceId id, String name, boolean online, PeerState state, long pendingOut, long pendingIn,
            Optional<Instant> lastSync, Detail detail) {}

    /// RECEIVING: catching up. REFUSED: it does not let this device in. PAUSED: by the person, here.
    public enum PeerState { OFFLINE, CONNECTING, BACKFILLING, RECEIVING, SENDING, UP_TO_DATE, PAUSED, REFUSED }

    /// @param percent   how much of what is to be got from it is here; empty when nothing is
    /// @param problem   why there is no link, in English, for logs; empty when all is well
    /// @param twice     whether two running programs say that they are this device
    /// @param traffic   since this program began
    public record Detail(Optional<Instant> lastSeen, Rule rule, Optional<Integer> percent, Optional<String> problem,
            boolean twice, PeerTraffic traffic) {

        /// Nothing is known.
        public static final Detail NONE = new Detail(Optional.empty(), Rule.NONE, Optional.empty(), Optional.empty(),
                false, PeerTraffic.NONE);
    }

    /// What a person has decided for one device, or for all.
    ///
    /// @param bytesPerSecond at most, each way; empty for as many as go
    public record Rule(boolean paused, Optional<Long> bytesPerSecond) {

        public static final Rule NONE = new Rule(false, Optional.empty());
    }

    public SyncStatus {
        peers = List.copyOf(peers);
    }
}

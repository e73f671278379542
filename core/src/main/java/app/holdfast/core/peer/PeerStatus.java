package app.holdfast.core.peer;

import app.holdfast.core.api.DeviceRow.Via;
import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.sync.Progress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/// What is known of a device now.
///
/// @param pendingOut changes and rows that it does not have yet, as far as known
/// @param pendingIn  changes and rows that it has and this device does not, as far as known
/// @param link       how it is reached; empty when it is not
/// @param lastSeen   when it was last linked, in this run of the program
/// @param lastSync   when both last had the same, in this run of the program
/// @param problem    why the last link ended or could not be made, in English, for logs; empty when all is well
public record PeerStatus(DeviceId device, PeerState state, long pendingOut, long pendingIn, Optional<Linked> link,
        Optional<Instant> lastSeen, Optional<Instant> lastSync, Optional<String> problem) {

    /// @param remote where its datagrams come from
    public record Linked(Via via, InetSocketAddress remote) {}

    static PeerStatus unknown(DeviceId device) {
        return new PeerStatus(device, PeerState.OFFLINE, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    public boolean online() {
        return link.isPresent();
    }

    PeerStatus connecting() {
        return new PeerStatus(device, PeerState.CONNECTING, pendingOut, pendingIn, link, lastSeen, lastSync, problem);
    }

    PeerStatus linked(InetSocketAddress remote, Instant now) {
        return new PeerStatus(device, PeerState.CONNECTING, pendingOut, pendingIn,
                Optional.of(new Linked(Via.DIRECT, remote)), Optional.of(now), lastSync, Optional.empty());
    }

    PeerStatus progressed(Progress progress, Instant now) {
        PeerState reached = switch (progress.state()) {
            case GREETING -> PeerState.CONNECTING;
            case RECEIVING -> PeerState.RECEIVING;
            case SENDING -> PeerState.SENDING;
            case UP_TO_DATE -> PeerState.UP_TO_DATE;
        };
        return new PeerStatus(device, reached, progress.pendingOut(), progress.pendingIn(), link, Optional.of(now),
                reached == PeerState.UP_TO_DATE ? Optional.of(now) : lastSync, problem);
    }

    /// @param why why there is no link
    PeerStatus apart(PeerState now, String why) {
        return new PeerStatus(device, now, pendingOut, pendingIn, Optional.empty(), lastSeen, lastSync,
                Optional.of(why));
    }

    PeerStatus seen(Instant now) {
        return new PeerStatus(device, state, pendingOut, pendingIn, link, Optional.of(now), lastSync, problem);
    }
}

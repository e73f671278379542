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
/// @param pending  what is still to be exchanged, as far as known
/// @param link     how it is reached; empty when it is not
/// @param lastSeen when it was last linked, in this run of the program
/// @param lastSync when both last had the same, in this run of the program
/// @param problem  why the last link ended or could not be made, in English, for logs; empty when all is well
/// @param twice    whether two running programs said that they are it
public record PeerStatus(DeviceId device, PeerState state, Pending pending, Optional<Linked> link,
        Optional<Instant> lastSeen, Optional<Instant> lastSync, Optional<String> problem, boolean twice) {

    /// @param remote where its datagrams come from
    /// @param talk   the conversation's name
    public record Linked(Via via, InetSocketAddress remote, long talk) {}

    /// @param out  changes and rows that it does not have yet
    /// @param in   changes and rows that it has and this device does not
    /// @param most the most that was to be got since both last had the same
    public record Pending(long out, long in, long most) {

        static final Pending NONE = new Pending(0, 0, 0);

        /// How much of what was to be got is here; empty when nothing is to be got.
        public Optional<Integer> percent() {
            return in == 0 ? Optional.empty() : Optional.of((int) (100 * (most - in) / most));
        }

        Pending now(Progress progress) {
            boolean all = progress.state() == Progress.State.UP_TO_DATE;
            return new Pending(progress.pendingOut(), progress.pendingIn(),
                    all ? 0 : Math.max(most, progress.pendingIn()));
        }
    }

    static PeerStatus unknown(DeviceId device) {
        return new PeerStatus(device, PeerState.OFFLINE, Pending.NONE, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), false);
    }

    /// Whether the other side says that another running program is this device.
    public boolean isSelfTwice() {
        return problem.filter(Ending.TWICE_HERE_WHY::equals).isPresent();
    }

    public boolean online() {
        return link.isPresent();
    }

    PeerStatus connecting() {
        return new PeerStatus(device, PeerState.CONNECTING, pending, link, lastSeen, lastSync, problem, twice);
    }

    PeerStatus linked(Linked with, Instant now) {
        return new PeerStatus(device, PeerState.CONNECTING, pending, Optional.of(with), Optional.of(now), lastSync,
                Optional.empty(), twice);
    }

    PeerStatus progressed(Progress progress, Instant now) {
        PeerState reached = switch (progress.state()) {
            case GREETING -> PeerState.CONNECTING;
            case RECEIVING -> PeerState.RECEIVING;
            case SENDING -> PeerState.SENDING;
            case UP_TO_DATE -> PeerState.UP_TO_DATE;
        };
        return new PeerStatus(device, reached, pending.now(progress), link, Optional.of(now),
                reached == PeerState.UP_TO_DATE ? Optional.of(now) : lastSync, problem, twice);
    }

    /// @param why why there is no link
    PeerStatus apart(PeerState now, String why) {
        return new PeerStatus(device, now, pending, Optional.empty(), lastSeen, lastSync, Optional.of(why), twice);
    }

    PeerStatus seen(Instant now) {
        return new PeerStatus(device, state, pending, link, Optional.of(now), lastSync, problem, twice);
    }

    PeerStatus metTwice() {
        return new PeerStatus(device, state, pending, link, lastSeen, lastSync, problem, true);
    }
}

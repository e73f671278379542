package app.holdfast.core.api;

import java.time.Duration;
import java.util.Optional;

/// What was exchanged with a device since this program began. Nothing of it is kept.
///
/// @param roundTrip of the link there is, as the network measures it
/// @param latency   from a commit here to its acknowledgement there; empty when none was acknowledged yet
public record PeerTraffic(Way sent, Way received, Optional<Duration> roundTrip, Optional<Latency> latency) {

    public static final PeerTraffic NONE = new PeerTraffic(Way.NONE, Way.NONE, Optional.empty(), Optional.empty());

    /// One direction.
    ///
    /// @param bytes          of frames, as they were sent
    /// @param messages       frames
    /// @param groups         groups of changes to shared records
    /// @param rows           rows of devices' own
    /// @param bytesPerSecond over the last ten seconds
    public record Way(long bytes, long messages, long groups, long rows, long bytesPerSecond) {

        public static final Way NONE = new Way(0, 0, 0, 0, 0);
    }

    /// @param count how many acknowledgements
    /// @param half  half of them took at most so long
    /// @param most  99 of 100 took at most so long
    public record Latency(long count, Duration half, Duration most) {}
}

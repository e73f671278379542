package app.holdfast.core.peer;

import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.model.DeviceId;

/// What the engines of one library have in common.
///
/// @param wakeAll whoever else is linked may have something to say, because one device is not any more
/// @param out     the rate that all share when they send
/// @param in      the same, when they receive
record Commons(DeviceId self, Neighbourhood around, Chance chance, Runnable wakeAll, TokenBucket out,
        TokenBucket in) {

    /// What is not the same in two runs of the program.
    ///
    /// @param run this run's name
    record Chance(long run, TimeSource time, RandomSource random) {}
}

package app.holdfast.core.store;

import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.clock.TimeSource;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;

/// What the door hands down: time, randomness, threads, signatures, and a folder of this user's outside the library.
///
/// @param memory where the last opening of each data directory is noted, so that a restored or copied one is noticed
///        (R7)
/// @param signing what signs for this device
/// @param models  the kinds of records that are known, extensions included
public record Surroundings(TimeSource time, RandomSource random, ThreadFactory threads, Path memory,
        Signing signing, ModelRegistry models) {

    /// Without extensions.
    public Surroundings(TimeSource time, RandomSource random, ThreadFactory threads, Path memory, Signing signing) {
        this(time, random, threads, memory, signing, ModelRegistry.CORE);
    }

    /// A UUID of version 7 (RFC 9562 section 5.7), of the present millisecond.
    public UUID timeOrderedId() {
        return new UUID(time.nowMillis() << 16 | 0x7000L | random.nextLong() & 0xFFFL,
                random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
    }

    /// A random UUID of version 4.
    public UUID randomId() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L,
                random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
    }
}

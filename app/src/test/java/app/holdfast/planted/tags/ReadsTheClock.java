package app.holdfast.planted.tags;

import java.time.Instant;

/// Reads the wall clock.
public final class ReadsTheClock {

    Instant now() {
        return Instant.now();
    }
}

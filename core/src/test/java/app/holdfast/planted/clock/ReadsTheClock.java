package app.holdfast.planted.clock;

import java.util.function.LongSupplier;

/// Reads the wall clock, and not even by a call.
public final class ReadsTheClock {

    LongSupplier now() {
        return System::currentTimeMillis;
    }
}

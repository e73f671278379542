package app.holdfast.core.clock;

/// Where the wall-clock time comes from: the system in the program, a test's own clock in tests.
@FunctionalInterface
public interface TimeSource {

    /// @return milliseconds since 1970-01-01T00:00Z; may run backwards, nothing may rely on it for order
    long nowMillis();
}

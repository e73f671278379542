package app.holdfast.core.clock;

/// Where random bits come from: the system's secure generator in the program, a seeded one in tests. Made at the
/// door, handed down.
@FunctionalInterface
public interface RandomSource {

    /// @return 64 random bits
    long nextLong();
}

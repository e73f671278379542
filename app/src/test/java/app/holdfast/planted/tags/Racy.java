package app.holdfast.planted.tags;

/// Shares state without a lock and without a decision.
public final class Racy {

    volatile int state;
}

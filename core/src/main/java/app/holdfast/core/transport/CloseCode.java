package app.holdfast.core.transport;

/// Application codes with which a connection is closed (`docs/protocol/transport.md`, section 4).
final class CloseCode {

    /// All went well.
    static final long DONE = 0;
    /// What came were no frames.
    static final long BAD_FRAME = 1;
    // 2 is for a connection that made room for a newer one of the same device

    private CloseCode() {}
}

package app.holdfast.core.transport;

import java.io.IOException;

/// A peer sent bytes that are not frames. The link is closed with the application code `CloseCode.BAD_FRAME`.
public final class FrameException extends IOException {

    private final long offset;

    /// @param offset bytes from the start of the stream to the first byte that makes no sense
    FrameException(String reason, long offset) {
        super(reason + " at byte " + offset);
        this.offset = offset;
    }

    /// Bytes from the start of the stream to the first byte that makes no sense.
    public long offset() {
        return offset;
    }
}

package app.holdfast.core.peer;

/// What a person has decided for a device.
///
/// @param paused         nothing is exchanged
/// @param bytesPerSecond at most, each way; 0 for as many as go
public record PeerRule(boolean paused, long bytesPerSecond) {

    public static final PeerRule NONE = new PeerRule(false, TokenBucket.NONE);
}

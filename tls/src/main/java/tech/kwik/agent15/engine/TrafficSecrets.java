package tech.kwik.agent15.engine;

import org.jspecify.annotations.Nullable;

/// What kwik makes packet keys of (RFC 9001 section 5.1). Each call gives a copy that belongs to the caller.
public interface TrafficSecrets {

    /// Always null: without it kwik has no keys for 0-RTT packets and drops them.
    byte @Nullable [] getClientEarlyTrafficSecret();

    byte[] getClientHandshakeTrafficSecret();

    byte[] getServerHandshakeTrafficSecret();

    byte[] getClientApplicationTrafficSecret();

    byte[] getServerApplicationTrafficSecret();
}

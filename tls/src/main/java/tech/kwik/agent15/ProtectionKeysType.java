package tech.kwik.agent15;

/// The encryption level at which a message arrived: Initial, Handshake or 1-RTT packets (RFC 9001 section 4).
public enum ProtectionKeysType {
    None,
    Handshake,
    Application
}

package tech.kwik.agent15.engine;

/// One side of a handshake.
public interface TlsEngine extends MessageProcessor, TrafficSecrets {}

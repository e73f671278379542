package app.holdfast.tls;

import java.security.MessageDigest;

import tech.kwik.agent15.handshake.HandshakeMessage;

/// The running hash over all messages of a handshake (RFC 8446 section 4.4.1).
final class Transcript {

    private final MessageDigest digest;

    Transcript(HashAlgorithm hash) {
        digest = hash.digest();
    }

    Transcript add(HandshakeMessage message) {
        digest.update(message.getBytes());
        return this;
    }

    byte[] hash() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java's digest cannot be copied", e);
        }
    }
}

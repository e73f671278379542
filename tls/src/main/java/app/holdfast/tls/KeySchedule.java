package app.holdfast.tls;

import org.jspecify.annotations.Nullable;

/// The secrets of one handshake, stage by stage (RFC 8446 section 7.1), without pre-shared key.
///
///     NOTHING --agreed--> HANDSHAKE --serverFinished--> APPLICATION --wipe--> WIPED
///
/// A secret that is asked for before its stage or after `wipe` is a bug and throws.
final class KeySchedule {

    private final HashAlgorithm hash;
    private byte @Nullable [] handshakeSecret;
    private byte @Nullable [] clientHandshake;
    private byte @Nullable [] serverHandshake;
    private byte @Nullable [] clientApplication;
    private byte @Nullable [] serverApplication;

    KeySchedule(HashAlgorithm hash) {
        this.hash = hash;
    }

    /// @param shared     what x25519 gave; the caller wipes it
    /// @param transcript hash of ClientHello and ServerHello
    void agreed(byte[] shared, byte[] transcript) {
        byte[] early = hash.extract(hash.zeros(), hash.zeros());
        byte[] secret = hash.extract(hash.derived(early), shared);
        handshakeSecret = secret;
        clientHandshake = hash.expandLabel(secret, "c hs traffic", transcript);
        serverHandshake = hash.expandLabel(secret, "s hs traffic", transcript);
    }

    /// @param transcript hash of all messages up to the server's Finished
    void serverFinished(byte[] transcript) {
        byte[] salt = hash.derived(known(handshakeSecret));
        byte[] master = hash.extract(salt, hash.zeros());
        clientApplication = hash.expandLabel(master, "c ap traffic", transcript);
        serverApplication = hash.expandLabel(master, "s ap traffic", transcript);
        HashAlgorithm.wipe(salt, master);
    }

    /// What the client's Finished must hold (RFC 8446 section 4.4.4).
    byte[] clientVerifyData(byte[] transcript) {
        return verifyData(known(clientHandshake), transcript);
    }

    /// What the server's Finished must hold (RFC 8446 section 4.4.4).
    byte[] serverVerifyData(byte[] transcript) {
        return verifyData(known(serverHandshake), transcript);
    }

    byte[] clientHandshakeSecret() {
        return known(clientHandshake).clone();
    }

    byte[] serverHandshakeSecret() {
        return known(serverHandshake).clone();
    }

    byte[] clientApplicationSecret() {
        return known(clientApplication).clone();
    }

    byte[] serverApplicationSecret() {
        return known(serverApplication).clone();
    }

    /// Overwrites and forgets every secret; kwik has made its packet keys of copies by then.
    void wipe() {
        wipe(handshakeSecret);
        wipe(clientHandshake);
        wipe(serverHandshake);
        wipe(clientApplication);
        wipe(serverApplication);
        handshakeSecret = null;
        clientHandshake = null;
        serverHandshake = null;
        clientApplication = null;
        serverApplication = null;
    }

    private byte[] verifyData(byte[] trafficSecret, byte[] transcript) {
        byte[] finishedKey = hash.expandLabel(trafficSecret, "finished", new byte[0]);
        byte[] verifyData = hash.hmac(finishedKey, transcript);
        HashAlgorithm.wipe(finishedKey);
        return verifyData;
    }

    private static void wipe(byte @Nullable [] secret) {
        if (secret != null) {
            HashAlgorithm.wipe(secret);
        }
    }

    private static byte[] known(byte @Nullable [] secret) {
        if (secret == null) {
            throw new IllegalStateException("this secret is not known at this stage of the handshake");
        }
        return secret;
    }
}

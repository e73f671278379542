package app.holdfast.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.CipherSuite;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// The hash of a cipher suite and what TLS derives with it: HKDF (RFC 5869) with labels (RFC 8446 section 7.1).
enum HashAlgorithm {
    SHA256("SHA-256", "HmacSHA256", 32),
    SHA384("SHA-384", "HmacSHA384", 48);

    private final String digestName;
    private final String macName;
    private final int bytes;

    HashAlgorithm(String digestName, String macName, int bytes) {
        this.digestName = digestName;
        this.macName = macName;
        this.bytes = bytes;
    }

    static HashAlgorithm of(CipherSuite suite) {
        return suite == CipherSuite.TLS_AES_256_GCM_SHA384 ? SHA384 : SHA256;
    }

    int bytes() {
        return bytes;
    }

    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(digestName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + digestName, e);
        }
    }

    byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(macName);
            mac.init(new SecretKeySpec(key, macName));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + macName, e);
        }
    }

    /// HKDF-Extract.
    byte[] extract(byte[] salt, byte[] input) {
        return hmac(salt, input);
    }

    /// HKDF-Expand-Label to the length of the hash, which is one block.
    byte[] expandLabel(byte[] secret, String label, byte[] context) {
        byte[] info = new WireWriter().u16(bytes).vector8(("tls13 " + label).getBytes(US_ASCII)).vector8(context)
                .u8(1).toBytes();
        return hmac(secret, info);
    }

    /// Derive-Secret over no messages, which leads from one stage of the schedule to the next.
    byte[] derived(byte[] secret) {
        return expandLabel(secret, "derived", digest().digest());
    }

    byte[] zeros() {
        return new byte[bytes];
    }

    static void wipe(byte[]... secrets) {
        for (byte[] secret : secrets) {
            Arrays.fill(secret, (byte) 0);
        }
    }
}

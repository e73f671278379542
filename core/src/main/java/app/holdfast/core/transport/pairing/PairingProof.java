package app.holdfast.core.transport.pairing;

import app.holdfast.core.model.DeviceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What both sides of a pairing compute from the invitation's secret and from what they have seen of each other
/// (`docs/protocol/pairing.md`, section 3): HMAC-SHA256 (RFC 2104) over a name of its purpose, both device ids and
/// both nonces.
///
/// TLS has already proven both keys; this proves that both hold the same invitation, and that they mean each other.
public final class PairingProof {

    /// Length of an invitation's name.
    public static final int NAME_BYTES = 8;
    /// Length of a nonce.
    public static final int NONCE_BYTES = 16;
    /// Length of a proof.
    public static final int PROOF_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int DIGITS_MODULUS = 1_000_000;

    private final DeviceId joiner;
    private final byte[] transcript;

    /// @param inviter      the device that made the ticket
    /// @param inviterNonce its 16 random bytes of this attempt
    public PairingProof(DeviceId inviter, byte[] inviterNonce, DeviceId joiner, byte[] joinerNonce) {
        this.joiner = joiner;
        this.transcript = ByteBuffer.allocate(2 * (DeviceId.BYTES + NONCE_BYTES)).put(inviter.bytes())
                .put(joiner.bytes()).put(inviterNonce).put(joinerNonce).array();
    }

    /// By which the inviter finds the invitation. Whoever does not hold the secret can neither make it nor learn
    /// anything of use from it.
    public static byte[] nameOf(byte[] secret) {
        return Arrays.copyOf(hmac(secret, "holdfast/pair/1 name", new byte[0]), NAME_BYTES);
    }

    /// The device that joins.
    public DeviceId joiner() {
        return joiner;
    }

    /// What the joiner sends to show that it holds the ticket.
    public byte[] ofJoiner(byte[] secret) {
        return hmac(secret, "holdfast/pair/1 joiner", transcript);
    }

    /// What the inviter sends back.
    public byte[] ofInviter(byte[] secret) {
        return hmac(secret, "holdfast/pair/1 inviter", transcript);
    }

    /// The six digits that people compare, by the dynamic truncation of RFC 4226 section 5.3.
    public String digits(byte[] secret) {
        byte[] mac = hmac(secret, "holdfast/pair/1 digits", transcript);
        int offset = mac[mac.length - 1] & 0xF;
        int number = ByteBuffer.wrap(mac).getInt(offset) & 0x7FFF_FFFF;
        return String.format(Locale.ROOT, "%06d", number % DIGITS_MODULUS);
    }

    /// Compares in constant time.
    public static boolean matches(byte[] expected, byte[] given) {
        return MessageDigest.isEqual(expected, given);
    }

    private static byte[] hmac(byte[] secret, String purpose, byte[] transcript) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(transcript);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /// Overwrites a secret that is not needed any more.
    public static void wipe(byte[] secret) {
        Arrays.fill(secret, (byte) 0);
    }
}

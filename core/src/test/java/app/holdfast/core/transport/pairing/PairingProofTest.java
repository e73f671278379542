package app.holdfast.core.transport.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.model.DeviceId;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PairingProofTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] SECRET = HEX.parseHex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] INVITER_NONCE = HEX.parseHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    private static final byte[] JOINER_NONCE = HEX.parseHex("b0b1b2b3b4b5b6b7b8b9babbbcbdbebf");
    private static final DeviceId INVITER = new DeviceId("11".repeat(32));
    private static final DeviceId JOINER = new DeviceId("ee".repeat(32));

    /// The example of docs/protocol/pairing.md, section 3, computed with Python's hmac.
    @Test
    void proofsAndDigitsAreThoseOfTheProtocolDocument() {
        var proof = new PairingProof(INVITER, INVITER_NONCE, JOINER, JOINER_NONCE);

        assertThat(HEX.formatHex(PairingProof.nameOf(SECRET))).isEqualTo("b2374d532fe4e2a0");
        assertThat(HEX.formatHex(proof.ofJoiner(SECRET)))
                .isEqualTo("9eaae34ea305a55246a51d9c23b1e7e4a104c73e7719e0b3d3309df13720e0ae");
        assertThat(HEX.formatHex(proof.ofInviter(SECRET)))
                .isEqualTo("e4c09ac39aaec1d689e7328fbb54cd328673b109780c213ec43c84c5bad62679");
        assertThat(proof.digits(SECRET)).isEqualTo("280913");
    }

    @Test
    void everyPartOfTheExchangeChangesProofsAndDigits() {
        var proof = new PairingProof(INVITER, INVITER_NONCE, JOINER, JOINER_NONCE);
        byte[] otherSecret = SECRET.clone();
        otherSecret[15] ^= 1;
        var others = new PairingProof[] {
                new PairingProof(JOINER, INVITER_NONCE, JOINER, JOINER_NONCE),
                new PairingProof(INVITER, INVITER_NONCE, INVITER, JOINER_NONCE),
                new PairingProof(INVITER, JOINER_NONCE, JOINER, JOINER_NONCE),
                new PairingProof(INVITER, INVITER_NONCE, JOINER, INVITER_NONCE)};

        assertThat(proof.ofJoiner(otherSecret)).isNotEqualTo(proof.ofJoiner(SECRET));
        assertThat(proof.ofInviter(SECRET)).isNotEqualTo(proof.ofJoiner(SECRET));
        for (PairingProof other : others) {
            assertThat(other.ofJoiner(SECRET)).isNotEqualTo(proof.ofJoiner(SECRET));
            assertThat(other.ofInviter(SECRET)).isNotEqualTo(proof.ofInviter(SECRET));
            assertThat(other.digits(SECRET)).isNotEqualTo(proof.digits(SECRET));
        }
    }
}

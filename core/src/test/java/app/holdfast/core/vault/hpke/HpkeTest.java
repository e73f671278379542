package app.holdfast.core.vault.hpke;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.clock.RandomSource;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Held to the vectors of RFC 9180, appendix A.2.1; then what the vectors do not say.
final class HpkeTest {

    private static final byte[] INFO = hex("4f6465206f6e2061204772656369616e2055726e");
    private static final byte[] SENDER = hex("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b");
    private static final byte[] RECEIVER = hex("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df");
    private static final byte[] PLAIN = "Beauty is truth, truth beauty".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    private final RandomSource random = new SplittableRandom(4)::nextLong;

    @Test
    void theVectorsOfTheRfcAreMet() {
        ReceiverKey receiver = ReceiverKey.of(RECEIVER);
        Sealer sealer = Sealer.to(receiver.publicKey(), INFO, SENDER).orElseThrow();

        assertThat(receiver.publicKey())
                .isEqualTo(hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"));
        assertThat(sealer.ahead())
                .isEqualTo(hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"));
        assertThat(sealer.seal(count(0), PLAIN)).isEqualTo(hex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f"
                + "0def8c8b60b4db21993c62ce81883d2dd1b51a28"));
        assertThat(sealer.seal(count(1), PLAIN)).isEqualTo(hex("6b53c051e4199c518de79594e1c4ab18b96f081549d45ce015"
                + "be002090bb119e85285337cc95ba5f59992dc98c"));
        assertThat(sealer.secret(NOTHING))
                .isEqualTo(hex("4bbd6243b8bb54cec311fac9df81841b6fd61f56538a775e7c80a9f40160606e"));
        assertThat(sealer.secret(hex("54657374436f6e74657874")))
                .isEqualTo(hex("5acb09211139c43b3090489a9da433e8a30ee7188ba8b0a9a1ccf0c229283e53"));
    }

    @Test
    void theReceiverOpensInOrderAndKnowsTheSameSecret() {
        ReceiverKey receiver = ReceiverKey.make(random);
        Sealer sealer = Sealer.to(receiver.publicKey(), INFO, random).orElseThrow();
        byte[] first = sealer.seal(count(0), PLAIN);
        byte[] second = sealer.seal(count(1), PLAIN);
        Opener opener = receiver.opener(sealer.ahead(), INFO).orElseThrow();

        assertThat(opener.open(count(1), second)).isEmpty();
        assertThat(opener.open(count(0), first)).hasValue(PLAIN);
        assertThat(opener.open(count(0), first)).isEmpty();
        assertThat(opener.open(count(1), second)).hasValue(PLAIN);
        assertThat(opener.secret(INFO)).isEqualTo(sealer.secret(INFO));
    }

    @Test
    void nothingOpensForAnotherKeyOrUnderOtherTerms() {
        ReceiverKey receiver = ReceiverKey.make(random);
        Sealer sealer = Sealer.to(receiver.publicKey(), INFO, random).orElseThrow();
        byte[] sealed = sealer.seal(NOTHING, PLAIN);

        assertThat(ReceiverKey.make(random).opener(sealer.ahead(), INFO).orElseThrow().open(NOTHING, sealed)).isEmpty();
        assertThat(receiver.opener(sealer.ahead(), PLAIN).orElseThrow().open(NOTHING, sealed)).isEmpty();
        assertThat(receiver.opener(sealer.ahead(), INFO).orElseThrow().open(PLAIN, sealed)).isEmpty();
        assertThat(receiver.opener(sealer.ahead(), INFO).orElseThrow().open(NOTHING, new byte[15])).isEmpty();
    }

    @Test
    void aKeyWithWhichNothingCanBeAgreedIsNone() {
        ReceiverKey receiver = ReceiverKey.make(random);

        assertThat(Sealer.to(new byte[32], INFO, random)).isEmpty();
        assertThat(Sealer.to(new byte[31], INFO, random)).isEmpty();
        assertThat(receiver.opener(new byte[32], INFO)).isEmpty();
        assertThat(receiver.opener(new byte[33], INFO)).isEmpty();
    }

    private static byte[] count(int number) {
        return ("Count-" + number).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}

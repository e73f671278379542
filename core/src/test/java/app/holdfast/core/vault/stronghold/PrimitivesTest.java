package app.holdfast.core.vault.stronghold;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;

/// The libraries' primitives against published vectors.
final class PrimitivesTest {

    private static final byte[] SUNSCREEN = ("Ladies and Gentlemen of the class of '99: If I could offer you only one"
            + " tip for the future, sunscreen would be it.").getBytes(US_ASCII);
    private static final byte[] DATA = hex("50515253c0c1c2c3c4c5c6c7");
    private static final byte[] KEY = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");

    /// draft-irtf-cfrg-xchacha-03, A.3.1.
    @Test
    void xChaCha20Poly1305SealsAsItsDraftSays() {
        byte[] nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657");

        byte[] sealed = Box.encrypt(KEY, nonce, DATA, SUNSCREEN);

        assertThat(HexFormat.of().formatHex(sealed)).startsWith("bd6d179d3e83d43b9576579493c0e939")
                .endsWith("c0875924c1c7987947deafd8780acf49");
        assertThat(Box.decrypt(KEY, nonce, DATA, sealed)).contains(SUNSCREEN);
    }

    /// RFC 8439, 2.8.2.
    @Test
    void chaCha20Poly1305SealsAsItsRfcSays() throws Exception {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "ChaCha20"),
                new IvParameterSpec(hex("070000004041424344454647")));
        cipher.updateAAD(DATA);

        byte[] sealed = cipher.doFinal(SUNSCREEN);

        assertThat(HexFormat.of().formatHex(sealed)).startsWith("d31a8d34648e60db7b86afbc53ef7ec2")
                .endsWith("1ae10b594f09e26a7e902ecbd0600691");
    }

    /// RFC 7748, 5.2 and 6.1.
    @Test
    void x25519AgreesAsItsRfcSays() {
        byte[] product = new byte[32];
        X25519.scalarMult(hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"), 0,
                hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"), 0, product, 0);
        assertThat(product).isEqualTo(hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));

        X25519.scalarMultBase(hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"), 0, product, 0);
        assertThat(product).isEqualTo(hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
    }

    /// RFC 7693, appendix A.
    @Test
    void blake2bHashesAsItsRfcSays() {
        var digest = new Blake2bDigest(512);
        digest.update("abc".getBytes(US_ASCII), 0, 3);
        byte[] hash = new byte[64];
        digest.doFinal(hash, 0);

        assertThat(HexFormat.of().formatHex(hash)).startsWith("ba80a53f981c4d0d6a2797b69f12f6e9")
                .endsWith("18d38aa8dbf1925ab92386edd4009923");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}

package app.holdfast.core.vault.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

/// Keys that other implementations make of the same words.
final class KeyDerivationTest {

    private static final byte[] SALT = HexFormat.of().parseHex(
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    @Test
    void argon2MakesTheKeysOfTheReference() {
        assertThat(key(KeyDerivation.ARGON2I, "passphrase"))
                .isEqualTo("54ac1b7da6c1db4e7acefe1720842658ec5e913fef6871aefddee3277c93faf0");
        assertThat(key(KeyDerivation.ARGON2ID, "passphrase"))
                .isEqualTo("0e644aaab3778b72bbf5301fde0f5ffb4f16d3ea47b2f8b27bb25b3b6f3ec7ce");
    }

    @Test
    void argon2AgreesWithRfc9106() {
        assertThat(rfc9106(Argon2Parameters.ARGON2_i))
                .isEqualTo("c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8");
        assertThat(rfc9106(Argon2Parameters.ARGON2_id))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    @Test
    void blake2bHashesNothingAsItsAuthorsDo() {
        assertThat(key(KeyDerivation.BLAKE2B, ""))
                .isEqualTo("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    }

    @Test
    void shortPasswordsAreFilledUpWithZerosAndLongOnesCut() {
        assertThat(key(KeyDerivation.TRUNCATED, "abc")).isEqualTo("616263" + "00".repeat(29));
        assertThat(key(KeyDerivation.TRUNCATED, "x".repeat(40))).isEqualTo("78".repeat(32));
    }

    @Test
    void aRawKeyHas32Bytes() {
        assertThat(KeyDerivation.RAW.derive(new byte[31], new byte[0])).isEmpty();
        assertThat(KeyDerivation.RAW.derive(SALT, new byte[0])).contains(SALT);
    }

    @Test
    void withoutASaltNothingIsDerivedThatNeedsOne() {
        assertThat(Stream.of(KeyDerivation.values()).filter(KeyDerivation::needsSalt)
                .map(way -> way.derive("x".getBytes(UTF_8), new byte[0]))).allMatch(java.util.Optional::isEmpty);
        assertThat(KeyDerivation.likely(3, false)).noneMatch(KeyDerivation::needsSalt);
        assertThat(KeyDerivation.likely(2, false)).noneMatch(KeyDerivation::needsSalt);
    }

    private static String key(KeyDerivation way, String password) {
        return HexFormat.of().formatHex(way.derive(password.getBytes(UTF_8), SALT).orElseThrow());
    }

    /// Section 5: 32 bytes of one, 16 of two, 8 of three, 12 of four.
    private static String rfc9106(int type) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(type).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32).withIterations(3).withParallelism(4).withSalt(filled(16, 2))
                .withSecret(filled(8, 3)).withAdditional(filled(12, 4)).build());
        byte[] tag = new byte[32];
        generator.generateBytes(filled(32, 1), tag);
        return HexFormat.of().formatHex(tag);
    }

    private static byte[] filled(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}

package app.holdfast.core.vault.age;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;

/// Our mixing against the RFC's vector and against another implementation.
final class ScryptTest {

    @Test
    void theVectorOfRfc7914WithOurParametersComesOut() {
        byte[] derived = Scrypt.derive("pleaseletmein".getBytes(US_ASCII), "SodiumChloride".getBytes(US_ASCII), 14,
                64);

        assertThat(HexFormat.of().formatHex(derived)).isEqualTo("7023bdcb3afd7348461c06cd81fd38eb"
                + "fda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
    }

    @Test
    void bouncyCastleDerivesTheSameForEveryCountThatItTakes() {
        long seed = Long.getLong("holdfast.seed", new SplittableRandom().nextLong());
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        for (int workFactor = 1; workFactor <= 12; workFactor++) {
            byte[] password = new byte[random.nextInt(40)];
            random.nextBytes(password);
            byte[] salt = new byte[random.nextInt(40)];
            random.nextBytes(salt);

            assertThat(Scrypt.derive(password, salt, workFactor, 32))
                    .isEqualTo(SCrypt.generate(password, salt, 1 << workFactor, 8, 1, 32));
        }
    }
}

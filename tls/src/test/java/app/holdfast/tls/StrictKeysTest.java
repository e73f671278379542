package app.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The curve of RFC 8032 section 5.1, done slowly: -x² + y² = 1 + d x² y² over p = 2^255 - 19.
class StrictKeysTest {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
    private static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    private record Point(BigInteger x, BigInteger y) {

        static final Point ZERO = new Point(BigInteger.ZERO, BigInteger.ONE);

        Point plus(Point o) {
            BigInteger k = D.multiply(x).multiply(o.x).multiply(y).multiply(o.y).mod(P);
            return new Point(
                    x.multiply(o.y).add(y.multiply(o.x)).multiply(BigInteger.ONE.add(k).modInverse(P)).mod(P),
                    y.multiply(o.y).add(x.multiply(o.x)).multiply(BigInteger.ONE.subtract(k).modInverse(P)).mod(P));
        }

        Point times(BigInteger n) {
            Point sum = ZERO;
            for (int bit = n.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                sum = n.testBit(bit) ? sum.plus(this) : sum;
            }
            return sum;
        }

        byte[] encoded() {
            return littleEndian(x.testBit(0) ? y.setBit(255) : y);
        }
    }

    @Test
    void everyPointOfSmallOrderIsRefused() {
        Set<Point> small = new LinkedHashSet<>();
        for (int y = 2; small.size() < 8; y++) {
            Point point = withY(BigInteger.valueOf(y));
            if (point != null) {
                Point torsion = point.times(ORDER);
                for (int n = 0; n < 8; n++) {
                    small.add(torsion.times(BigInteger.valueOf(n)));
                }
            }
        }

        assertThat(small).hasSize(8);
        for (Point point : small) {
            assertThat(point.times(BigInteger.valueOf(8))).isEqualTo(Point.ZERO);
            assertThatThrownBy(() -> RawPublicKey.of(point.encoded())).isInstanceOf(CertificateException.class)
                    .hasMessageContaining("small order");
        }
    }

    @Test
    void everyEncodingThatIsNotCanonicalIsRefused() {
        for (int beyond = 0; beyond < 19; beyond++) {
            byte[] encoding = littleEndian(P.add(BigInteger.valueOf(beyond)));

            assertThatThrownBy(() -> RawPublicKey.of(encoding)).isInstanceOf(CertificateException.class)
                    .hasMessageContaining("canonical");
        }
    }

    @Test
    void whatIsNoPointOfTheCurveIsRefused() {
        for (int y = 2; y < 40; y++) {
            BigInteger candidate = BigInteger.valueOf(y);
            if (withY(candidate) == null) {
                assertThatThrownBy(() -> RawPublicKey.of(littleEndian(candidate)))
                        .isInstanceOf(CertificateException.class);
            }
        }
    }

    @Test
    void onlyTheOneWrappingIsRead() throws CertificateException {
        byte[] info = Conversation.credentials(3).publicKey().getEncoded();

        for (int i = 0; i < 12; i++) {
            byte[] altered = info.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> new RawPublicKey(altered)).isInstanceOf(CertificateException.class);
        }

        assertThat(new RawPublicKey(info).getEncoded()).isEqualTo(info);
        assertThatThrownBy(() -> new RawPublicKey(new byte[43])).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> RawPublicKey.of(new byte[33])).isInstanceOf(CertificateException.class);
    }

    @Test
    void aSeedLeadsToTheKeyOfTheStandard() {
        // RFC 8032 section 7.1, test 1
        byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

        var credentials = Credentials.fromSeed(seed);

        assertThat(credentials.publicKey().toString())
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    /// The point with this y and an even x, or null.
    private static Point withY(BigInteger y) {
        BigInteger squared = y.multiply(y).mod(P);
        BigInteger over = D.multiply(squared).add(BigInteger.ONE).modInverse(P);
        BigInteger xSquared = squared.subtract(BigInteger.ONE).multiply(over).mod(P);
        BigInteger x = xSquared.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(xSquared)) {
            x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
        }
        return x.multiply(x).mod(P).equals(xSquared) ? new Point(x.testBit(0) ? P.subtract(x) : x, y) : null;
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int bit = 0; bit < 256; bit++) {
            if (number.testBit(bit)) {
                bytes[bit / 8] |= (byte) (1 << bit % 8);
            }
        }
        return bytes;
    }
}

package app.holdfast.tls;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the JDK accepts in an encoded point of edwards25519 and strict verifiers, iroh's among them, do not.
final class EdwardsPoint {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /// -121665 / 121666
    private static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);

    /// The y coordinates of the eight points whose order divides 8 (two each but for 1 and -1). A signature "by" one
    /// of them, or with one of them as its first half, verifies for messages that nobody signed. `StrictKeysTest`
    /// multiplies them out.
    private static final Set<BigInteger> SMALL_ORDER = Set.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            P.subtract(BigInteger.ONE),
            littleEndian("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            littleEndian("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));

    private EdwardsPoint() {}

    /// What is wrong with an encoded point, or null.
    ///
    /// @param encoding 32 bytes: y, little-endian, with the sign of x in the highest bit (RFC 8032 section 5.1.2)
    static @Nullable String flaw(byte[] encoding) {
        BigInteger y = littleEndian(encoding).clearBit(255);
        if (y.compareTo(P) >= 0) {
            return "a point that is not in its canonical encoding";
        }
        if (SMALL_ORDER.contains(y)) {
            return "a point of small order";
        }
        return isOnCurve(y) ? null : "not a point of the curve";
    }

    /// Whether x² = (y² - 1) / (d y² + 1) has a solution (RFC 8032 section 5.1.3): by Euler's criterion it has when
    /// the quotient, and so the product, is a square.
    private static boolean isOnCurve(BigInteger y) {
        BigInteger squared = y.multiply(y).mod(P);
        BigInteger product = squared.subtract(BigInteger.ONE).multiply(D.multiply(squared).add(BigInteger.ONE));
        return product.modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
    }

    private static BigInteger littleEndian(String hex) {
        return littleEndian(HexFormat.of().parseHex(hex));
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}

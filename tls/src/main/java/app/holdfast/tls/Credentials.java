package app.holdfast.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

/// This side's own key pair.
///
/// @param publicKey  what peers know this side by
/// @param privateKey never shown; the JDK's keys cannot be wiped, so it lives as long as the process
public record Credentials(RawPublicKey publicKey, PrivateKey privateKey) {

    /// Length of the secret from which the pair is made (RFC 8032 section 5.1.5).
    public static final int SEED_BYTES = 32;

    /// @param seed 32 secret bytes; the caller wipes them
    public static Credentials fromSeed(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a seed is " + SEED_BYTES + " bytes");
        }
        try {
            PrivateKey privateKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            Credentials made = new Credentials(publicKey(seed), privateKey);
            made.provePair();
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    /// The JDK has no public way from a seed to its public key but its generator, whose one use of randomness is the
    /// seed.
    private static RawPublicKey publicKey(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
        try {
            return new RawPublicKey(generator.generateKeyPair().getPublic().getEncoded());
        } catch (CertificateException e) {
            throw new GeneralSecurityException("the generator made a key that is none", e);
        }
    }

    /// Another provider's generator might use randomness otherwise; better to stop here than to be unreachable.
    private void provePair() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(privateKey);
        signature.update(publicKey.bytes());
        byte[] signed = signature.sign();
        signature.initVerify(publicKey.getPublicKey());
        signature.update(publicKey.bytes());
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the two halves of the key do not fit");
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + publicKey + "]";
    }

    private static final class FixedRandom extends SecureRandom {

        private static final long serialVersionUID = 1;

        private final transient byte[] seed;

        FixedRandom(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}

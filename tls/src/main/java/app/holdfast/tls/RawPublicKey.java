package app.holdfast.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// An Ed25519 public key as a peer shows it: a SubjectPublicKeyInfo of exactly 44 bytes (RFC 8410 section 4).
///
/// It is an X509Certificate only because kwik passes keys in variables of that type; what a certificate says beyond
/// its key is made up here and read by nobody.
public final class RawPublicKey extends X509Certificate {

    /// Length of a key without its wrapping.
    public static final int KEY_BYTES = 32;

    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final long serialVersionUID = 1;

    private final byte[] info;
    private final transient PublicKey key;

    /// @param info a DER SubjectPublicKeyInfo
    /// @throws CertificateException when it is anything but an Ed25519 key that proves something
    public RawPublicKey(byte[] info) throws CertificateException {
        if (info.length != PREFIX.length + KEY_BYTES
                || !Arrays.equals(info, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
            throw new CertificateException("not an Ed25519 public key");
        }
        this.info = info.clone();
        String flaw = EdwardsPoint.flaw(bytes());
        if (flaw != null) {
            throw new CertificateException(flaw);
        }
        try {
            this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(this.info));
        } catch (GeneralSecurityException e) {
            throw new CertificateException("not a point of the curve", e);
        }
    }

    /// @param key the 32 bytes of RFC 8032 section 5.1.2
    public static RawPublicKey of(byte[] key) throws CertificateException {
        byte[] info = Arrays.copyOf(PREFIX, PREFIX.length + key.length);
        System.arraycopy(key, 0, info, PREFIX.length, key.length);
        return new RawPublicKey(info);
    }

    /// The 32 bytes of RFC 8032 section 5.1.2.
    public byte[] bytes() {
        return Arrays.copyOfRange(info, PREFIX.length, info.length);
    }

    @Override
    public byte[] getEncoded() {
        return info.clone();
    }

    @Override
    public PublicKey getPublicKey() {
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RawPublicKey that && Arrays.equals(info, that.info);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(info);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return new X500Principal("CN=" + this);
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return getIssuerX500Principal();
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getIssuerDN() {
        return getIssuerX500Principal();
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getSubjectDN() {
        return getIssuerX500Principal();
    }

    @Override
    public void verify(PublicKey signer) throws CertificateException {
        throw new CertificateException("nobody signs a raw public key");
    }

    @Override
    public void verify(PublicKey signer, String provider) throws CertificateException {
        verify(signer);
    }

    @Override
    public void checkValidity() {}

    @Override
    public void checkValidity(Date date) {}

    @Override
    public int getVersion() {
        return 3;
    }

    @Override
    public BigInteger getSerialNumber() {
        return BigInteger.ZERO;
    }

    @Override
    public Date getNotBefore() {
        return new Date(0);
    }

    @Override
    public Date getNotAfter() {
        return new Date(Long.MAX_VALUE);
    }

    @Override
    public byte[] getTBSCertificate() {
        return info.clone();
    }

    @Override
    public byte[] getSignature() {
        return new byte[0];
    }

    @Override
    public String getSigAlgName() {
        return "Ed25519";
    }

    @Override
    public String getSigAlgOID() {
        return "1.3.101.112";
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return null;
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return null;
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return null;
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return null;
    }

    @Override
    public int getBasicConstraints() {
        return -1;
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return false;
    }

    @Override
    public @Nullable Set<String> getCriticalExtensionOIDs() {
        return null;
    }

    @Override
    public @Nullable Set<String> getNonCriticalExtensionOIDs() {
        return null;
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return null;
    }
}

package app.holdfast.tls;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.util.List;
import org.jspecify.annotations.Nullable;

import app.holdfast.tls.wire.WireReader;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.NamedGroup;
import tech.kwik.agent15.TlsConstants.SignatureScheme;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.alert.ErrorAlert;
import tech.kwik.agent15.alert.MissingExtensionAlert;
import tech.kwik.agent15.extension.Extension;
import tech.kwik.agent15.extension.Extensions;
import tech.kwik.agent15.extension.RawExtension;
import tech.kwik.agent15.handshake.CertificateMessage;
import tech.kwik.agent15.handshake.FinishedMessage;

/// The one way in which we do TLS, written down once for both sides: extensions and the rules about them.
final class Profile {

    static final int SUPPORTED_GROUPS = 10;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int CLIENT_CERTIFICATE_TYPE = 19;
    static final int SERVER_CERTIFICATE_TYPE = 20;
    static final int SUPPORTED_VERSIONS = 43;
    static final int KEY_SHARES = 51;

    /// RFC 7250 section 3 and the registry of certificate types.
    private static final byte RAW_PUBLIC_KEY = 2;
    private static final int TLS_1_3 = 0x0304;
    private static final int X25519 = NamedGroup.x25519.value & 0xffff;
    private static final int ED25519 = SignatureScheme.ed25519.value & 0xffff;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Profile() {}

    static byte[] random() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return random;
    }

    /// All that a client offers.
    static List<Extension> clientOffer(KeyShare share) {
        return List.of(
                new RawExtension(SUPPORTED_VERSIONS, new WireWriter().vector8(u16(TLS_1_3)).toBytes()),
                new RawExtension(SUPPORTED_GROUPS, new WireWriter().vector16(u16(X25519)).toBytes()),
                signatureAlgorithms(),
                new RawExtension(KEY_SHARES, new WireWriter().vector16(entry(share)).toBytes()),
                new RawExtension(CLIENT_CERTIFICATE_TYPE, new WireWriter().vector8(RAW_PUBLIC_KEY).toBytes()),
                new RawExtension(SERVER_CERTIFICATE_TYPE, new WireWriter().vector8(RAW_PUBLIC_KEY).toBytes()));
    }

    static List<Extension> serverHello(KeyShare share) {
        return List.of(new RawExtension(SUPPORTED_VERSIONS, u16(TLS_1_3)), new RawExtension(KEY_SHARES, entry(share)));
    }

    static List<Extension> certificateTypes() {
        return List.of(new RawExtension(CLIENT_CERTIFICATE_TYPE, RAW_PUBLIC_KEY),
                new RawExtension(SERVER_CERTIFICATE_TYPE, RAW_PUBLIC_KEY));
    }

    static Extension signatureAlgorithms() {
        return new RawExtension(SIGNATURE_ALGORITHMS, new WireWriter().vector16(u16(ED25519)).toBytes());
    }

    /// What a server looks for in a ClientHello.
    ///
    /// @return the client's half of the key agreement
    static byte[] checkOffer(List<Extension> extensions) throws TlsProtocolException {
        if (!listsU16(need(extensions, SUPPORTED_VERSIONS, "supported_versions").vector8("versions"), TLS_1_3)) {
            throw new ErrorAlert("TLS 1.3 is not offered", AlertDescription.protocol_version);
        }
        if (!offersEd25519(extensions)) {
            throw new ErrorAlert("Ed25519 is not offered", AlertDescription.handshake_failure);
        }
        if (!offersRawPublicKey(extensions, SERVER_CERTIFICATE_TYPE)
                || !offersRawPublicKey(extensions, CLIENT_CERTIFICATE_TYPE)) {
            throw new ErrorAlert("both sides must use raw public keys here", AlertDescription.unsupported_certificate);
        }
        return clientShare(need(extensions, KEY_SHARES, "key_share").vector16("key shares"));
    }

    /// What a client looks for in a ServerHello.
    ///
    /// @return the server's half of the key agreement
    static byte[] checkHello(List<Extension> extensions) throws TlsProtocolException {
        for (Extension extension : extensions) {
            if (extension.getType() != SUPPORTED_VERSIONS && extension.getType() != KEY_SHARES) {
                throw new ErrorAlert("extension " + extension.getType() + " in a ServerHello",
                        AlertDescription.unsupported_extension);
            }
        }
        WireReader version = need(extensions, SUPPORTED_VERSIONS, "supported_versions");
        if (version.u16("version") != TLS_1_3) {
            throw new ErrorAlert("another version was chosen", AlertDescription.protocol_version);
        }
        version.end("supported_versions");
        WireReader share = need(extensions, KEY_SHARES, "key_share");
        if (share.u16("group") != X25519) {
            throw new ErrorAlert("a group that was not offered was chosen", AlertDescription.illegal_parameter);
        }
        byte[] half = half(share.vector16("key share"));
        share.end("key_share");
        return half;
    }

    /// Whether a server that answers with these EncryptedExtensions uses raw public keys in both directions.
    static boolean choosesRawPublicKeys(List<Extension> extensions) {
        for (int type : new int[] {CLIENT_CERTIFICATE_TYPE, SERVER_CERTIFICATE_TYPE}) {
            WireReader chosen = Extensions.find(extensions, type);
            byte[] body = chosen == null ? new byte[0] : chosen.rest();
            if (body.length != 1 || body[0] != RAW_PUBLIC_KEY) {
                return false;
            }
        }
        return true;
    }

    static boolean offersEd25519(List<Extension> extensions) throws TlsProtocolException {
        return listsU16(need(extensions, SIGNATURE_ALGORITHMS, "signature_algorithms").vector16("schemes"), ED25519);
    }

    /// @param whenNone how to answer a peer that shows no key at all
    static RawPublicKey peerKey(CertificateMessage message, AlertDescription whenNone) throws ErrorAlert {
        byte @Nullable [] info = message.publicKeyInfo();
        if (info == null) {
            throw new ErrorAlert("the peer shows no key", whenNone);
        }
        try {
            return new RawPublicKey(info);
        } catch (CertificateException e) {
            throw new ErrorAlert("bad key: " + e.getMessage(), AlertDescription.bad_certificate);
        }
    }

    static void checkFinished(FinishedMessage message, byte[] expected) throws ErrorAlert {
        if (!MessageDigest.isEqual(message.verifyData(), expected)) {
            throw new ErrorAlert("the two sides have not seen the same handshake", AlertDescription.decrypt_error);
        }
    }

    /// Shares for other groups may come along (iroh may offer a post-quantum one first). A client without one for
    /// x25519 would have to be asked again, which we do not do.
    private static byte[] clientShare(WireReader shares) throws TlsProtocolException {
        byte[] found = null;
        while (shares.hasMore()) {
            int group = shares.u16("group");
            WireReader share = shares.vector16("key share");
            if (group == X25519) {
                found = half(share);
            }
        }
        if (found == null) {
            throw new ErrorAlert("no key share for x25519", AlertDescription.handshake_failure);
        }
        return found;
    }

    private static byte[] half(WireReader share) throws TlsProtocolException {
        byte[] half = share.rest();
        if (half.length != KeyShare.BYTES) {
            throw new ErrorAlert("a key share of " + half.length + " bytes", AlertDescription.illegal_parameter);
        }
        return half;
    }

    private static boolean offersRawPublicKey(List<Extension> extensions, int type) throws TlsProtocolException {
        WireReader offer = Extensions.find(extensions, type);
        if (offer == null) {
            return false;
        }
        boolean offered = false;
        WireReader types = offer.vector8("certificate types");
        while (types.hasMore()) {
            offered |= types.u8("certificate type") == RAW_PUBLIC_KEY;
        }
        offer.end("certificate types");
        return offered;
    }

    private static boolean listsU16(WireReader list, int wanted) throws TlsProtocolException {
        boolean found = false;
        while (list.hasMore()) {
            found |= list.u16("list entry") == wanted;
        }
        return found;
    }

    private static WireReader need(List<Extension> extensions, int type, String name) throws TlsProtocolException {
        WireReader body = Extensions.find(extensions, type);
        if (body == null) {
            throw new MissingExtensionAlert(name + " is missing");
        }
        return body;
    }

    private static byte[] entry(KeyShare share) {
        return new WireWriter().u16(X25519).vector16(share.publicBytes()).toBytes();
    }

    private static byte[] u16(int value) {
        return new WireWriter().u16(value).toBytes();
    }
}

package tech.kwik.agent15;

/// Numbers of RFC 8446, under the names by which kwik links to them.
public final class TlsConstants {

    private TlsConstants() {}

    /// RFC 8446 section 4.
    public enum HandshakeType {
        client_hello(1),
        server_hello(2),
        new_session_ticket(4),
        encrypted_extensions(8),
        certificate(11),
        certificate_request(13),
        certificate_verify(15),
        finished(20);

        public final byte value;

        HandshakeType(int value) {
            this.value = (byte) value;
        }
    }

    /// RFC 8446 appendix B.4.
    public enum CipherSuite {
        TLS_AES_128_GCM_SHA256(0x1301),
        TLS_AES_256_GCM_SHA384(0x1302),
        TLS_CHACHA20_POLY1305_SHA256(0x1303),
        TLS_AES_128_CCM_SHA256(0x1304),
        TLS_AES_128_CCM_8_SHA256(0x1305);

        public final short value;

        CipherSuite(int value) {
            this.value = (short) value;
        }
    }

    /// RFC 8446 section 4.2.7. kwik asks for the first, we use the second whatever it asks.
    public enum NamedGroup {
        secp256r1(0x0017),
        x25519(0x001d);

        public final short value;

        NamedGroup(int value) {
            this.value = (short) value;
        }
    }

    /// RFC 8446 section 4.2.3. kwik asks for all but the first, we use the first whatever it asks.
    public enum SignatureScheme {
        ed25519(0x0807),
        ecdsa_secp256r1_sha256(0x0403),
        ecdsa_secp384r1_sha384(0x0503),
        ecdsa_secp521r1_sha512(0x0603),
        rsa_pss_rsae_sha256(0x0804),
        rsa_pss_rsae_sha384(0x0805),
        rsa_pss_rsae_sha512(0x0806);

        public final short value;

        SignatureScheme(int value) {
            this.value = (short) value;
        }
    }

    /// RFC 8446 section 6.2.
    public enum AlertDescription {
        close_notify(0),
        unexpected_message(10),
        bad_record_mac(20),
        handshake_failure(40),
        bad_certificate(42),
        unsupported_certificate(43),
        certificate_unknown(46),
        illegal_parameter(47),
        unknown_ca(48),
        access_denied(49),
        decode_error(50),
        decrypt_error(51),
        protocol_version(70),
        insufficient_security(71),
        internal_error(80),
        missing_extension(109),
        unsupported_extension(110),
        unrecognized_name(112),
        certificate_required(116),
        no_application_protocol(120);

        public final byte value;

        AlertDescription(int value) {
            this.value = (byte) value;
        }
    }
}

/// TLS 1.3 (RFC 8446) for QUIC (RFC 9001), cut down to one profile: both sides show an Ed25519 raw public key (RFC
/// 7250), keys are agreed on with x25519, nothing is resumed, nothing is sent early. It is the profile that iroh
/// speaks.
///
/// It must never accept a peer that has not proven its key, log or show a secret, or choose anything that is not in
/// the profile. One handshake belongs to one thread of its connection; keys and stores are immutable. Protocol:
/// `docs/protocol/transport.md` sections 1 and 2. Decisions: ADR 10 and 12.
@NullMarked
package app.holdfast.tls;

import org.jspecify.annotations.NullMarked;

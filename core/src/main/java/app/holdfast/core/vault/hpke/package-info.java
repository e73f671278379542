/// What travels between two devices that exchange a vault's records, sealed for a key that the receiver made for this
/// exchange: HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, by Bouncy Castle
/// (ADR 151).
///
/// Pure: no files, no threads. Each object is confined to one thread at a time.
@NullMarked
package app.holdfast.core.vault.hpke;

import org.jspecify.annotations.NullMarked;

/// Who this device is: an Ed25519 key in a file that only its user may read.
///
/// It must never print, log or return the secret to anyone but the handshake. Any thread may call it.
@NullMarked
package app.holdfast.core.transport.identity;

import org.jspecify.annotations.NullMarked;

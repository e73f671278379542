/// Handshake messages (RFC 8446 section 4), parsed strictly and kept with their exact bytes, which the transcript
/// hash covers.
@NullMarked
package tech.kwik.agent15.handshake;

import org.jspecify.annotations.NullMarked;

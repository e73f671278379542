/// Reading and writing the presentation language of TLS (RFC 8446 section 3): big-endian numbers and vectors with a
/// length.
@NullMarked
package app.holdfast.tls.wire;

import org.jspecify.annotations.NullMarked;

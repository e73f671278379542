/// TLS alerts as exceptions (RFC 8446 section 6): kwik closes the connection with 0x100 + the alert's number (RFC
/// 9001 section 4.8).
@NullMarked
package tech.kwik.agent15.alert;

import org.jspecify.annotations.NullMarked;

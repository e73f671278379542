/// The names that kwik's class files link to, and nothing else: constants, the protocol error, the ticket type.
///
/// These packages stand in for kwik's own TLS library, agent15. What they do is in `app.holdfast.tls`.
/// `LinkCheckTest` of module kwik proves that every class and member that kwik names is here.
@NullMarked
package tech.kwik.agent15;

import org.jspecify.annotations.NullMarked;

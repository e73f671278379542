/// The seam between kwik and the handshake: kwik calls the engines with complete messages, the engines call kwik's
/// senders.
///
/// All calls for one connection come on one thread of that connection.
@NullMarked
package tech.kwik.agent15.engine;

import org.jspecify.annotations.NullMarked;

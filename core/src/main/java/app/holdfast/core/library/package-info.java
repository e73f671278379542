/// One open library: the rules of its commands, questions that stay answered, scans, peers and pairing put together.
///
/// Commands come in on any thread and are carried out by the writer; questions are answered on the readers. Nothing
/// here waits for the network on a caller's thread.
@NullMarked
package app.holdfast.core.library;

import org.jspecify.annotations.NullMarked;

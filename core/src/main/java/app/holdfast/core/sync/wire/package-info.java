/// The bytes of a conversation: [app.holdfast.core.sync.SyncMessage] to frame and back, and nothing else
/// (`docs/protocol/frames.md`).
///
/// It must never decide anything, nor make anything for a count or length that the frame at hand does not pay for.
/// Pure; any thread. Why rows travel by columns: ADR 21.
@NullMarked
package app.holdfast.core.sync.wire;

import org.jspecify.annotations.NullMarked;

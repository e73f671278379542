/// One engine for each device known: it dials and accepts, keeps one link, backs off, and pumps a conversation over
/// it.
///
/// What is said is decided by `core.sync`; here is only when, how fast and over which link. This room must never touch
/// the database: a step of a conversation is a job of the library's writer, and its answers leave only when the job has
/// committed.
///
/// Threads: an engine's state is confined to its virtual thread, which others tell things through a mailbox; a link
/// has three more, in, talk and out (ADR 22). Methods that are public may be called from any thread and do not block,
/// except `close`. Protocol: `docs/protocol/frames.md` section 1. Decision: ADR 22.
@NullMarked
package app.holdfast.core.peer;

import org.jspecify.annotations.NullMarked;

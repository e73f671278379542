/// What can be changed, as values: events, groups, snapshots, version vectors of shared records; rows of owned
/// streams.
///
/// The nouns and rules are those of `docs/protocol/sync.md`. Records only, immutable, of any thread; no I/O.
/// [ChangeCodec] is their one byte form, used by the log and by the wire alike.
@NullMarked
package app.holdfast.core.change;

import org.jspecify.annotations.NullMarked;

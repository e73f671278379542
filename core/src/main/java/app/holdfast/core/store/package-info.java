/// The only room with SQL: tables, log, migrations, the writer, the readers, the announcements of commits.
///
/// [LibraryWriter] owns the one writing thread; everything reached through a [Transaction] is confined to it. Reads
/// run on reader threads with connections of their own. Never waits for the network, never calls up. See ADR 1 and
/// `docs/protocol/sync.md`.
@NullMarked
package app.holdfast.core.store;

import org.jspecify.annotations.NullMarked;

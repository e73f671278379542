/// The only room with SQL: tables, log, migrations, the writer, the readers, the announcements of commits.
///
/// [LibraryStore] is one library on disk. [LibraryWriter] owns the one writing thread; everything reached through a
/// [Transaction] is confined to it. [Readers] are threads with connections of their own, on which a [CatalogueReader]
/// answers from one state.
///
/// What is here, by what it is about. Shared records: [SharedRecords], [LiveDots], [MergedViews], [Staging],
/// [ChangeLog], [Forks]. Owned rows: [OwnedStreams], [Claims], [Leaves], [StreamSource], [StreamComparison]. What a
/// scan found: [EntryMerge], [MovedEntries], [FolderSights], [ContentRows]. Questions: the classes called Queries,
/// [SearchSql], [SearchIndex], and while a person types [FirstFound] and [FewEntries]. Checks and repair:
/// [CatalogueCheck], [SearchCheck], [Doctoring], [LostDots].
///
/// Never waits for the network, never calls up. See ADR 1 and `docs/protocol/sync.md`.
@NullMarked
package app.holdfast.core.store;

import org.jspecify.annotations.NullMarked;

package app.holdfast.core.api;

import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import java.util.List;
import java.util.Optional;

/// Which entries a view shows.
public sealed interface EntryScope {

    /// What lies directly in a location's top or in one of its folders.
    record Folder(LocationId location, Optional<EntryId> folder) implements EntryScope {}

    /// Everything with this tag or one below it.
    record Tagged(TagId tag) implements EntryScope {}

    /// What a person put into this collection.
    record Collected(CollectionId collection) implements EntryScope {}

    /// @param text matched anywhere in the name, whatever the case; blank matches all
    /// @param tags all of which (or one below each) an entry must have
    record Search(String text, List<TagId> tags) implements EntryScope {}

    /// All files with the same content as this one, itself among them; none while that is not known.
    record Copies(EntryId entry) implements EntryScope {}

    /// What a person asked for, as [SearchParser] read it.
    record Query(SearchQuery query) implements EntryScope {}
}

package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryScope;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import java.util.List;
import java.util.Optional;

/// Where the window can be.
public sealed interface Place {

    /// Every file of every device.
    Place ALL_FILES = new Files(new EntryScope.Search("", List.of()));

    record Files(EntryScope scope) implements Place {}

    /// What a query finds.
    ///
    /// @param query as it was typed, without blanks around it
    record Search(String query) implements Place {}

    /// The tree of tags, and the files of one of them.
    record Tags(Optional<TagId> tag) implements Place {}

    /// All devices.
    ///
    /// @param device the one that is looked for
    record Devices(Optional<DeviceId> device) implements Place {}

    /// The drives, with their locations.
    record Drives() implements Place {}

    /// The vaults of all devices, and what the chosen one holds.
    record Vaults() implements Place {}

    /// How this device stands with the others.
    record Sync() implements Place {}

    /// What a person may choose.
    record Settings() implements Place {}

    static Place location(LocationId location) {
        return new Files(new EntryScope.Folder(location, Optional.empty()));
    }

    static Place folder(LocationId location, EntryId folder) {
        return new Files(new EntryScope.Folder(location, Optional.of(folder)));
    }

    static Place tagged(TagId tag) {
        return new Files(new EntryScope.Tagged(tag));
    }

    static Place collected(CollectionId collection) {
        return new Files(new EntryScope.Collected(collection));
    }

    static Place search(String text) {
        return new Search(text.strip());
    }
}

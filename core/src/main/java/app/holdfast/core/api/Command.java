package app.holdfast.core.api;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Everything that a person can have changed. Ids of new things are made by whoever submits (`Holdfast.newId()`), so
/// that the answer can be waited for.
public sealed interface Command {

    /// @param name   1 to 200 characters, not blank
    /// @param color  one of [TagColor]; empty picks one by the name
    record CreateTag(TagId id, String name, Optional<TagId> parent, Optional<TagColor> color) implements Command {}

    record RenameTag(TagId id, String name) implements Command {}

    record RecolorTag(TagId id, TagColor color) implements Command {}

    /// @param parent empty makes it a tag of the top level; refused when it would close a cycle here
    record MoveTag(TagId id, Optional<TagId> parent) implements Command {}

    /// Deletes the tag and its assignments; its children move up.
    record DeleteTag(TagId id) implements Command {}

    /// Every file of `from` gets `into`, then `from` is deleted.
    record MergeTags(TagId from, TagId into) implements Command {}

    record AssignTags(List<EntryId> entries, List<TagId> tags) implements Command {}

    record UnassignTags(List<EntryId> entries, List<TagId> tags) implements Command {}

    /// Adds the folder and starts to scan it.
    ///
    /// @param path absolute, an existing folder that may be read, not inside or around another location of this
    ///        device
    /// @param name empty takes the folder's
    record AddLocation(LocationId id, Path path, Optional<String> name) implements Command {}

    record RescanLocation(LocationId id) implements Command {}

    /// Ends a running scan; what it found stays.
    record CancelScan(LocationId id) implements Command {}

    /// Takes the folder out of the library on every device; nothing on disk is touched.
    record RemoveLocation(LocationId id) implements Command {}

    /// @param name 1 to 100 characters, not blank
    record RenameDevice(String name) implements Command {}

    /// The device is told nothing more and heard no more; what it gave stays.
    record ForgetDevice(DeviceId id) implements Command {}

    /// Nothing is exchanged with the device until it is resumed, also after a restart.
    ///
    /// @param device empty for all
    record PauseSync(Optional<DeviceId> device) implements Command {}

    record ResumeSync(Optional<DeviceId> device) implements Command {}

    /// @param device         empty for all together
    /// @param bytesPerSecond each way, 1,000 at least; empty for as many as go
    record LimitSync(Optional<DeviceId> device, Optional<Long> bytesPerSecond) implements Command {}

    /// Settles a conflict on every device.
    ///
    /// @param version the [SyncConflict.Version#id] whose value is to be; empty keeps what is
    record SettleConflict(SyncConflict.Field about, Optional<String> version) implements Command {}

    /// Repairs what [LibraryReader#checkup] finds, as far as it can be.
    record RepairLibrary() implements Command {}
}

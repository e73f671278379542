package app.holdfast.core.api;

import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VaultId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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

    /// Notes something about files; empty text takes the note away.
    ///
    /// @param text at most 5,000 characters
    record SetNote(List<EntryId> entries, String text) implements Command {}

    /// @param rating 0 to 5; 0 takes it away
    record SetRating(List<EntryId> entries, int rating) implements Command {}

    record SetFavorite(List<EntryId> entries, boolean favorite) implements Command {}

    /// Gives files a field of the person's own.
    ///
    /// @param name  1 to 100 characters, not blank
    /// @param value at most 1,000 characters; empty takes the field away
    record SetField(List<EntryId> entries, String name, Optional<String> value) implements Command {}

    /// @param name 1 to 200 characters, not blank
    record CreateCollection(CollectionId id, String name) implements Command {}

    record RenameCollection(CollectionId id, String name) implements Command {}

    /// Deletes the collection; what was in it stays in the library.
    record DeleteCollection(CollectionId id) implements Command {}

    record AddToCollection(CollectionId id, List<EntryId> entries) implements Command {}

    record RemoveFromCollection(CollectionId id, List<EntryId> entries) implements Command {}

    /// Writes these fields of a record of any shared model and keeps the rest; makes the record when there is none.
    /// A value that does not fit its field, a model that is owned or not known, a record without what it requires:
    /// refused.
    record PutRecord(String model, UUID id, Map<String, Value> fields) implements Command {
        public PutRecord {
            fields = Map.copyOf(fields);
        }
    }

    /// The same for many in one transaction, in their order.
    ///
    /// @param records by id, at most 100,000
    record PutRecords(String model, Map<UUID, Map<String, Value>> records) implements Command {
        public PutRecords {
            records = Collections.unmodifiableMap(new LinkedHashMap<>(records));
        }
    }

    /// Deletes records, after all that requires them; those that are not there are passed over.
    ///
    /// @param ids at most 100,000
    record DeleteRecords(String model, List<UUID> ids) implements Command {
        public DeleteRecords {
            ids = List.copyOf(ids);
        }
    }

    /// Adds the folder and starts to scan it.
    ///
    /// @param path absolute, an existing folder that may be read, not inside or around another location of this
    ///        device
    /// @param name empty takes the folder's
    record AddLocation(LocationId id, Path path, Optional<String> name) implements Command {}

    /// Reads the folder again.
    ///
    /// @param confirmed whether most of what is known of it may be gone; otherwise nothing is taken out then
    record RescanLocation(LocationId id, boolean confirmed) implements Command {

        public RescanLocation(LocationId id) {
            this(id, false);
        }
    }

    /// Has a running scan wait until it is resumed; a restart resumes it.
    record PauseScan(LocationId id) implements Command {}

    record ResumeScan(LocationId id) implements Command {}

    /// Ends a running scan; what it found stays.
    record CancelScan(LocationId id) implements Command {}

    /// Takes the folder out of the library on every device; nothing on disk is touched.
    record RemoveLocation(LocationId id) implements Command {}

    /// Keeps the entries of a location of another device here, or does without them.
    record KeepLocation(LocationId id, boolean kept) implements Command {}

    /// Has the drive known again wherever it is plugged in: writes a small file to its top, if it can be written to.
    ///
    /// @param id     what it is called from now on, unless the library knows it already
    /// @param path   absolute, anywhere on it
    /// @param system whether a person said that it may be the drive that this computer starts from
    record TrackVolume(VolumeId id, Path path, boolean system) implements Command {

        /// Nobody said so.
        public TrackVolume(VolumeId id, Path path) {
            this(id, path, false);
        }
    }

    /// Looks after a volume that is mounted here and was looked after by another device.
    record ClaimVolume(VolumeId id) implements Command {}

    /// Takes a volume of this device's out of the library, with its locations; of the drive only the small file that
    /// tells it goes.
    record ForgetVolume(VolumeId id) implements Command {}

    /// Notes where the drive is kept; empty text takes the note away.
    ///
    /// @param text at most 5,000 characters
    record NoteVolume(VolumeId id, String text) implements Command {}

    /// The drive that is mounted here says that it is this volume, and is a copy of it: it becomes a volume of its own.
    ///
    /// @param fresh what it is called from now on
    /// @param path  absolute, anywhere on it
    record ThisIsTheCopy(VolumeId id, VolumeId fresh, Path path) implements Command {}

    /// The drive that is mounted here is this volume, whatever speaks against it.
    ///
    /// @param path absolute, anywhere on it
    record ThisIsTheVolume(VolumeId id, Path path) implements Command {}

    /// The drive that this other device has is the copy; it makes a volume of its own of it.
    record CopyIsAt(VolumeId id, DeviceId device) implements Command {}

    /// Whether a drive of another device is claimed as soon as it is plugged in here and that device has it no more,
    /// or a person is asked.
    record SetClaiming(boolean atOnce) implements Command {}

    /// Files of this device are read for what they have in them as fast as this and no faster (ADR 136).
    ///
    /// @param bytesPerSecond 1,000 at least; empty for as many as come
    record LimitReading(Optional<Long> bytesPerSecond) implements Command {}

    /// Nothing is read for what it has in it until resumed, also after a restart. Scans go on.
    record PauseReading(boolean paused) implements Command {}

    /// Puts a vault's file on the list that all devices see, or looks at it again. The file has to be there and be a
    /// vault; it is read, without a password.
    ///
    /// @param file on this device
    record NoteVault(Path file, Vaults.Deed deed) implements Command {}

    /// Takes a file of this device off the list of vaults; the file stays as it is.
    record ForgetVault(VaultId id) implements Command {}

    /// @param name 1 to 100 characters, not blank
    record RenameDevice(String name) implements Command {}

    /// The device is told nothing more and heard no more; what it gave stays.
    ///
    /// @param removeData whether its drives, with all their folders and files, leave the library on every device;
    ///        nothing on any disk is touched
    record ForgetDevice(DeviceId id, boolean removeData) implements Command {

        public ForgetDevice(DeviceId id) {
            this(id, false);
        }
    }

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

    /// Asks all devices that are linked whether they hold what is held here, for [Checkup#peers]. Done when all have
    /// answered or ten seconds are over.
    record PollPeers() implements Command {}

    /// Repairs what [LibraryReader#checkup] finds, as far as it can be.
    record RepairLibrary() implements Command {}
}

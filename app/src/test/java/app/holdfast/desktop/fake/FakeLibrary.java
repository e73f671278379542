package app.holdfast.desktop.fake;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.Reading;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.api.VaultRow;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/// A library in memory. Commands are carried out at once on the thread that submits them; so are questions.
///
/// Knobs: what [#scanEnds] says becomes of a scan; [#refuse] makes the next command fail; the rows may be changed.
public final class FakeLibrary implements Library {

    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    public final DeviceId self = new DeviceId("ab".repeat(32));
    public final DeviceId other = new DeviceId("cd".repeat(32));
    public final LibraryId id = new LibraryId(new UUID(0x7000, 1));
    public final VolumeId volume = new VolumeId(new UUID(0x7000, 2));
    public final List<DeviceRow> devices = new ArrayList<>();
    public final List<LocationRow> locations = new ArrayList<>();
    public final List<TagRow> tags = new ArrayList<>();
    public final List<EntryRow> entries = new ArrayList<>();
    public final List<CollectionRow> collections = new ArrayList<>();
    public final Map<CollectionId, List<EntryId>> collected = new HashMap<>();
    public final List<SyncEvent> events = new ArrayList<>();
    public final List<SyncConflict> conflicts = new ArrayList<>();
    public final List<Checkup.Finding> findings = new ArrayList<>();
    public final List<Command> submitted = new CopyOnWriteArrayList<>();
    /// What becomes of a scan; empty leaves it running.
    public Optional<ScanProgress.State> scanEnds = Optional.of(ScanProgress.State.DONE);
    public SyncStatus.State syncState = SyncStatus.State.READY;

    Reading reading = new Reading(false, Optional.of(50_000_000L), 12);
    final List<VaultRow> noted = new ArrayList<>();
    private final List<Consumer<CoreEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> questions = new CopyOnWriteArrayList<>();
    private Optional<CoreException> refusal = Optional.empty();
    private long revision;

    public FakeLibrary() {
        devices.add(device(self, "laptop", true, true));
        devices.add(device(other, "studio-pc", false, false));
    }

    public static DeviceRow device(DeviceId id, String name, boolean self, boolean online) {
        return new DeviceRow(id, name, self, online, self ? Optional.empty() : Optional.of(NOON),
                self || !online ? Optional.empty() : Optional.of(DeviceRow.Via.DIRECT), List.of("127.0.0.1:4242"),
                self ? 0 : 7, 0);
    }

    /// Makes the next command fail.
    public void refuse(CoreException failure) {
        refusal = Optional.of(failure);
    }

    public LocationId addLocation(String name, Path folder) {
        var location = new LocationId(new UUID(0x7100, locations.size() + 1L));
        addLocation(location, name, folder);
        return location;
    }

    /// An entry of a location of this device.
    public EntryId addEntry(LocationId location, String path, EntryKind kind, long size) {
        var entry = new EntryId(new UUID(0x7200, entries.size() + 1L));
        var holder = new EntryRow.Holder(self, "laptop", volume, "System", true, true);
        entries.add(new EntryRow(entries.size(), entry, path.substring(path.lastIndexOf('/') + 1), path,
                Optional.empty(), kind, size, NOON, location, holder, List.of(), EntryRow.Noted.NOTHING));
        return entry;
    }

    public TagId addTag(String name, Optional<TagId> parent) {
        var tag = new TagId(new UUID(0x7300, tags.size() + 1L));
        addTag(tag, name, parent, TagColor.BLUE);
        return tag;
    }

    /// Tells everyone who listens.
    public void tell(CoreEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    @Override
    public CompletionStage<Long> submit(Command command) {
        submitted.add(command);
        if (refusal.isPresent()) {
            CoreException failure = refusal.get();
            refusal = Optional.empty();
            return CompletableFuture.failedFuture(failure);
        }
        try {
            carryOut(command);
        } catch (CoreException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        questions.forEach(Runnable::run);
        return CompletableFuture.completedFuture(++revision);
    }

    @Override
    public <T> Subscription observe(Function<LibraryReader, T> question, Consumer<T> listener) {
        Runnable asking = () -> listener.accept(ask(question));
        questions.add(asking);
        asking.run();
        return () -> questions.remove(asking);
    }

    @Override
    public <T> T ask(Function<LibraryReader, T> question) {
        return question.apply(new FakeReader(this));
    }

    @Override
    public Subscription listen(Consumer<CoreEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void carryOut(Command command) throws CoreException {
        switch (command) {
            case Command.CreateTag create -> {
                if (create.name().isBlank()) {
                    throw new CoreException.Refused("a tag needs a name");
                }
                addTag(create.id(), create.name(), create.parent(), create.color().orElse(TagColor.TEAL));
            }
            case Command.RenameTag rename -> tags.replaceAll(tag -> tag.id().equals(rename.id())
                    ? new TagRow(tag.id(), rename.name(), tag.parent(), tag.color(), tag.depth(), tag.entries()) : tag);
            case Command.RecolorTag recolor -> tags.replaceAll(tag -> !tag.id().equals(recolor.id()) ? tag
                    : new TagRow(tag.id(), tag.name(), tag.parent(), recolor.color(), tag.depth(), tag.entries()));
            case Command.MoveTag _ -> throw new CoreException.Refused("not in this fake");
            case Command.DeleteTag delete -> tags.removeIf(tag -> tag.id().equals(delete.id()));
            case Command.MergeTags merge -> tags.removeIf(tag -> tag.id().equals(merge.from()));
            case Command.AssignTags assign -> assign.entries().forEach(entry -> assign(entry, assign.tags()));
            case Command.UnassignTags unassign -> unassign.entries().forEach(entry -> unassign(entry, unassign.tags()));
            case Command.SetNote _, Command.SetRating _, Command.SetFavorite _, Command.SetField _ ->
                    entries.replaceAll(row -> FakeNotes.after(command, row));
            case Command.CreateCollection create ->
                    collections.add(new CollectionRow(create.id(), create.name(), 0));
            case Command.RenameCollection rename -> collections.replaceAll(row -> !row.id().equals(rename.id()) ? row
                    : new CollectionRow(row.id(), rename.name(), row.entries()));
            case Command.DeleteCollection delete -> collections.removeIf(row -> row.id().equals(delete.id()));
            case Command.AddToCollection add -> collected.computeIfAbsent(add.id(), _ -> new ArrayList<>())
                    .addAll(add.entries());
            case Command.RemoveFromCollection remove -> collected.computeIfAbsent(remove.id(), _ -> new ArrayList<>())
                    .removeAll(remove.entries());
            case Command.PutRecord _, Command.PutRecords _, Command.DeleteRecords _ ->
                    throw new CoreException.Refused("not in this fake");
            case Command.AddLocation add -> {
                if (!Files.isDirectory(add.path())) {
                    throw new CoreException.BadFolder(add.path(), CoreException.BadFolder.Reason.MISSING);
                }
                addLocation(add.id(), add.name().orElse(add.path().getFileName().toString()), add.path());
                scan(add.id());
            }
            case Command.RescanLocation rescan -> scan(rescan.id());
            case Command.PauseScan _, Command.ResumeScan _ -> { }
            case Command.CancelScan cancel -> endScan(cancel.id(), ScanProgress.State.CANCELLED);
            case Command.RemoveLocation remove -> locations.removeIf(row -> row.id().equals(remove.id()));
            case Command.KeepLocation _ -> { }
            case Command.TrackVolume _, Command.ClaimVolume _, Command.ForgetVolume _, Command.NoteVolume _,
                    Command.ThisIsTheCopy _, Command.ThisIsTheVolume _, Command.CopyIsAt _, Command.SetClaiming _ -> { }
            case Command.PauseReading(boolean paused) ->
                    reading = new Reading(paused, reading.bytesPerSecond(), reading.left());
            case Command.LimitReading(var rate) -> reading = new Reading(reading.paused(), rate, reading.left());
            case Command.NoteVault note -> noted.add(FakeVaults.row(note.file(), self));
            case Command.ForgetVault forget -> noted.removeIf(row -> row.id().equals(forget.id()));
            case Command.RenameDevice rename -> devices.set(0, device(self, rename.name(), true, true));
            case Command.ForgetDevice forget -> devices.removeIf(row -> row.id().equals(forget.id()));
            case Command.SettleConflict settle -> conflicts.removeIf(row -> row.about().equals(settle.about()));
            case Command.PollPeers _ -> { }
            case Command.RepairLibrary _ -> findings.clear();
            case Command.PauseSync _, Command.ResumeSync _, Command.LimitSync _ -> { }
        }
    }

    /// Ends a scan that was left running.
    public void endScan(LocationId location, ScanProgress.State state) {
        Optional<String> failure = state == ScanProgress.State.FAILED ? Optional.of("the drive is gone")
                : Optional.empty();
        tell(new CoreEvent.ScanEnded(location, new ScanProgress(location, "fake", state, 3, 0, 5, failure)));
    }

    private void scan(LocationId location) {
        scanEnds.ifPresent(state -> endScan(location, state));
    }

    private void addLocation(LocationId location, String name, Path folder) {
        locations.add(new LocationRow(location, name, Optional.of(folder), self, "laptop", volume, "System", true,
                LocationRow.State.IDLE, 0, true));
    }

    private void addTag(TagId tag, String name, Optional<TagId> parent, TagColor color) {
        int depth = parent.flatMap(this::tag).map(row -> row.depth() + 1).orElse(0);
        tags.add(new TagRow(tag, name, parent, color, depth, 0));
    }

    private Optional<TagRow> tag(TagId tag) {
        return tags.stream().filter(row -> row.id().equals(tag)).findFirst();
    }

    private void assign(EntryId entry, List<TagId> added) {
        retag(entry, tagged -> {
            for (TagId tag : added) {
                tag(tag).ifPresent(row -> tagged.add(new EntryRow.Tag(tag, row.name(), row.color())));
            }
        });
    }

    private void unassign(EntryId entry, List<TagId> removed) {
        retag(entry, tagged -> tagged.removeIf(tag -> removed.contains(tag.id())));
    }

    private void retag(EntryId entry, Consumer<List<EntryRow.Tag>> change) {
        entries.replaceAll(row -> {
            if (!row.id().equals(entry)) {
                return row;
            }
            List<EntryRow.Tag> tagged = new ArrayList<>(row.tags());
            change.accept(tagged);
            return new EntryRow(row.key(), row.id(), row.name(), row.path(), row.parent(), row.kind(), row.size(),
                    row.modified(), row.location(), row.holder(), tagged, row.noted());
        });
    }
}

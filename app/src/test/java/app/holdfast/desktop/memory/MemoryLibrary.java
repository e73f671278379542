package app.holdfast.desktop.memory;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.fake.FakeNotes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;

/// A library in memory. Every commit asks all live questions again; commands and questions run on the core executor.
///
/// Knobs: [#refuse] makes the next command fail; [#change] alters the state as a peer would.
public final class MemoryLibrary implements Library {

    /// A tag as it is stored; its depth and count are worked out when asked.
    record StoredTag(TagId id, String name, Optional<TagId> parent, TagColor color) {}

    final Map<LocationId, LocationRow> locations = new LinkedHashMap<>();
    final Map<Long, EntryRow> entries = new LinkedHashMap<>();
    final Map<TagId, StoredTag> tags = new LinkedHashMap<>();
    final Map<CollectionId, String> collections = new LinkedHashMap<>();
    final Map<CollectionId, Set<EntryId>> collected = new LinkedHashMap<>();
    final Map<DeviceId, DeviceRow> devices = new LinkedHashMap<>();
    final Map<LocationId, ScanProgress> scans = new LinkedHashMap<>();
    public final MemoryVaults vaults = new MemoryVaults();
    public final MemorySync sync = new MemorySync();
    public final MemoryDrives drives = new MemoryDrives();
    final MemorySearch searches = new MemorySearch();
    SyncStatus.State syncState = SyncStatus.State.ALONE;
    String name = "Library";
    /// Entries of a location that are made when they are read; their keys count from zero.
    long manyCount;
    LongFunction<EntryRow> many = key -> {
        throw new IllegalStateException("no row " + key);
    };

    /// How many keys each call of rows() asked for.
    public final List<Integer> windowsAsked = new CopyOnWriteArrayList<>();
    /// Every command, in order.
    public final List<Command> commands = new CopyOnWriteArrayList<>();

    private final Executor core;
    private final List<Runnable> questions = new CopyOnWriteArrayList<>();
    private final List<Consumer<CoreEvent>> listeners = new CopyOnWriteArrayList<>();
    private Optional<CoreException> refusal = Optional.empty();
    private long revision;

    /// @param core runs commands and questions, one after the other
    public MemoryLibrary(Executor core) {
        this.core = core;
    }

    /// Makes the next command fail.
    public synchronized void refuse(CoreException failure) {
        refusal = Optional.of(failure);
    }

    /// Changes the state and lets everyone know, as a commit does.
    public void change(Consumer<MemoryLibrary> how) {
        core.execute(() -> {
            synchronized (this) {
                how.accept(this);
                revision++;
            }
            questions.forEach(Runnable::run);
        });
    }

    public void tell(CoreEvent moment) {
        core.execute(() -> listeners.forEach(listener -> listener.accept(moment)));
    }

    public int liveQuestions() {
        return questions.size();
    }

    @Override
    public CompletionStage<Long> submit(Command command) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        core.execute(() -> {
            try {
                synchronized (this) {
                    commands.add(command);
                    if (refusal.isPresent()) {
                        CoreException failure = refusal.get();
                        refusal = Optional.empty();
                        throw failure;
                    }
                    carryOut(command);
                    revision++;
                }
                questions.forEach(Runnable::run);
                done.complete(revision);
            } catch (CoreException failure) {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    @Override
    public <T> Subscription observe(Function<LibraryReader, T> question, Consumer<T> listener) {
        Runnable asking = () -> listener.accept(ask(question));
        questions.add(asking);
        core.execute(asking);
        return () -> questions.remove(asking);
    }

    @Override
    public synchronized <T> T ask(Function<LibraryReader, T> question) {
        return question.apply(new MemoryReader(this));
    }

    @Override
    public Subscription listen(Consumer<CoreEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    DeviceRow self() {
        return devices.values().stream().filter(DeviceRow::self).findFirst().orElseThrow();
    }

    private void carryOut(Command command) throws CoreException {
        switch (command) {
            case Command.CreateTag make -> tags.put(make.id(), new StoredTag(make.id(), make.name(), make.parent(),
                    make.color().orElse(TagColor.BLUE)));
            case Command.RenameTag rename -> replaceTag(rename.id(), tag ->
                    new StoredTag(tag.id(), rename.name(), tag.parent(), tag.color()));
            case Command.RecolorTag recolor -> replaceTag(recolor.id(), tag ->
                    new StoredTag(tag.id(), tag.name(), tag.parent(), recolor.color()));
            case Command.MoveTag move -> replaceTag(move.id(), tag ->
                    new StoredTag(tag.id(), tag.name(), move.parent(), tag.color()));
            case Command.DeleteTag delete -> deleteTag(delete.id());
            case Command.MergeTags merge -> deleteTag(merge.from());
            case Command.AssignTags assign -> assign.entries().forEach(entry ->
                    assign.tags().forEach(tag -> assign(entry, tag)));
            case Command.UnassignTags unassign -> unassign.entries().forEach(entry ->
                    unassign.tags().forEach(tag -> unassign(entry, tag)));
            case Command.SetNote _, Command.SetRating _, Command.SetFavorite _, Command.SetField _ ->
                    entries.replaceAll((_, row) -> FakeNotes.after(command, row));
            case Command.CreateCollection create -> collections.put(create.id(), create.name());
            case Command.RenameCollection rename -> collections.put(rename.id(), rename.name());
            case Command.DeleteCollection delete -> collections.remove(delete.id());
            case Command.AddToCollection add -> collected.computeIfAbsent(add.id(), _ -> new LinkedHashSet<>())
                    .addAll(add.entries());
            case Command.RemoveFromCollection remove -> collected
                    .computeIfAbsent(remove.id(), _ -> new LinkedHashSet<>()).removeAll(remove.entries());
            case Command.PutRecord _, Command.PutRecords _, Command.DeleteRecords _ -> searches.carryOut(command);
            case Command.AddLocation add -> new MemoryFiles(this).location(add.id(),
                    add.name().orElse(String.valueOf(add.path().getFileName())), self(), Optional.of(add.path()));
            case Command.RescanLocation rescan -> requireLocation(rescan.id());
            case Command.PauseScan(var id) -> MemoryFiles.paused(scans, id, true);
            case Command.ResumeScan(var id) -> MemoryFiles.paused(scans, id, false);
            case Command.CancelScan cancel -> scans.remove(cancel.id());
            case Command.RemoveLocation remove -> {
                locations.remove(remove.id());
                entries.values().removeIf(entry -> entry.location().equals(remove.id()));
            }
            case Command.KeepLocation keep -> {
                requireLocation(keep.id());
                locations.computeIfPresent(keep.id(), (_, row) -> MemoryFiles.kept(row, keep.kept()));
            }
            case Command.TrackVolume _, Command.ClaimVolume _, Command.ForgetVolume _, Command.NoteVolume _,
                    Command.ThisIsTheCopy _, Command.ThisIsTheVolume _, Command.CopyIsAt _, Command.SetClaiming _,
                    Command.PauseReading _, Command.LimitReading _ -> drives.carryOut(command);
            case Command.NoteVault note -> vaults.note(note.file(), note.deed());
            case Command.ForgetVault forget -> vaults.forget(forget.id());
            case Command.RenameDevice rename -> {
                DeviceRow self = self();
                devices.put(self.id(), new DeviceRow(self.id(), rename.name(), true, true, self.lastSeen(),
                        self.via(), self.addresses(), 0, 0));
            }
            case Command.ForgetDevice forget -> devices.remove(forget.id());
            case Command.PauseSync(var device) -> sync.pause(device, true);
            case Command.ResumeSync(var device) -> sync.pause(device, false);
            case Command.LimitSync limit -> sync.limit(limit);
            case Command.SettleConflict settle -> sync.conflicts.removeIf(row -> row.about().equals(settle.about()));
            case Command.PollPeers _ -> { }
            case Command.RepairLibrary _ -> sync.findings.clear();
        }
    }

    private void replaceTag(TagId id, Function<StoredTag, StoredTag> how) throws CoreException {
        StoredTag before = tags.get(id);
        if (before == null) {
            throw new CoreException.NotFound("tag", id.toString());
        }
        tags.put(id, how.apply(before));
        entries.replaceAll((_, entry) -> with(entry, entry.tags().stream().map(tag -> tag.id().equals(id)
                ? rowTag(id) : tag).toList()));
    }

    private void deleteTag(TagId id) throws CoreException {
        StoredTag gone = tags.remove(id);
        if (gone == null) {
            throw new CoreException.NotFound("tag", id.toString());
        }
        tags.replaceAll((_, tag) -> tag.parent().filter(id::equals).isEmpty() ? tag
                : new StoredTag(tag.id(), tag.name(), gone.parent(), tag.color()));
        List.copyOf(entries.values()).forEach(entry -> unassign(entry.id(), id));
    }

    void assign(EntryId entry, TagId tag) {
        entries.replaceAll((_, row) -> {
            if (!row.id().equals(entry) || row.tags().stream().anyMatch(each -> each.id().equals(tag))) {
                return row;
            }
            List<EntryRow.Tag> now = new ArrayList<>(row.tags());
            now.add(rowTag(tag));
            return with(row, now);
        });
    }

    private void unassign(EntryId entry, TagId tag) {
        entries.replaceAll((_, row) -> !row.id().equals(entry) ? row
                : with(row, row.tags().stream().filter(each -> !each.id().equals(tag)).toList()));
    }

    EntryRow.Tag rowTag(TagId id) {
        StoredTag tag = Objects.requireNonNull(tags.get(id));
        return new EntryRow.Tag(id, tag.name(), tag.color());
    }

    private void requireLocation(LocationId id) throws CoreException {
        if (!locations.containsKey(id)) {
            throw new CoreException.NotFound("location", id.toString());
        }
    }

    private static EntryRow with(EntryRow row, List<EntryRow.Tag> tags) {
        return new EntryRow(row.key(), row.id(), row.name(), row.path(), row.parent(), row.kind(), row.size(),
                row.modified(), row.location(), row.holder(), tags, row.noted());
    }
}

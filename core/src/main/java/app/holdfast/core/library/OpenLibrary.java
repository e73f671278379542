package app.holdfast.core.library;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.Topic;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.peer.PeerStatus;
import app.holdfast.core.store.BackfillState;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.Commit;
import app.holdfast.core.store.LibraryStore;
import app.holdfast.core.store.Presence;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.store.Transaction;
import app.holdfast.core.sync.SyncDesk;
import app.holdfast.core.volume.Volumes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open library: what a screen, a command and a peer work on.
///
/// Any thread. A click, a file found and a peer's message all become jobs of the same writer; whatever it commits is
/// announced here once, to the questions that are kept answered and to the peers.
public final class OpenLibrary implements Library, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenLibrary.class);

    private static final long CLOSE_SECONDS_MAX = 5;

    private final DeviceId self;
    private final LibraryStore store;
    private final ExecutorService work;
    private final Moments moments = new Moments();
    private final LiveQuestions live = new LiveQuestions(this::answer);
    private final Whereabouts whereabouts;
    private final Locations locations;
    private final SyncDesk desk;
    private final AtomicReference<Set<DeviceId>> members = new AtomicReference<>(Set.of());
    private final AtomicReference<CompletableFuture<?>> turns =
            new AtomicReference<>(CompletableFuture.completedFuture(true));
    private final AtomicReference<Network> network = new AtomicReference<>(Network.NONE);
    private final Timeline timeline;
    private final Backfill backfill;
    private final SyncControl control = new SyncControl(this);
    private final SearchUpkeep searched;
    private final TimeSource time;
    private final Drives drives;
    private final DriveCommands driveCommands = new DriveCommands(this);
    private final VaultNotes vaults;
    private final AtomicReference<Consumer<Commit>> listener = new AtomicReference<>(_ -> { });

    private OpenLibrary(DeviceId self, LibraryStore store, ExecutorService work, Whereabouts whereabouts,
            Surroundings around) {
        this.self = self;
        this.time = around.time();
        this.drives = new Drives(this, whereabouts.volumes(), around);
        this.vaults = new VaultNotes(this, around);
        this.store = store;
        this.work = work;
        this.whereabouts = whereabouts;
        this.locations = new Locations(store, whereabouts, work, moments, live::touched);
        this.timeline = new Timeline(store, time, () -> live.touched(EnumSet.of(Topic.EVENTS)));
        this.backfill = new Backfill(store.writer(), timeline);
        this.searched = new SearchUpkeep(store.writer(), work,
                () -> locations.isScanning() || backfill.isUnderWay()
                        && Objects.requireNonNull(network.get()).isReceiving());
        this.desk = new SyncDesk(store.writer().log(), this::clockAhead, backfill::noted, around.random()::nextLong);
    }

    /// Opens the library of a data directory.
    ///
    /// @param self the device whose key lies in the directory
    /// @param work    runs what asks disks and people, each task on a thread of its own; closed with the library
    /// @param volumes the filesystems of this machine
    public static OpenLibrary open(Path data, DeviceId self, Surroundings around, ExecutorService work,
            Volumes volumes) throws CoreException {
        AtomicReference<Consumer<Commit>> announced = new AtomicReference<>(_ -> { });
        LibraryStore store = LibraryStore.open(data, around,
                commit -> Objects.requireNonNull(announced.get()).accept(commit));
        try {
            OpenLibrary library = new OpenLibrary(self, store, work, Whereabouts.of(self, volumes, data), around);
            announced.set(library::committed);
            library.refreshMembers().join();
            library.drives.begin(store.readers().ask(Drives.Stored::of).join());
            library.searched.wake();
            library.backfill.resume(store.readers().ask(reader -> reader.setting(BackfillState.SETTING)).join());
            return library;
        } catch (CompletionException e) {
            store.close();
            if (e.getCause() instanceof CoreException known) {
                throw known;
            }
            throw e;
        }
    }

    /// On the writer's thread.
    private void committed(Commit commit) {
        live.touched(commit.topics());
        if (commit.topics().contains(Topic.ENTRIES)) {
            searched.wake();
            locations.entriesChanged();
        }
        if (commit.topics().contains(Topic.DEVICES)) {
            Unawaited.run("reading the members", refreshMembers());
        }
        drives.committed(commit);
        Objects.requireNonNull(listener.get()).accept(commit);
    }

    /// Reads who belongs to the library now.
    ///
    /// One reading after the other, so that the newest is the one that stays.
    CompletableFuture<Set<DeviceId>> refreshMembers() {
        return inTurn(() -> store.readers().ask(reader -> Set.copyOf(reader.members())).thenApply(now -> {
            timeline.members(Objects.requireNonNull(members.getAndSet(now)), now);
            return now;
        }));
    }

    /// Starts something about members when what was started before has ended.
    <T> CompletableFuture<T> inTurn(Supplier<CompletableFuture<T>> next) {
        CompletableFuture<T> reply = new CompletableFuture<>();
        CompletableFuture<?> before = Objects.requireNonNull(turns.getAndSet(reply));
        var _ = before.whenComplete((_, _) -> {
            var _ = next.get().whenComplete((result, failure) -> {
                if (failure == null) {
                    reply.complete(result);
                } else {
                    reply.completeExceptionally(failure);
                }
            });
        });
        return reply;
    }

    /// The devices that belong, as of the last commit but a moment; this one is among them.
    Set<DeviceId> members() {
        return Objects.requireNonNull(members.get());
    }

    /// Has another told of every commit, on the writer's thread.
    void announceTo(Consumer<Commit> next) {
        listener.set(next);
    }

    /// Where the states of peers come from while the network is up.
    void networkIs(Network now) {
        network.set(now);
    }

    /// Has all conversations begun anew.
    void relink() {
        Objects.requireNonNull(network.get()).relink().run();
    }

    /// On the writer's thread.
    private void clockAhead(DeviceId device, long aheadMillis) {
        LOG.warn("changes of a device wait: its clock is ahead device={} millis={}", device, aheadMillis);
        timeline.note(SyncEvent.Kind.QUARANTINED, device, Map.of("millis", Long.toString(aheadMillis)));
        withName(device, name -> moments.tell(new CoreEvent.ClockAhead(device, name, aheadMillis)));
    }

    /// Does something with what a device is called, on a reader's thread.
    void withName(DeviceId device, Consumer<String> action) {
        Unawaited.run("telling of a device", store.readers().ask(reader -> reader.deviceNames()).thenAccept(names ->
                action.accept(names.getOrDefault(device, device.shortHex()))));
    }

    /// Has questions about this asked again, though nothing was committed.
    void touched(Topic first, Topic... more) {
        live.touched(EnumSet.of(first, more));
    }

    @Override
    public CompletionStage<Long> submit(Command command) {
        return switch (command) {
            case Command.AddLocation add -> locations.add(add);
            case Command.RescanLocation(var id, boolean confirmed) -> locations.rescan(id, confirmed);
            case Command.PauseScan(var id) -> locations.pause(id, true);
            case Command.ResumeScan(var id) -> locations.pause(id, false);
            case Command.CancelScan(var id) -> locations.cancel(id);
            case Command.RemoveLocation(var id) -> locations.remove(id);
            case Command.KeepLocation(var id, boolean kept) -> write(tx -> tx.own().keepEntries(id, kept));
            case Command.TrackVolume track -> driveCommands.track(track);
            case Command.ClaimVolume(var id) -> driveCommands.claim(id);
            case Command.ForgetVolume(var id) -> driveCommands.forget(id);
            case Command.NoteVolume(var id, var text) -> write(tx -> NoteRules.noteVolume(tx, id, text));
            case Command.ThisIsTheCopy copy -> driveCommands.isCopy(copy);
            case Command.ThisIsTheVolume(var id, var path) -> driveCommands.isVolume(id, path);
            case Command.CopyIsAt(var id, var device) -> driveCommands.copyIsAt(id, device);
            case Command.SetClaiming(boolean atOnce) -> driveCommands.claiming(atOnce);
            case Command.LimitReading(var rate) -> locations.contents().limit(rate);
            case Command.PauseReading(boolean paused) -> locations.contents().pause(paused);
            case Command.NoteVault note -> vaults.note(note);
            case Command.ForgetVault(var id) -> vaults.forget(id);
            case Command.CreateTag create -> write(tx -> CommandRules.createTag(tx, create));
            case Command.RenameTag rename -> write(tx -> CommandRules.renameTag(tx, rename));
            case Command.RecolorTag recolor -> write(tx -> CommandRules.recolorTag(tx, recolor));
            case Command.MoveTag move -> write(tx -> CommandRules.moveTag(tx, move));
            case Command.DeleteTag delete -> write(tx -> CommandRules.deleteTag(tx, delete));
            case Command.MergeTags merge -> write(tx -> CommandRules.mergeTags(tx, merge));
            case Command.AssignTags assign -> write(tx -> CommandRules.assignTags(tx, assign));
            case Command.UnassignTags unassign -> write(tx -> CommandRules.unassignTags(tx, unassign));
            case Command.SetNote set -> write(tx -> NoteRules.setNote(tx, set));
            case Command.SetRating set -> write(tx -> NoteRules.setRating(tx, set));
            case Command.SetFavorite set -> write(tx -> NoteRules.setFavorite(tx, set));
            case Command.SetField set -> write(tx -> NoteRules.setField(tx, set));
            case Command.CreateCollection create -> write(tx -> NoteRules.createCollection(tx, create));
            case Command.RenameCollection rename -> write(tx -> NoteRules.renameCollection(tx, rename));
            case Command.DeleteCollection delete -> write(tx -> NoteRules.deleteCollection(tx, delete));
            case Command.AddToCollection add -> write(tx -> NoteRules.addToCollection(tx, add));
            case Command.RemoveFromCollection remove -> write(tx -> NoteRules.removeFromCollection(tx, remove));
            case Command.PutRecord put -> write(tx -> RecordRules.putRecord(tx, put));
            case Command.PutRecords put -> write(tx -> RecordRules.putRecords(tx, put));
            case Command.DeleteRecords delete -> write(tx -> RecordRules.deleteRecords(tx, delete));
            case Command.RenameDevice rename -> write(tx -> CommandRules.renameDevice(tx, rename));
            case Command.ForgetDevice forget -> write(tx -> CommandRules.forgetDevice(tx, forget));
            case Command.PauseSync(var device) -> control.pause(device, true);
            case Command.ResumeSync(var device) -> control.pause(device, false);
            case Command.LimitSync(var device, var bytesPerSecond) -> control.limit(device, bytesPerSecond);
            case Command.SettleConflict(var about, var version) -> control.settle(about, version);
            case Command.PollPeers _ -> control.poll();
            case Command.RepairLibrary _ -> control.repair();
        };
    }

    /// A rule of [CommandRules], in its transaction.
    @FunctionalInterface
    interface Rule {
        void apply(Transaction tx) throws CoreException;
    }

    CompletableFuture<Long> write(Rule rule) {
        return store.writer().submit(tx -> {
            rule.apply(tx);
            return store.writer().revision() + 1;
        });
    }

    @Override
    public <T> Subscription observe(Function<LibraryReader, T> question, Consumer<T> told) {
        return live.observe(question, told);
    }

    private <T> void answer(Function<LibraryReader, T> question, Set<Topic> lookedAt, Consumer<Optional<T>> then) {
        var _ = ask(question, lookedAt).whenComplete((answer, failure) ->
                then.accept(failure == null ? Optional.of(answer) : Optional.empty()));
    }

    @Override
    public <T> T ask(Function<LibraryReader, T> question) {
        return ask(question, EnumSet.noneOf(Topic.class)).join();
    }

    private <T> CompletableFuture<T> ask(Function<LibraryReader, T> question, Set<Topic> lookedAt) {
        Map<DeviceId, PeerStatus> statuses = new HashMap<>();
        Network now = Objects.requireNonNull(network.get());
        now.statuses().get().forEach(status -> statuses.put(status.device(), status));
        Set<DeviceId> online = statuses.values().stream().filter(PeerStatus::online).map(PeerStatus::device)
                .collect(Collectors.toSet());
        var around = new LibraryQuestions.Surroundings(new Presence(self, online, whereabouts.gone()), statuses,
                locations.scans(), locations::watch, whereabouts, this::logSize,
                new LibraryQuestions.Sync(now, timeline, backfill.isUnderWay(), this::tried, control::standings),
                time.nowMillis());
        return store.readers().ask(reader -> question.apply(new LibraryQuestions(reader, around, lookedAt)));
    }

    /// What only the writer can check.
    private List<Checkup.Finding> tried() {
        return store.writer().submit(tx -> {
            List<Checkup.Finding> findings = new ArrayList<>(tx.doctoring().tried());
            findings.addAll(store.writer().log().check(tx.shared().vector()));
            return findings;
        }).join();
    }

    private LibraryQuestions.LogSize logSize() {
        return store.writer().submit(_ -> new LibraryQuestions.LogSize(store.writer().log().changes(),
                store.writer().log().bytes())).join();
    }

    @Override
    public Subscription listen(Consumer<CoreEvent> told) {
        return moments.listen(told);
    }

    /// From now on changes on the disks of this device are seen without a scan.
    void watch() {
        locations.watch();
    }

    /// Looks at all folders, vaults and drives of this device again, in the background, and at drives as they come and
    /// go from now on.
    void rescanAll() {
        locations.rescanAll();
        vaults.lookAgain();
        drives.start();
    }

    /// Looks at the folders on a drive of this device again, in the background.
    void rescan(VolumeId volume) {
        locations.rescan(volume);
    }

    void endScans(VolumeId volume, String why) {
        locations.endAll(volume, why);
    }

    Drives drives() {
        return drives;
    }

    Whereabouts whereabouts() {
        return whereabouts;
    }

    /// Which library this is; it becomes another when this device joins one. Not for a reader's thread.
    LibraryId libraryId() {
        return store.readers().ask(CatalogueReader::library).join();
    }

    /// Other devices that are connected now.
    Set<DeviceId> online() {
        return Objects.requireNonNull(network.get()).online();
    }

    Timeline timeline() {
        return timeline;
    }

    Backfill backfill() {
        return backfill;
    }

    Moments moments() {
        return moments;
    }

    LibraryStore store() {
        return store;
    }

    SyncDesk desk() {
        return desk;
    }

    DeviceId self() {
        return self;
    }

    ExecutorService work() {
        return work;
    }

    /// Ends scans, drains the writer, closes the files. The network must have been closed before.
    @Override
    public void close() {
        drives.close();
        locations.close();
        work.shutdownNow();
        try {
            if (!work.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warn("a task did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        control.close();
        store.close();
    }
}

package app.holdfast.core.library;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.Topic;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.index.Disk;
import app.holdfast.core.index.LinuxDisk;
import app.holdfast.core.index.MarkedDisk;
import app.holdfast.core.index.NewLocation;
import app.holdfast.core.index.Scan;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.CatalogueReader.StoredLocation;
import app.holdfast.core.store.LibraryStore;
import app.holdfast.core.store.OwnRecords;
import app.holdfast.core.store.Transaction;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.PathBytes;
import app.holdfast.core.volume.Recognition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Folders of this device: put in, scanned, taken out. Any thread; whatever asks the disk runs on the given executor.
final class Locations {

    /// Ended scans that are still told of; the oldest go.
    private static final int ENDED_MAX = 50;
    /// A job takes the writer for about 20 ms.
    private static final int LEAVES_PER_JOB = 28;
    private static final long LOOK_NANOS = 20_000_000;
    /// Why changes were not looked at where the next scan of all would fare no better, or will come by itself.
    private static final Set<String> EXPECTED =
            Set.of(Scan.OFFLINE, Scan.UNPLUGGED, Scan.TWICE, Scan.UNREADABLE, Scan.CLOSED);

    private final Disk disk = LinuxDisk.ofThisSystem();
    private final LibraryStore store;
    private final Whereabouts whereabouts;
    private final Executor work;
    private final Moments moments;
    private final Consumer<Set<Topic>> touched;
    private final Map<LocationId, ScanProgress> progress = new ConcurrentHashMap<>();
    private final Map<LocationId, Scan> running = new ConcurrentHashMap<>();
    /// Locations of which a scan of all runs, or waits for a look at some of it.
    private final Set<LocationId> whole = ConcurrentHashMap.newKeySet();
    private final Watches watches;
    private final Contents contents;

    /// @param work    runs what asks the disk, each task on a thread of its own
    /// @param touched told when a scan got on
    Locations(LibraryStore store, Whereabouts whereabouts, Executor work, Moments moments,
            Consumer<Set<Topic>> touched) {
        this.store = store;
        this.whereabouts = whereabouts;
        this.work = work;
        this.moments = moments;
        this.touched = touched;
        this.watches = new Watches(work, this::look, whereabouts.own());
        this.contents = new Contents(store, whereabouts, work, this::isScanning,
                () -> touched.accept(EnumSet.of(Topic.TASKS)));
    }

    /// From now on changes on the disk are seen without a scan, and what files have in them is read.
    void watch() {
        watches.start();
        contents.start();
    }

    /// How soon changes of a location are seen.
    LocationRow.Watch watch(LocationId id) {
        return watches.state(id);
    }

    /// What reads what files have in them.
    Contents contents() {
        return contents;
    }

    /// There may be something to read.
    void entriesChanged() {
        contents.wake();
    }

    /// Looks at parts of a location, on the calling thread.
    ///
    /// @return false when a scan of it runs, or a person ended the look
    private boolean look(LocationId id, List<Scan.Part> parts) {
        Optional<StoredLocation> location = own(id).join();
        Path top = location.map(found -> whereabouts.find(List.of(found)).get(id)).orElse(null);
        if (location.isEmpty() || top == null) {
            watches.forget(id);
            return true;
        }
        var order = new Scan.Order(id, location.get().name(), location.get().volume().id(), top, false,
                Optional.of(whereabouts.own()));
        var marked = new MarkedDisk(disk, whereabouts.mark(location.get().volume()));
        Scan scan = new Scan(order, parts, marked, store.writer(), _ -> { });
        if (running.putIfAbsent(id, scan) != null) {
            return false;
        }
        try {
            ScanProgress last = scan.run();
            if (last.state() == ScanProgress.State.FAILED) {
                watches.forget(id); // the next scan of all begins a new watch
                if (last.failure().filter(EXPECTED::contains).isEmpty()) {
                    Unawaited.run("scanning what could not be looked at", rescan(id, false)); // tells a person why
                }
            }
            return last.state() != ScanProgress.State.CANCELLED;
        } finally {
            running.remove(id, scan);
        }
    }

    boolean isScanning() {
        return !running.isEmpty();
    }

    Collection<ScanProgress> scans() {
        return List.copyOf(progress.values());
    }

    /// Puts a folder in and starts to scan it.
    CompletableFuture<Long> add(Command.AddLocation command) {
        return stored().thenApplyAsync(locations -> look(command, locations), work)
                .thenCompose(found -> found.failure.isPresent() ? CompletableFuture.failedFuture(found.failure.get())
                        : store.writer().submit(tx -> add(tx, command, found))
                                .thenApply(revision -> started(command.id(), revision)));
    }

    /// What the disk said of a folder that is to be put in.
    ///
    /// @param tracked the volume that the drive is, if a person tracks it
    private record Found(Optional<MountedVolume> volume, Optional<VolumeId> tracked, Path top,
            Optional<CoreException> failure) {

        private static Found failed(Path path, CoreException why) {
            return new Found(Optional.empty(), Optional.empty(), path, Optional.of(why));
        }
    }

    private CompletableFuture<List<StoredLocation>> stored() {
        return store.readers().ask(CatalogueReader::uncountedLocations);
    }

    private Found look(Command.AddLocation command, List<StoredLocation> locations) {
        try {
            Path top = NewLocation.accept(command.path(), whereabouts.find(locations).values(), whereabouts.own());
            Optional<VolumeId> tracked = whereabouts.attached().holding(top)
                    .filter(finding -> finding.outcome() == Recognition.Outcome.HERE)
                    .flatMap(Recognition.Finding::volume);
            return new Found(Optional.of(whereabouts.volumes().volumeOf(top)), tracked, top, Optional.empty());
        } catch (CoreException e) {
            return Found.failed(command.path(), e);
        } catch (IOException e) {
            return Found.failed(command.path(), new CoreException.BadFolder(command.path(),
                    CoreException.BadFolder.Reason.UNREADABLE));
        }
    }

    private Long add(Transaction tx, Command.AddLocation command, Found found) throws CoreException {
        MountedVolume mounted = found.volume.orElseThrow();
        OwnRecords own = tx.own();
        Optional<VolumeId> known = found.tracked.or(() -> own.volumeRecognisedBy(mounted.recognition())
                .filter(id -> tx.volumes().said(id).filter(said -> said.tracking() == Tracking.NONE).isPresent())
                .filter(id -> tx.volumes().isOwn(id)));
        if (found.tracked.filter(id -> !tx.volumes().isOwn(id)).isPresent()) {
            throw new CoreException.DriveRefused(CoreException.DriveRefused.Reason.OTHERS,
                    found.volume.map(MountedVolume::shownName).orElse(""), "volume claim " + found.tracked.get());
        }
        VolumeId volume = known.orElseGet(() -> new VolumeId(tx.ids().next()));
        if (known.isEmpty()) {
            own.addVolume(volume, new OwnRecords.VolumeFacts(mounted.shownName(), mounted.fileSystem(),
                    mounted.fsUuid(), mounted.totalBytes(), mounted.recognition()));
        }
        String name = command.name().map(String::strip).filter(text -> !text.isEmpty())
                .orElseGet(() -> shownName(found.top));
        own.addLocation(command.id(), volume, name, mounted.within(found.top));
        return store.writer().revision() + 1;
    }

    private static String shownName(Path top) {
        Path last = top.getFileName();
        return last == null ? PathBytes.shown(top) : PathBytes.shown(last);
    }

    private Long started(LocationId id, Long revision) {
        begins(id, "");
        scan(id, false);
        return revision;
    }

    /// Starts to scan a location of ours, unless a scan of it runs.
    ///
    /// @param confirmed whether most of it may be gone
    CompletableFuture<Long> rescan(LocationId id, boolean confirmed) {
        return own(id).thenCompose(location -> {
            if (location.isEmpty()) {
                return CompletableFuture.failedFuture(
                        new CoreException.NotFound("location of this device", id.toString()));
            }
            begins(id, location.get().name());
            scan(id, confirmed);
            return CompletableFuture.completedFuture(store.writer().revision());
        });
    }

    /// Scans the locations of this device, one after the other, without those on drives that a person tracks: they are
    /// scanned when the drive is taken in ([Drives]).
    void rescanAll() {
        scanThose("scanning all locations", location -> !Drives.isTracked(location.volume()));
    }

    /// The locations of one volume.
    void rescan(VolumeId volume) {
        scanThose("scanning a drive", location -> location.volume().id().equals(volume));
    }

    private void scanThose(String what, Predicate<StoredLocation> which) {
        Unawaited.run(what, stored().thenAcceptAsync(locations -> locations.stream()
                .filter(whereabouts::looksAfter).filter(which).forEach(location -> scanNow(location, false)), work));
    }

    /// Ends the scans of a volume's locations soon.
    ///
    /// @param why as of a scan that failed
    void endAll(VolumeId volume, String why) {
        running.forEach((_, scan) -> {
            if (scan.volume().equals(volume)) {
                scan.end(why);
            }
        });
    }

    /// A drive that was pulled out is told of as a drive, and not by each of its locations.
    private static ScanProgress told(ScanProgress last, Optional<MarkedDisk.Mark> mark) {
        boolean isGone = last.failure().filter(Scan.OFFLINE::equals).isPresent()
                && mark.filter(drive -> !drive.isThere()).isPresent();
        return !isGone ? last : new ScanProgress(last.location(), last.locationName(), last.state(), last.found(),
                last.unreadable(), last.millis(), last.share(), Optional.of(Scan.UNPLUGGED));
    }

    private CompletableFuture<Optional<StoredLocation>> own(LocationId id) {
        return stored().thenApply(locations -> locations.stream().filter(location -> location.id().equals(id)
                && whereabouts.looksAfter(location)).findFirst());
    }

    /// Told before whoever asked for the scan hears that it was asked for.
    private void begins(LocationId id, String name) {
        progress.putIfAbsent(id, new ScanProgress(id, name, ScanProgress.State.RUNNING, 0, 0, 0, Optional.empty()));
        progress.computeIfPresent(id, (_, before) -> before.state() == ScanProgress.State.RUNNING
                || before.state() == ScanProgress.State.PAUSED ? before
                : new ScanProgress(id, name, ScanProgress.State.RUNNING, 0, 0, 0, Optional.empty()));
        touched.accept(EnumSet.of(Topic.TASKS));
    }

    private void scan(LocationId id, boolean confirmed) {
        Unawaited.run("a scan", own(id).thenAcceptAsync(
                location -> location.ifPresent(found -> scanNow(found, confirmed)), work));
    }

    /// Runs the scan on the calling thread, to its end.
    private void scanNow(StoredLocation location, boolean confirmed) {
        LocationId id = location.id();
        Path top = whereabouts.find(List.of(location)).get(id);
        boolean isFlagged = DriveRules.isFlagged(location.volume().id(),
                store.readers().ask(CatalogueReader::copies).join());
        if (top == null || isFlagged) {
            ended(location, new ScanProgress(id, location.name(), ScanProgress.State.FAILED, 0, 0, 0,
                    Optional.of(isFlagged ? Scan.TWICE : Scan.OFFLINE)));
            return;
        }
        Optional<MarkedDisk.Mark> mark = whereabouts.mark(location.volume());
        MarkedDisk marked = new MarkedDisk(disk, mark);
        Scan scan = new Scan(new Scan.Order(id, location.name(), location.volume().id(), top, confirmed,
                Optional.of(whereabouts.own())), marked, store.writer(), this::progressed);
        if (!whole.add(id)) {
            return;
        }
        ScanProgress last;
        try {
            if (!runsAfterLooks(id, scan)) {
                return;
            }
            watches.watch(id, top);
            last = scan.run();
        } finally {
            running.remove(id, scan);
            whole.remove(id);
            touched.accept(EnumSet.of(Topic.TASKS, Topic.LOCATIONS));
        }
        boolean whole = last.state() == ScanProgress.State.DONE && mark.stream().allMatch(MarkedDisk.Mark::isThere);
        Optional<StoredLocation> renewed = whole ? Optional.empty() : renewed(location);
        if (renewed.isPresent()) {
            scanNow(renewed.get(), confirmed);
            return;
        }
        if (whole) {
            contents.scanned(id);
            Unawaited.run("noting a scan",
                    store.writer().submit(tx -> tx.own().scanned(id, location.volume().id()))
                            .thenCompose(_ -> hashed(location.volume().id())));
        }
        ended(location, told(last, mark));
    }

    /// @return false when the library is closed first
    private boolean runsAfterLooks(LocationId id, Scan scan) {
        while (running.putIfAbsent(id, scan) != null) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return true;
    }

    /// The location as it is known now, if its drive's marker was written anew since: a scan that began before takes
    /// the drive for gone.
    private Optional<StoredLocation> renewed(StoredLocation scanned) {
        return own(scanned.id()).join().filter(location ->
                location.volume().standing().nonce() != scanned.volume().standing().nonce());
    }

    /// Hashes what a scan has brought, so that the first peer need not wait for it.
    private CompletableFuture<Boolean> hashed(VolumeId volume) {
        return store.writer().submit(tx -> tx.streams().refreshLeaves(volume.value(), LEAVES_PER_JOB))
                .thenCompose(all -> all ? CompletableFuture.completedFuture(true) : hashed(volume));
    }

    private void progressed(ScanProgress now) {
        progress.put(now.location(), now);
        touched.accept(EnumSet.of(Topic.TASKS));
    }

    private void ended(StoredLocation location, ScanProgress last) {
        if (progress.size() > ENDED_MAX) {
            progress.values().removeIf(scan -> scan.state() != ScanProgress.State.RUNNING);
        }
        progressed(last);
        moments.tell(new CoreEvent.ScanEnded(location.id(), last));
    }

    /// Has the scan of a location and the reading of its files wait or go on.
    CompletableFuture<Long> pause(LocationId id, boolean wait) {
        contents.stop(id, wait);
        Optional.ofNullable(running.get(id)).ifPresent(scan -> scan.pause(wait));
        return CompletableFuture.completedFuture(store.writer().revision());
    }

    /// Ends the scan of a location soon. Its files are not read before the next.
    CompletableFuture<Long> cancel(LocationId id) {
        contents.stop(id, true);
        Optional.ofNullable(running.get(id)).ifPresent(Scan::cancel);
        return CompletableFuture.completedFuture(store.writer().revision());
    }

    CompletableFuture<Long> remove(LocationId id) {
        return own(id).thenCompose(location -> {
            if (location.isEmpty()) {
                return CompletableFuture.failedFuture(
                        new CoreException.NotFound("location of this device", id.toString()));
            }
            Optional.ofNullable(running.get(id)).ifPresent(Scan::cancel);
            contents.stop(id, true);
            watches.forget(id);
            progress.remove(id);
            return store.writer().submit(tx -> {
                if (tx.streams().isLacking(location.get().volume().id().value())) {
                    throw new CoreException.Refused("not all that is known of this drive is here yet");
                }
                tx.own().removeLocation(id, location.get().volume().id());
                return store.writer().revision() + 1;
            });
        });
    }

    /// Ends all scans soon.
    void close() {
        watches.close();
        running.values().forEach(Scan::cancel);
    }
}

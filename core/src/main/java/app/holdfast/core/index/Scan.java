package app.holdfast.core.index;

import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.FolderPart;
import app.holdfast.core.store.FolderSight;
import app.holdfast.core.store.FolderSight.Place;
import app.holdfast.core.store.FoundEntry;
import app.holdfast.core.store.KnownFolders;
import app.holdfast.core.store.KnownFolders.Known;
import app.holdfast.core.store.ScannedFolder;
import app.holdfast.core.store.Transactor;
import app.holdfast.core.volume.PathBytes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One walk over a location: reads every folder and has the writer make the rows equal to what was found.
///
///     RUNNING --all read, all written--> DONE
///        |<---pause, resume---> PAUSED  between two folders
///        |----cancel----> CANCELLED     what was written stays
///        '----top gone, writer refuses--> FAILED   what was written stays, nothing is removed on the strength of it
///
/// Confined to the thread that calls [#run], but for [#cancel]. A scan runs once. Folders are read depth first, so that
/// what waits is small; the parts that it reads are written in their order.
public final class Scan {

    /// Why a scan failed when its top is not there (any more): unmounted, pulled out, renamed.
    public static final String OFFLINE = "offline";
    /// Why a running scan failed when its drive, which a person tracks, is not there any more: that is told of the
    /// drive.
    public static final String UNPLUGGED = "unplugged";
    /// Why a scan did not begin, or not go on: a person has to say first which of two drives is the volume.
    public static final String TWICE = "twice";
    /// Why a scan failed when its top may not be read.
    public static final String UNREADABLE = "unreadable";
    /// Why a scan failed when the library was closed under it.
    public static final String CLOSED = "closed";
    /// Why a scan failed when the writer did, for no reason that a person could mend; the log has it.
    public static final String BUG = "bug";

    private static final long NANOS_PER_MILLI = 1_000_000;
    /// The listener hears of progress no more often.
    private static final long PROGRESS_NANOS_MIN = 100 * NANOS_PER_MILLI;
    private static final long PAUSE_NANOS = 20 * NANOS_PER_MILLI;

    /// What to scan.
    ///
    /// @param top       absolute and real
    /// @param confirmed whether a person said that most of the location may be gone
    /// @param own       the library's own folder, absolute and real, which is left out
    public record Order(LocationId location, String locationName, VolumeId volume, Path top, boolean confirmed,
            Optional<Path> own) {

        /// Of a library that lies elsewhere.
        public Order(LocationId location, String locationName, VolumeId volume, Path top, boolean confirmed) {
            this(location, locationName, volume, top, confirmed, Optional.empty());
        }

        /// Nobody said so.
        public Order(LocationId location, String locationName, VolumeId volume, Path top) {
            this(location, locationName, volume, top, false);
        }
    }

    /// A folder to look at in place of the whole location.
    ///
    /// @param folder absolute, the top or below it
    /// @param whole  whether with all below it
    public record Part(Path folder, boolean whole) {}

    /// More children of one folder are not held back to be compared together.
    private static final int HELD_MAX = 1 << 16;
    private static final long UNKNOWN = -1;

    /// @param path  from the top, separated by `/`; empty for the top
    /// @param whole whether its folders are read as well
    /// @param place null for one that the walk did not come to from above
    /// @param known what an earlier scan saw there
    private record Waiting(Disk.Folder folder, ScannedFolder row, String path, boolean whole, @Nullable Place place,
            @Nullable Known known) {

        /// Of its row, if the walk can tell.
        private long key() {
            return known != null ? known.key() : Place.TOP.equals(place) ? 0 : UNKNOWN;
        }

        private String pathOf(Disk.Child child) {
            return path.isEmpty() ? child.name() : path + "/" + child.name();
        }
    }

    private final Order order;
    private final List<Part> parts;
    private final Disk disk;
    private final Consumer<ScanProgress> listener;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicReference<Optional<String>> ended = new AtomicReference<>(Optional.empty());
    private final ScanBatches batches;
    private final Deque<Waiting> toRead = new ArrayDeque<>();
    private final List<FoundEntry> children = new ArrayList<>();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final ScanShare share;
    private final List<Disk.Child> held = new ArrayList<>();
    private IgnoreRules rules = IgnoreRules.of("");
    private FolderDigest digest = new FolderDigest(rules.identity());
    private KnownFolders known = KnownFolders.none();
    private boolean isHolding;
    private @Nullable String failure;
    private final long beganNanos = System.nanoTime();
    private long toldNanos = beganNanos - PROGRESS_NANOS_MIN;
    private long found;
    private long unreadable;

    /// @param listener told on the scan's thread, about ten times a second and at the end; must be quick
    public Scan(Order order, Disk disk, Transactor writer, Consumer<ScanProgress> listener) {
        this(order, List.of(new Part(order.top(), true)), disk, writer, listener);
    }

    /// @param parts outer ones before what lies in them; those that are not there, or not in the catalogue, are passed
    ///              over
    public Scan(Order order, List<Part> parts, Disk disk, Transactor writer, Consumer<ScanProgress> listener) {
        this.order = order;
        this.parts = List.copyOf(parts);
        this.share = new ScanShare(this.parts.size());
        this.disk = disk;
        this.listener = listener;
        this.batches = new ScanBatches(order, writer, cancelled::get);
    }

    /// The volume that its location lies on. Any thread.
    public VolumeId volume() {
        return order.volume();
    }

    /// Ends the scan soon: [#run] returns within 200 ms unless the disk holds it. Any thread.
    public void cancel() {
        cancelled.set(true);
    }

    /// Ends the scan soon, which then has failed. Any thread.
    public void end(String why) {
        ended.compareAndSet(Optional.empty(), Optional.of(why));
        cancelled.set(true);
    }

    /// Has the scan wait, or go on. Any thread.
    public void pause(boolean wait) {
        paused.set(wait);
    }

    private void waitWhilePaused() {
        if (!paused.get()) {
            return;
        }
        listener.accept(progress(State.PAUSED));
        while (paused.get() && !isStopped()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        toldNanos = System.nanoTime() - PROGRESS_NANOS_MIN;
    }

    /// Scans.
    ///
    /// @return the last progress. With DONE everything is committed: what is not in the catalogue is not on the disk,
    ///         except below folders that could not be read
    public ScanProgress run() {
        try {
            Disk.Folder top = disk.top(order.top());
            rules = order.own().map(own -> IgnoreRules.read(order.top(), own))
                    .orElseGet(() -> IgnoreRules.read(order.top()));
            digest = new FolderDigest(rules.identity());
            if (parts.contains(new Part(order.top(), true))) {
                known = batches.known();
            }
            for (Part part : parts) {
                start(part, top);
                readAll(top);
            }
            end(top);
        } catch (IOException e) {
            failure = e instanceof AccessDeniedException ? UNREADABLE : OFFLINE;
        }
        var _ = batches.await();
        if (failure == null) {
            failure = batches.failure().orElse(null);
        }
        if (failure == null) {
            failure = Objects.requireNonNull(ended.get()).orElse(null);
        }
        State ending = cancelled.get() ? State.CANCELLED : State.DONE;
        ScanProgress last = progress(failure == null ? ending : State.FAILED);
        listener.accept(last);
        return last;
    }

    private void start(Part part, Disk.Folder top) {
        if (part.folder().equals(order.top())) {
            toRead.push(new Waiting(top, ScannedFolder.top(), "", part.whole(), Place.TOP, known.top()));
            return;
        }
        Path below = order.top().relativize(part.folder());
        List<byte[]> names = new ArrayList<>();
        below.forEach(name -> names.add(PathBytes.ofName(name)));
        try {
            toRead.push(new Waiting(disk.below(top, part.folder()), ScannedFolder.at(names), shown(names), part.whole(),
                    null, null));
        } catch (IOException _) {
            // it went, which the folder above it shows, or is not of this filesystem
        }
    }

    private static String shown(List<byte[]> names) {
        return String.join("/", names.stream().map(PathBytes::shown).toList());
    }

    /// @throws IOException when the top is not there or cannot be read; what was not written yet is forgotten
    private void readAll(Disk.Folder top) throws IOException {
        while (!toRead.isEmpty() && !isStopped()) {
            waitWhilePaused();
            Waiting next = toRead.pop();
            int before = toRead.size();
            long foundBefore = found;
            FolderPart.End end = read(next, top);
            if (end != FolderPart.End.COMPLETE || !passOver(next)) {
                release(next, top);
                addPart(next.row(), end, end != FolderPart.End.COMPLETE ? null
                        : new FolderSight(next.place(), digest.first(), digest.second(), found - foundBefore));
            }
            share.read(toRead.size() - before);
            if (batches.isDue(0)) {
                write(top);
            }
        }
    }

    private void end(Disk.Folder top) throws IOException {
        checkTop(top);
        if (isStopped()) {
            batches.submit();
        } else {
            batches.submitLast();
        }
        if (!isStopped()) {
            checkTop(top);
            batches.settle();
        }
    }

    private boolean isStopped() {
        return cancelled.get() || batches.hasFailed();
    }

    /// Goes on with the folders of one that is as an earlier scan saw it (ADR 240).
    ///
    /// @return false when it is not, or cannot be told to be
    private boolean passOver(Waiting next) {
        Known seen = next.known();
        if (!isHolding || seen == null || !seen.isLike(digest.first(), digest.second())) {
            return false;
        }
        List<Waiting> folders = new ArrayList<>();
        for (Disk.Child child : held) {
            if (child.folder() == null) {
                continue;
            }
            Waiting folder = below(next, child.folder(), child);
            if (folder.known() != null) {
                folders.add(folder);
            } else if (!rules.leavesOut(folder.path(), true)) {
                return false; // its row is not known
            }
        }
        folders.forEach(toRead::push);
        found += seen.children();
        tell();
        return true;
    }

    private Waiting below(Waiting parent, Disk.Folder folder, Disk.Child child) {
        var place = new Place(parent.row(), child.node(), FolderDigest.ofName(child));
        Known seen = parent.key() == UNKNOWN ? null : known.below(parent.key(), place.node(), place.name());
        return new Waiting(folder, seen == null ? ScannedFolder.below() : ScannedFolder.known(seen.key()),
                parent.pathOf(child), true, place, seen);
    }

    private boolean hear(Disk.Child child, Waiting parent, Disk.Folder top) throws IOException {
        digest.add(child);
        if (isHolding && held.size() < HELD_MAX) {
            held.add(child);
            return !isStopped();
        }
        release(parent, top);
        return take(child, parent, top);
    }

    /// The children that were held back are to be compared one by one.
    private void release(Waiting parent, Disk.Folder top) throws IOException {
        isHolding = false;
        for (Disk.Child child : held) {
            var _ = take(child, parent, top);
        }
        held.clear();
    }

    private FolderPart.End read(Waiting next, Disk.Folder top) throws IOException {
        digest.begin();
        held.clear();
        isHolding = next.known() != null && next.whole();
        try {
            if (disk.list(next.folder(), child -> hear(child, next, top))) {
                digest.end();
                return FolderPart.End.COMPLETE;
            }
            unreadable += isStopped() ? 0 : 1;
        } catch (IOException e) {
            if (next.folder().equals(top)) {
                throw e;
            }
            checkTop(top);
            unreadable += e instanceof NoSuchFileException ? 0 : 1; // one that went is for the next scan to miss
        }
        return FolderPart.End.BROKEN_OFF;
    }

    private boolean take(Disk.Child child, Waiting parent, Disk.Folder top) throws IOException {
        String path = parent.pathOf(child);
        if (rules.leavesOut(path, child.kind() == EntryKind.DIRECTORY)) {
            return !isStopped();
        }
        ScannedFolder row = null;
        if (child.folder() != null && parent.whole()) {
            Waiting folder = below(parent, child.folder(), child);
            row = folder.row();
            toRead.push(folder);
        }
        children.add(new FoundEntry(child.name(), child.rawName(), child.kind(), child.size(), child.modifiedMillis(),
                child.node(), row));
        found++;
        tell();
        if (batches.isDue(children.size())) {
            addPart(parent.row(), FolderPart.End.MORE, null);
            write(top);
        }
        return !isStopped();
    }

    private void addPart(ScannedFolder folder, FolderPart.End end, @Nullable FolderSight sight) {
        batches.add(new FolderPart(folder, children, end, sight));
        children.clear();
    }

    private void write(Disk.Folder top) throws IOException {
        checkTop(top);
        batches.submit();
    }

    /// An unmounted drive leaves an empty folder, or another one, where it was: what is missing there was not deleted.
    private void checkTop(Disk.Folder top) throws IOException {
        if (!disk.top(order.top()).equals(top)) {
            throw new NoSuchFileException(order.top().toString(), null, "another folder has taken its place");
        }
    }

    private void tell() {
        long now = System.nanoTime();
        if (now - toldNanos >= PROGRESS_NANOS_MIN) {
            toldNanos = now;
            listener.accept(progress(State.RUNNING));
        }
    }

    private ScanProgress progress(State state) {
        return new ScanProgress(order.location(), order.locationName(), state, found, unreadable,
                (System.nanoTime() - beganNanos) / NANOS_PER_MILLI, share.done(), Optional.ofNullable(failure));
    }
}

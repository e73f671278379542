package app.holdfast.core.library;

import app.holdfast.core.api.Tracking;
import app.holdfast.core.change.Models;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.index.Scan;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import app.holdfast.core.store.Job;
import app.holdfast.core.store.Transaction;
import app.holdfast.core.store.VolumeRecords.Placed;
import app.holdfast.core.store.VolumeRecords.Said;
import app.holdfast.core.volume.Marker;
import app.holdfast.core.volume.MarkerFile;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.PathBytes;
import app.holdfast.core.volume.Recognition.Finding;
import app.holdfast.core.volume.Recognition.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what is done about drives: first to the drive, then to the library. A crash in between leaves a marker that
/// is ahead of what the library knows, which counts as the same drive.
///
/// Any thread but the writer's; calls wait for the drive, not for the library.
final class DriveDesk {

    private static final Logger LOG = LoggerFactory.getLogger(DriveDesk.class);

    private final OpenLibrary library;
    private final LongSupplier nonces;
    private final TimeSource time;
    /// Where drives were that were taken in since they came.
    private final Map<VolumeId, Path> taken = new ConcurrentHashMap<>();
    private final Set<VolumeId> underWay = ConcurrentHashMap.newKeySet();

    DriveDesk(OpenLibrary library, LongSupplier nonces, TimeSource time) {
        this.library = library;
        this.nonces = nonces;
        this.time = time;
    }

    private LibraryId libraryId() {
        return library.libraryId();
    }

    /// What came of writing a marker.
    record Marked(Tracking tracking, long writes, long nonce) {}

    /// Writes the drive's next marker.
    ///
    /// @param writes of the newest that is known
    /// @return how the drive is tracked now; without a marker when it cannot be written to
    Marked mark(VolumeId volume, MountedVolume mount, long writes) throws IOException {
        if (mount.readOnly()) {
            Optional<Marker> there = MarkerFile.of(mount.mountPoint(), libraryId()).read().marker();
            return there.map(marker -> new Marked(Tracking.MARKED, marker.writes(), marker.nonce()))
                    .orElseGet(() -> new Marked(Tracking.UNMARKED, 0, 0));
        }
        Marker next = new Marker(libraryId(), volume, writes + 1, nonces.getAsLong());
        MarkerFile.of(mount.mountPoint(), libraryId()).write(next);
        return new Marked(Tracking.MARKED, next.writes(), next.nonce());
    }

    private static long newest(StoredVolume volume, Finding drive) {
        return Math.max(volume.standing().writes(), drive.marker().map(Marker::writes).orElse(0L));
    }

    /// Where a drive is that was taken in, whether by a look or because a person said so: that is done once.
    Optional<Path> takenAt(VolumeId volume) {
        return Optional.ofNullable(taken.get(volume));
    }

    /// Whether that has begun and is not written yet.
    boolean isTakingIn(VolumeId volume) {
        return underWay.contains(volume);
    }

    /// Its drive is not here.
    void misses(VolumeId volume) {
        taken.remove(volume);
    }

    /// What came of taking in a drive.
    enum TakenIn {
        /// It is this device's.
        DONE,
        /// Somebody else claimed it meanwhile: the next look decides.
        OTHERS,
        /// Its volume was taken out of the library meanwhile.
        GONE
    }

    /// Takes in a drive that is here: a new marker, the volume's row, and a claim if it was another device's. Then its
    /// locations are scanned.
    CompletableFuture<TakenIn> takeIn(StoredVolume volume, Finding drive) throws IOException {
        underWay.add(volume.id());
        Marked marked;
        try {
            marked = mark(volume.id(), drive.mount(), newest(volume, drive));
        } catch (IOException e) {
            underWay.remove(volume.id());
            throw e;
        }
        Path mountPoint = drive.mount().mountPoint();
        boolean isFound = drive.outcome() == Outcome.HERE || drive.outcome() == Outcome.DAMAGED;
        if (isFound) {
            taken.put(volume.id(), mountPoint);
        }
        CompletableFuture<TakenIn> done = library.store().writer().submit(tx -> {
            Optional<DeviceId> owner = tx.streams().holding(volume.id().value()).map(held -> held.claim().owner());
            boolean isOurs = owner.equals(Optional.of(library.self())); // and if only since a moment ago
            if (!isOurs && !owner.equals(Optional.of(volume.owner()))) {
                return TakenIn.OTHERS;
            }
            if (tx.volumes().said(volume.id()).isEmpty()) {
                return TakenIn.GONE;
            }
            tx.streams().claim(volume.id().value());
            isHere(tx, volume.id(), drive.mount(), marked);
            tx.volumes().dropCopy(volume.id(), library.self());
            return TakenIn.DONE;
        });
        var _ = done.whenComplete((came, _) -> {
            underWay.remove(volume.id());
            if (came != TakenIn.DONE) {
                taken.remove(volume.id(), mountPoint);
            }
        });
        if (isFound) { // any other is not known yet where its files are looked for: the next look takes it in
            Unawaited.run("taking in a drive", done.thenAccept(_ -> library.rescan(volume.id())));
        }
        return done.thenApplyAsync(came -> {
            if (came == TakenIn.GONE) {
                unmark(volume.id(), drive.mount());
            }
            return came;
        }, library.work());
    }

    /// Takes away the marker of a volume that is not in the library any more: it would be one that nobody has heard of.
    private void unmark(VolumeId volume, MountedVolume mount) {
        MarkerFile file = MarkerFile.of(mount.mountPoint(), libraryId());
        boolean isThere = file.read().marker().filter(marker -> marker.volume().equals(volume)).isPresent();
        if (!isThere || mount.readOnly()) {
            return;
        }
        try {
            file.delete();
        } catch (IOException e) {
            LOG.warn("a drive keeps a marker that means nothing volume={} cause={}", volume, e.toString());
        }
    }

    private static void isHere(Transaction tx, VolumeId volume, MountedVolume mount, Marked marked) {
        String known = tx.volumes().said(volume).map(Said::label).orElse("");
        String label = mount.label().isEmpty() ? known.isEmpty() ? mount.shownName() : known
                : DriveNames.now(known, mount.label());
        isHere(tx, volume, mount, marked, label);
    }

    private static void isHere(Transaction tx, VolumeId volume, MountedVolume mount, Marked marked, String label) {
        tx.volumes().say(volume, new Said(label, mount.fileSystem(), mount.fsUuid(), mount.totalBytes(),
                mount.medium().serial(), marked.tracking(), 0, marked.writes(), marked.nonce()));
        tx.volumes().isHere(volume, PathBytes.shown(mount.mountPoint()).getBytes(StandardCharsets.UTF_8),
                mount.recognition());
    }

    /// Notes by what a volume of ours is known again from now on, and has its locations scanned.
    void recognise(VolumeId volume, MountedVolume mount) {
        Unawaited.run("knowing a drive again", library.store().writer().submit(tx -> {
            if (tx.own().volumeRecognisedBy(mount.recognition()).isEmpty()) {
                tx.volumes().isHere(volume, PathBytes.shown(mount.mountPoint()).getBytes(StandardCharsets.UTF_8),
                        mount.recognition());
            }
            return true;
        }).thenAccept(_ -> library.rescan(volume)));
    }

    /// Says that a volume of ours is not here any more.
    void miss(StoredVolume volume) {
        library.endScans(volume.id(), Scan.UNPLUGGED);
        long now = time.nowMillis();
        write("missing a drive", tx -> {
            if (tx.volumes().isOwn(volume.id())) {
                tx.volumes().said(volume.id()).filter(said -> said.away() == 0)
                        .ifPresent(said -> tx.volumes().say(volume.id(), said.away(now)));
            }
            return true;
        });
    }

    void flag(VolumeId volume, String label) {
        library.endScans(volume, Scan.TWICE);
        write("telling of a copy", tx -> {
            tx.volumes().flagCopy(volume, library.self(), label, Optional.empty());
            return true;
        });
    }

    void noCopy(VolumeId volume) {
        write("telling of no copy", tx -> {
            tx.volumes().dropCopy(volume, library.self());
            return true;
        });
    }

    private void write(String what, Job<Boolean> job) {
        Unawaited.run(what, library.store().writer().submit(job));
    }

    /// Makes a volume of its own of a copy, with the same locations. The next look takes it in, and has them scanned:
    /// until then nobody knows where they are. Its files are other files than the ones they are copies of. It has a
    /// name of its own, and so has a location that is called as the drive is.
    CompletableFuture<Boolean> part(StoredVolume volume, Finding copy, VolumeId fresh) throws IOException {
        Marked marked = mark(fresh, copy.mount(), 0);
        return library.store().writer().submit(tx -> {
            tx.streams().claim(fresh.value());
            String label = copy.mount().label().isEmpty() ? volume.label() : copy.mount().label();
            String name = DriveNames.ofCopy(label, tx.volumes().labels());
            isHere(tx, fresh, copy.mount(), marked, name);
            for (Placed placed : tx.volumes().locations(volume.id())) {
                tx.own().addLocation(new LocationId(tx.ids().next()), fresh,
                        placed.name().equals(volume.label()) ? name : placed.name(), placed.path());
            }
            if (tx.volumes().isOwn(volume.id())) { // ours was the copy: whatever drive remains is the volume
                tx.volumes().said(volume.id()).ifPresent(said -> tx.volumes().say(volume.id(),
                        said.away(time.nowMillis()).marked(0, 0)));
            }
            tx.volumes().dropCopy(volume.id(), library.self());
            return true;
        });
    }

    /// Tracks a drive that the library does not know, or knows by its filesystem only.
    CompletableFuture<Boolean> track(VolumeId volume, MountedVolume mount) throws IOException {
        Marked marked = mark(volume, mount, 0);
        return library.store().writer().submit(tx -> {
            tx.streams().claim(volume.value());
            isHere(tx, volume, mount, marked);
            return true;
        });
    }

    /// Says of a drive that another device has that it is the copy.
    CompletableFuture<Boolean> sentence(VolumeId volume, DeviceId at, String label) {
        return library.store().writer().submit(tx -> {
            tx.volumes().flagCopy(volume, at, label, Optional.of(Models.IS_COPY));
            return true;
        });
    }

    /// Takes the marker off a drive and the volume out of the library. What takes it in at the same time may write the
    /// marker once more in between.
    CompletableFuture<Boolean> forget(StoredVolume volume, Optional<Finding> drive) throws IOException {
        if (drive.isPresent() && !drive.get().mount().readOnly()) {
            MarkerFile.of(drive.get().mount().mountPoint(), libraryId()).delete();
        }
        library.endScans(volume.id(), Scan.UNPLUGGED);
        return library.store().writer().submit(tx -> {
            tx.volumes().remove(volume.id());
            return true;
        }).thenApplyAsync(done -> {
            drive.ifPresent(here -> unmark(volume.id(), here.mount()));
            return done;
        }, library.work());
    }
}

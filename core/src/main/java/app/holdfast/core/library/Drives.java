package app.holdfast.core.library;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.Topic;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import app.holdfast.core.store.Commit;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.store.VolumeQueries.StoredCopy;
import app.holdfast.core.volume.Recognition.Finding;
import app.holdfast.core.volume.Recognition.Outcome;
import app.holdfast.core.volume.Volumes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The drives of this device: looks what is mounted whenever that or the library changed, and does what [DriveRules]
/// say: takes in what came, misses what went, claims what another device had, tells of copies.
///
/// Any thread; one look at a time, on the executor for what asks disks.
final class Drives implements AutoCloseable {

    /// The setting that says whether drives are claimed without asking: `ask`, or nothing.
    static final String CLAIMING = "claiming";
    static final String ASK = "ask";

    private static final Logger LOG = LoggerFactory.getLogger(Drives.class);
    private static final int WATCH_MILLIS = 500;

    private final OpenLibrary library;
    private final Volumes volumes;
    private final Surroundings around;
    private final DriveDesk desk;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    /// What is confined to the look that runs.
    private final Map<VolumeId, DeviceId> owners = new HashMap<>();
    private final Set<VolumeId> told = new HashSet<>();
    private boolean looked;
    /// Where drives were at the last look.
    private final Set<Path> occupied = new HashSet<>();

    Drives(OpenLibrary library, Volumes volumes, Surroundings around) {
        this.library = library;
        this.volumes = volumes;
        this.around = around;
        this.desk = new DriveDesk(library, this::freshNonce, around.time());
    }

    private long freshNonce() {
        return around.random().nextLong();
    }

    /// What the library knows that bears on drives.
    record Stored(LibraryId library, List<StoredVolume> volumes, List<StoredCopy> copies, boolean atOnce) {

        static Stored of(CatalogueReader reader) {
            return new Stored(reader.library(), reader.volumesHeld(), reader.copies(),
                    reader.setting(CLAIMING).filter(ASK::equals).isEmpty());
        }
    }

    /// Looks where the drives are, in the background, and does nothing about it: for a program that ends soon.
    void begin(Stored stored) {
        library.whereabouts().isAttached(CompletableFuture.supplyAsync(() -> look(stored), library.work()));
    }

    private Attached look(Stored stored) {
        try {
            return Attached.look(volumes, stored.library(), stored.volumes());
        } catch (IOException e) {
            LOG.warn("mounted drives are not known cause={}", e.getMessage());
            return Attached.NOTHING;
        }
    }

    /// Does what follows from the drives that are here from now on, and watches them come and go. To be called once.
    void start() {
        if (watching.compareAndSet(false, true)) {
            Thread thread = around.threads().newThread(this::watch);
            thread.setName("drives");
            thread.start();
        }
    }

    /// The watching thread: a platform one, as the system holds it.
    private void watch() {
        try (Volumes.Changes changes = volumes.changes()) {
            lookAgain();
            while (watching.get()) {
                if (changes.await(WATCH_MILLIS)) {
                    lookAgain();
                }
            }
        } catch (IOException e) {
            LOG.warn("drives that come and go are not noticed cause={}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// On the writer's thread, after every commit: a claim or a location of another device may have come.
    void committed(Commit commit) {
        if (commit.topics().contains(Topic.LOCATIONS) || commit.topics().contains(Topic.DEVICES)) {
            lookAgain();
        }
    }

    /// Has a look soon, unless nothing is watched. Those asked for while one runs are one.
    void lookAgain() {
        if (watching.get()) {
            due.set(true);
            goOn();
        }
    }

    private void goOn() {
        if (due.get() && looking.compareAndSet(false, true)) {
            due.set(false);
            Unawaited.run("looking at drives", library.store().readers().ask(Stored::of)
                    .thenAcceptAsync(this::act, library.work()).whenComplete((_, _) -> {
                        looking.set(false);
                        goOn();
                    }));
        }
    }

    private void act(Stored stored) {
        if (!watching.get()) {
            return;
        }
        Attached now = look(stored);
        Attached before = library.whereabouts().attached();
        library.whereabouts().isAttached(CompletableFuture.completedFuture(now));
        tellOwners(stored);
        tellNew(now);
        var around = new DriveRules.Around(library.self(), library.online(), library.members(), stored.atOnce());
        for (StoredVolume volume : stored.volumes()) {
            DriveRules.Step step = DriveRules.step(volume, now.findings(), stored.copies(), around);
            try {
                act(step, volume, now, DriveRules.isFlagged(volume.id(), stored.copies()));
            } catch (IOException e) {
                LOG.warn("a drive could not be taken in volume={} cause={}", volume.id(), e.toString());
            }
        }
        for (StoredVolume volume : stored.volumes()) {
            DriveRules.recognised(volume, stored.volumes(), now.findings(), library.self())
                    .ifPresent(mount -> desk.recognise(volume.id(), mount));
        }
        DriveRules.obsolete(stored.volumes(), stored.copies(), now.findings(), around).forEach(desk::noCopy);
        if (!now.equals(before)) {
            library.touched(Topic.LOCATIONS, Topic.ENTRIES);
        }
    }

    private void act(DriveRules.Step step, StoredVolume volume, Attached now, boolean flagged) throws IOException {
        VolumeId id = volume.id();
        Optional<Finding> here = now.of(id);
        if (here.isEmpty()) {
            desk.misses(id);
        }
        if (step != DriveRules.Step.ASK && step != DriveRules.Step.FLAG) {
            told.remove(id);
        }
        switch (step) {
            case KEEP -> keep(volume, here.orElseThrow(), flagged);
            case MISS -> miss(volume);
            case CLAIM -> {
                if (!desk.isTakingIn(id)) {
                    Unawaited.run("taking in a drive", desk.takeIn(volume, here.orElseThrow()));
                }
            }
            case ASK -> {
                if (told.add(id)) {
                    library.moments().tell(new CoreEvent.DriveAsks(id, volume.label(), volume.owner(),
                            volume.ownerName()));
                }
            }
            case FLAG -> flag(volume, now);
            case PART -> {
                Finding copy = here.orElseGet(() -> DriveRules.copies(id, now.findings()).getFirst());
                Unawaited.run("parting a copy",
                        desk.part(volume, copy, new VolumeId(around.timeOrderedId())));
            }
            case NOTHING -> { }
        }
    }

    private void keep(StoredVolume volume, Finding here, boolean flagged) throws IOException {
        Path mountPoint = here.mount().mountPoint();
        boolean isNew = volume.standing().away() != 0 || here.outcome() == Outcome.DAMAGED
                || !desk.takenAt(volume.id()).equals(Optional.of(mountPoint));
        if (isNew && !flagged && !desk.isTakingIn(volume.id())) {
            Optional<Path> before = desk.takenAt(volume.id());
            Unawaited.run("taking in a drive", desk.takeIn(volume, here));
            if (volume.standing().away() != 0 || before.isPresent()) { // not one that was there when the program began
                library.moments().tell(new CoreEvent.DriveHere(volume.id(), volume.label()));
            }
        }
    }

    private void miss(StoredVolume volume) {
        if (volume.standing().away() == 0) {
            desk.miss(volume);
            library.moments().tell(new CoreEvent.DriveGone(volume.id(), volume.label()));
        }
    }

    private void flag(StoredVolume volume, Attached now) {
        String label = DriveRules.copies(volume.id(), now.findings()).stream().findFirst().or(() -> now.of(volume.id()))
                .map(finding -> finding.mount().shownName()).orElse(volume.label());
        desk.flag(volume.id(), label);
        if (told.add(volume.id())) {
            library.timeline().note(SyncEvent.Kind.DRIVE_TWICE, volume.owner(),
                    Map.of("label", volume.label()));
            library.moments().tell(new CoreEvent.DriveTwice(volume.id(), volume.label()));
        }
    }

    /// Tells of volumes that another device looks after than at the last look.
    private void tellOwners(Stored stored) {
        for (StoredVolume volume : stored.volumes()) {
            DeviceId before = owners.put(volume.id(), volume.owner());
            if (before != null && !before.equals(volume.owner())) {
                library.timeline().note(SyncEvent.Kind.DRIVE_MOVED, volume.owner(), Map.of("label", volume.label()));
                library.moments().tell(new CoreEvent.DriveMoved(volume.id(), volume.label(), volume.owner(),
                        volume.ownerName()));
            }
        }
    }

    /// Tells of drives that nobody tracks and that came since the last look. What was there when the program began is
    /// no news (ADR 217).
    private void tellNew(Attached now) {
        Set<Path> before = Set.copyOf(occupied);
        occupied.clear();
        for (Finding finding : now.findings()) {
            Path mountPoint = finding.mount().mountPoint();
            occupied.add(mountPoint);
            if (looked && finding.outcome() == Outcome.STRANGER && !before.contains(mountPoint)) {
                library.moments().tell(new CoreEvent.DriveNew(mountPoint, finding.mount().shownName()));
            }
        }
        looked = true;
    }

    /// A look for a command: what is here now, and what the library knows of it.
    CompletableFuture<Sight> see() {
        return library.store().readers().ask(Stored::of).thenApplyAsync(stored -> new Sight(stored, look(stored)),
                library.work());
    }

    record Sight(Stored stored, Attached attached) {

        Optional<StoredVolume> volume(VolumeId id) {
            return stored.volumes().stream().filter(volume -> volume.id().equals(id)).findFirst();
        }
    }

    DriveDesk desk() {
        return desk;
    }

    /// What a command did shows at once.
    void seen(Attached attached) {
        library.whereabouts().isAttached(CompletableFuture.completedFuture(attached));
        library.touched(Topic.LOCATIONS, Topic.ENTRIES);
        lookAgain();
    }

    static boolean isTracked(StoredVolume volume) {
        return volume.standing().tracking() != Tracking.NONE;
    }

    @Override
    public void close() {
        watching.set(false);
    }
}

package app.holdfast.core.simulation;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.ClaimValue;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Models;
import app.holdfast.core.store.DriveContents;
import app.holdfast.core.store.MemoryContent;
import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.Staging;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// Looks after each step of a story at every device that has committed something, and not only in the end: what has to
/// hold always, however far the devices are from holding the same.
///
/// - I2: it holds the live dots of what it covers, unless it is folding.
/// - Every stream stands on the claim that wins among those that it knows.
/// - Rows that were scanned on one of two drives that say they are the same volume are of that drive, not of its twin.
/// - Once a device has heard that a drive is there twice it touches no row of it until a person has said which is the
///   copy.
final class Watchman {

    private static final Comparator<Claim> BY_EPOCH = Comparator.comparing(Claim::epoch)
            .thenComparing(Claim::stamp);
    /// A row's words up to what is read of a file later.
    private static final int WORDS = 6;

    /// Rows of a drive as they were when its holder was seen to know that it is there twice.
    private record Sealed(Dot claim, Set<String> rows) {}

    private final World world;
    private final Fleet fleet;
    private final List<Drive> drives;
    private final Map<Drive, Sealed> sealed = new HashMap<>();

    /// @param drives grows with the story
    Watchman(World world, Fleet fleet, List<Drive> drives) {
        this.world = world;
        this.fleet = fleet;
        this.drives = drives;
    }

    void look() {
        for (Device device : List.copyOf(fleet.devices)) {
            if (device.takeChanged()) {
                look(device);
            }
        }
    }

    private void look(Device device) {
        MemoryContent content = device.store().content();
        boolean folds = device.run(tx -> tx.staging().phase() == Staging.Phase.FOLD);
        if (!folds) {
            SortedMap<Dot, Event> live = world.oracle().live(content.vector());
            if (!live.keySet().equals(content.live().keySet())) {
                world.findings().add("NOT EXACT", device + " holds " + Wording.of(content.vector()) + " with "
                        + content.live().keySet() + ", not " + live.keySet());
            }
        }
        claims(device, content);
        drives.forEach(drive -> unmixed(device, content, drive));
        drives.stream().filter(drive -> drive.holder == device).forEach(drive -> untouched(device, content, drive));
    }

    private void claims(Device device, MemoryContent content) {
        var winning = new TreeMap<UUID, Claim>();
        content.live().forEach((dot, live) -> {
            if (live.model().equals(Models.CLAIM)) {
                ClaimValue.read(live.record(), live.snapshot().fields().get(Models.CLAIM_FIELD)).ifPresent(claim ->
                        winning.merge(claim.subject(), claim, (one, other) ->
                                BY_EPOCH.compare(one, other) >= 0 ? one : other));
            }
        });
        var held = new TreeMap<UUID, Claim>();
        content.streams().forEach(one -> held.put(one.claim().subject(), one.claim()));
        if (!held.equals(winning)) {
            world.findings().add("CLAIM", device + " stands on " + held + ", not " + winning + ", in mid-story");
        }
    }

    /// What was scanned under a claim on this drive alone is what was on it at some time.
    private void unmixed(Device device, MemoryContent content, Drive drive) {
        for (String row : content.owned().getOrDefault(drive.volume.value(), List.of())) {
            String claim = row.substring(row.lastIndexOf('@') + 1, row.lastIndexOf('/'));
            boolean other = drives.stream().anyMatch(twin -> twin != drive && twin.scannedUnder().contains(claim));
            var file = new HashMap<String, String>();
            Expected.file(row, file);
            if (drive.scannedUnder().contains(claim) && !other) {
                file.forEach((path, shown) -> {
                    if (!drive.ever().contains(path + " " + shown)) {
                        world.findings().add("MIXED", device + " has " + row + ", which was never on that drive");
                    }
                });
            }
        }
    }

    private void untouched(Device device, MemoryContent content, Drive drive) {
        Optional<Dot> claim = content.streams().stream().filter(Holding::own)
                .filter(held -> held.claim().subject().equals(drive.volume.value()))
                .map(held -> held.claim().id()).findFirst();
        boolean isSealed = drive.isTwofold() && !drive.isScanning()
                && device.run(tx -> DriveContents.isFlagged(tx, drive.volume));
        if (claim.isEmpty() || !isSealed) {
            sealed.remove(drive);
            return;
        }
        var rows = new TreeSet<String>();
        content.owned().getOrDefault(drive.volume.value(), List.of()).forEach(row -> {
            String[] words = row.split(" ");
            rows.add(String.join(" ", List.of(words).subList(0, Math.min(WORDS, words.length))));
        });
        Sealed before = sealed.put(drive, new Sealed(claim.get(), rows));
        if (before != null && before.claim.equals(claim.get()) && !before.rows.equals(rows)) {
            world.findings().add("TOUCHED", device + " knows that " + Wording.of(drive.volume.value())
                    + " is there twice, and has " + rows + " instead of " + before.rows);
        }
    }
}

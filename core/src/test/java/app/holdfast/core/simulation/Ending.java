package app.holdfast.core.simulation;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.model.Value;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.store.MemoryContent;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// The end of every story: trouble stops, the devices meet until they hold the same, and what they hold is compared
/// with each other and with what the oracle says.
final class Ending {

    /// Rounds in which devices meet, with half a minute between them.
    private static final int ROUNDS = 8;
    private static final int READ_AT_ONCE = 3;
    private static final long BREATH_MILLIS = 31_000;
    /// The log is over its limit when it is larger by more than one group.
    private static final long LOG_BYTES_MAX = 1_000_000;

    private final World world;
    private final Fleet fleet;
    private final List<Drive> drives;
    private final boolean clocksWereRight;

    /// @param drives          those that are in the story
    /// @param clocksWereRight whether the greatest stamp ever is bound to be seen in the end
    Ending(World world, Fleet fleet, List<Drive> drives, boolean clocksWereRight) {
        this.world = world;
        this.fleet = fleet;
        this.drives = drives;
        this.clocksWereRight = clocksWereRight;
    }

    void play() {
        if (!world.findings().isEmpty()) {
            return;
        }
        world.tell("all trouble ends");
        fleet.heal();
        fleet.keepWhoIsConnected();
        if (fleet.isWaitingInVain()) {
            world.tell("somebody waits for the word of a device that is gone");
            return;
        }
        catchUp();
        lookAtDrives();
        if (converge(fleet::isEqual)) {
            judge();
        } else {
            stuck();
        }
    }

    /// Who lost its library, or went back to an earlier one, hears of everything and is started once more.
    private void catchUp() {
        if (fleet.devices.stream().anyMatch(Device::hasForgotten)) {
            converge(fleet::coversTheSame);
            fleet.devices.forEach(Device::hasCaughtUp);
        }
    }

    /// Everybody hears of everything; a person says which drive is a copy, if one is; then whoever has a drive looks at
    /// all of it.
    private void lookAtDrives() {
        if (drives.isEmpty()) {
            return;
        }
        for (Drive drive : drives) {
            drive.giveUpScan();
            if (!fleet.devices.contains(drive.holder)) {
                drive.move(fleet.devices.getFirst());
            }
        }
        converge(fleet::coversTheSame);
        drives.forEach(this::getBack);
        Drive last = drives.getLast();
        if (last.isTwofold()) {
            Drive copy = drives.get(world.draw(drives.size()));
            copy.sentence(fleet.any());
            converge(fleet::coversTheSame);
            drives.forEach(Drive::part);
            converge(fleet::coversTheSame);
        }
        for (Drive drive : drives) {
            drive.claim();
            while (drive.scanOn()) {
                world.time().pass(1);
            }
            while (drive.readContents(READ_AT_ONCE)) {
                world.time().pass(1);
            }
        }
    }

    /// A holder that lost its library gets back what it had of the drive, if anybody has a cut of that; if nobody has
    /// one, the drive is plugged in elsewhere.
    private void getBack(Drive drive) {
        if (!isLacking(drive)) {
            return;
        }
        if (fleet.isServed(drive.volume.value()) && !converge(() -> !isLacking(drive))) {
            world.findings().add("LACKING", drive.holder + " does not get back what it had of "
                    + Wording.of(drive.volume.value()));
        }
        Device holder = drive.holder;
        if (isLacking(drive)) {
            fleet.devices.stream().filter(device -> device != holder).findFirst().ifPresent(drive::move);
        }
    }

    private static boolean isLacking(Drive drive) {
        return drive.holder.run(drive::isLacking);
    }

    private boolean converge(BooleanSupplier isDone) {
        for (int round = 0; round < ROUNDS && world.findings().isEmpty(); round++) {
            fleet.meet();
            if (isDone.getAsBoolean()) {
                return true;
            }
            world.time().pass(BREATH_MILLIS);
            fleet.hangUpAll();
        }
        return false;
    }

    private void stuck() {
        var vectors = new TreeMap<String, String>();
        fleet.devices.forEach(device -> vectors.put(device.name, Wording.of(device.store().content().vector())));
        boolean vectorsMeet = vectors.values().stream().distinct().count() == 1;
        if (vectorsMeet) {
            judge();
        }
        world.findings().add(vectorsMeet ? "DIFFER" : "STUCK", vectors.toString() + fleet.devices.stream()
                .map(device -> device + "=" + device.store().hash()).toList());
    }

    private void judge() {
        VersionVector covered = fleet.devices.getFirst().store().content().vector();
        SortedMap<Dot, Event> live = world.oracle().live(covered);
        Map<String, Stamp> greatest = clocksWereRight ? world.oracle().greatestEver(covered) : Map.of();
        Map<UUID, Claim> winning = Oracle.claims(live.values());
        SortedMap<UUID, List<String>> owned = null;
        for (Device device : fleet.devices) {
            MemoryContent content = device.store().content();
            dots(device, content, live);
            shown(device, content, live);
            fields(device, content, greatest);
            claims(device, content, winning);
            world.oracle().demand(device, covered);
            if (owned != null && !owned.equals(content.owned())) {
                world.findings().add("OWNED", device + " holds other rows: " + content.owned() + " not " + owned);
            }
            owned = content.owned();
            if (device.store().log().bytes() > LOG_BYTES_MAX) {
                world.findings().add("LOG", device + "'s log has " + device.store().log().bytes() + " bytes");
            }
        }
        if (world.oracle().hadRace()) {
            world.happened(Happening.CLAIM_RACE);
        }
        drives.forEach(this::judge);
    }

    /// However many devices claimed at once, everybody has every stream stand on the same claim, and it is the one that
    /// wins by epoch and then by stamp.
    private void claims(Device device, MemoryContent content, Map<UUID, Claim> winning) {
        var held = new TreeMap<UUID, Claim>();
        content.streams().forEach(one -> held.put(one.claim().subject(), one.claim()));
        if (!held.equals(winning)) {
            world.findings().add("CLAIM", device + " stands on " + held + ", not " + winning);
        }
    }

    private void dots(Device device, MemoryContent content, SortedMap<Dot, Event> live) {
        content.live().forEach((dot, held) -> {
            Event event = live.get(dot);
            if (event == null) {
                world.findings().add("RESURRECTED", device + " has " + Wording.of(dot) + " of " + held.model() + " "
                        + Wording.of(held.record()));
            } else if (!event.snapshot().equals(Optional.of(held.snapshot())) || !event.model().equals(held.model())
                    || !event.record().equals(held.record())) {
                world.findings().add("CONTENT", device + " has something else at " + Wording.of(dot));
            }
        });
        live.keySet().stream().filter(dot -> !content.live().containsKey(dot)).forEach(dot ->
                world.findings().add("MISSING", device + " has not " + Wording.of(live.get(dot))));
    }

    /// The tables that questions read, against the oracle's live dots.
    private void shown(Device device, MemoryContent content, SortedMap<Dot, Event> live) {
        var records = new TreeMap<String, List<Event>>();
        live.values().forEach(event -> records.computeIfAbsent(event.model() + " " + event.record(),
                _ -> new ArrayList<>()).add(event));
        var expected = new TreeMap<UUID, String>();
        records.values().forEach(events -> {
            SortedMap<String, Register> view = Oracle.view(events.stream()
                    .map(event -> event.snapshot().orElseThrow()).toList());
            Expected.row(events.getFirst().model(), view).ifPresent(row ->
                    expected.put(events.getFirst().record(), row));
            String model = events.getFirst().model();
            if (model.equals(Models.ASSIGNMENT)) {
                required(model, view.get(Models.TAG_REF), Models.TAG, records.keySet());
            } else if (model.equals(Models.COLLECTION_ITEM)) {
                required(model, view.get(Models.COLLECTION_REF), Models.COLLECTION, records.keySet());
            }
        });
        if (!expected.equals(content.shown())) {
            world.findings().add("VIEW", device + " shows " + content.shown() + ", not " + expected);
        }
    }

    /// R9: what a record requires is there.
    private void required(String model, Register key, String target, Set<String> records) {
        if (key.value() instanceof Value.Ref(UUID id) && !records.contains(target + " " + id)) {
            world.findings().add("ORPHAN", "a record of " + model + " of " + Wording.of(id) + ", which is not there");
        }
    }

    private void fields(Device device, MemoryContent content, Map<String, Stamp> greatest) {
        var held = new TreeMap<String, Stamp>();
        content.live().values().forEach(live -> live.snapshot().fields().forEach((field, register) ->
                held.merge(live.model() + " " + live.record() + " " + field, register.stamp(),
                        (one, other) -> one.compareTo(other) >= 0 ? one : other)));
        greatest.forEach((field, stamp) -> {
            if (!stamp.equals(held.get(field))) {
                world.findings().add("FIELD", device + " lost the newest " + field);
            }
        });
    }

    /// Whoever holds the drive has looked at all of it, so its rows are what is on it.
    private void judge(Drive plugged) {
        if (isLacking(plugged)) {
            return; // the holder is the only one left, and nobody has a cut for it
        }
        plugged.kept.ifPresent(kept -> kept.judge(world));
        Device holder = plugged.holder;
        MemoryContent content = holder.store().content();
        boolean own = content.streams().stream().filter(held -> held.claim().subject()
                .equals(plugged.volume.value())).allMatch(Holding::own);
        var rows = new TreeMap<String, String>();
        content.owned().getOrDefault(plugged.volume.value(), List.of())
                .forEach(row -> Expected.file(row, rows));
        if (!own || !Expected.isOf(rows, plugged.files())) {
            world.findings().add("DRIVE", holder + " has " + rows + " of a drive with " + plugged.files() + " own="
                    + own);
        }
    }
}

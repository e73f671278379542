package app.holdfast.core.simulation;

import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Claim;
import app.holdfast.core.change.ClaimValue;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.MalformedChange;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.HybridClock;
import app.holdfast.core.model.DeviceId;
import java.util.ArrayList;
import java.util.Collection;
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

/// The naive model that the engine is compared with: it sees every operation of every device at the moment of its
/// commit, keeps them all for ever, and works out what is live by going through them (I2). Nothing in it is shared with
/// the engine but the values.
final class Oracle {

    private static final Comparator<Claim> BY_EPOCH = Comparator.comparing(Claim::epoch)
            .thenComparing(Claim::stamp);

    private final Findings findings;
    private final SortedMap<Dot, Event> events = new TreeMap<>();
    private final Map<Author, Stamp> newest = new HashMap<>();
    /// What was acknowledged to a person and may not be lost, by device and incarnation.
    private final Map<String, Map<Author, Long>> acknowledged = new HashMap<>();

    private final List<Group> heard = new ArrayList<>();

    Oracle(Findings findings) {
        this.findings = findings;
    }

    /// A device committed these groups: its own, or admitted ones.
    void committed(Device device, List<Group> groups) {
        heard.addAll(groups);
        for (Group group : groups) {
            boolean fresh = false;
            for (Event event : group.events()) {
                Event known = events.putIfAbsent(event.dot(), event);
                if (known == null) {
                    fresh = true;
                    written(device, event);
                } else if (!known.equals(event)) {
                    findings.add("TWICE", device + " has another event " + Wording.of(event) + " than "
                            + Wording.of(known));
                }
            }
            if (fresh) {
                acknowledged.computeIfAbsent(device.name, _ -> new TreeMap<>())
                        .merge(group.author(), group.last(), Math::max);
            }
        }
    }

    /// What is committed while this happens.
    List<Group> listen(Runnable happens) {
        heard.clear();
        happens.run();
        return List.copyOf(heard);
    }

    /// Takes over a group that was written before the run began.
    void knows(byte[] group) {
        try {
            ChangeCodec.decodeGroup(group).events().forEach(event -> events.put(event.dot(), event));
        } catch (MalformedChange e) {
            throw new IllegalStateException(e);
        }
    }

    /// R1, R8: clocks do not run backwards, and what replaces something is newer than all of it.
    private void written(Device device, Event event) {
        if (event.snapshot().isEmpty()) {
            return;
        }
        for (Register register : event.snapshot().get().fields().values()) {
            if (!register.stamp().dot().equals(event.dot())) {
                continue;
            }
            Stamp before = newest.put(event.dot().author(), register.stamp());
            if (before != null && !before.dot().equals(event.dot()) && before.compareTo(register.stamp()) >= 0) {
                findings.add("BACKWARDS", device + " stamps " + Wording.of(event) + " below its event before");
            }
            long repairedFrom = device.clock.nowMillis() + HybridClock.DRIFT_MILLIS_MAX / 2;
            for (Dot seen : event.removes()) {
                Event removed = events.get(seen);
                if (removed != null && removed.snapshot().isPresent() && removed.snapshot().get().fields().values()
                        .stream().map(Register::stamp).anyMatch(old -> old.compareTo(register.stamp()) >= 0
                        && old.hlc().millis() <= repairedFrom)) {
                    findings.add("BELOW", device + " writes " + Wording.of(event) + " below what it saw, "
                            + Wording.of(removed));
                }
            }
        }
    }

    Map<Author, Long> acknowledgedBy(Device device) {
        return new TreeMap<>(acknowledged.getOrDefault(device.name, Map.of()));
    }

    /// The person went back to a backup: what came after it on that device is given up, unless others have it.
    void restored(Device device, Map<Author, Long> at) {
        acknowledged.put(device.name, new TreeMap<>(at));
    }

    /// The device moved into another library under a new name; what it wrote under the old one is written again.
    void joined(Device device, Author under) {
        acknowledged.getOrDefault(device.name, new TreeMap<>()).keySet().removeIf(author -> !author.equals(under));
    }

    /// The live dots of whoever covers this: written by covered events, removed by none of them.
    SortedMap<Dot, Event> live(VersionVector covered) {
        var live = new TreeMap<Dot, Event>();
        Set<Dot> removed = new TreeSet<>();
        covered.sequences().forEach((author, last) -> {
            for (long sequence = 1; sequence <= last; sequence++) {
                Event event = events.get(new Dot(author, sequence));
                if (event == null) {
                    findings.add("UNKNOWN", "nobody wrote " + Wording.of(new Dot(author, sequence)));
                    continue;
                }
                event.snapshot().ifPresent(_ -> live.put(event.dot(), event));
                removed.addAll(event.removes());
            }
        });
        live.keySet().removeAll(removed);
        return live;
    }

    /// Of every field the greatest stamp that any covered event gave it, for records that no covered event deleted
    /// (P6). Claims go by epoch and are left out.
    Map<String, Stamp> greatestEver(VersionVector covered) {
        var greatest = new TreeMap<String, Stamp>();
        var deleted = new TreeSet<String>();
        for (Event event : events.values()) {
            if (!covered.covers(event.dot()) || event.model().equals(Models.CLAIM)) {
                continue;
            }
            String record = event.model() + " " + event.record() + " ";
            if (event.snapshot().isEmpty()) {
                deleted.add(record);
            } else {
                event.snapshot().get().fields().forEach((field, register) ->
                        greatest.merge(record + field, register.stamp(), Oracle::later));
            }
        }
        greatest.keySet().removeIf(field -> deleted.stream().anyMatch(field::startsWith));
        return greatest;
    }

    /// What one record shows: of every field the register with the greatest stamp (R2).
    static SortedMap<String, Register> view(List<Snapshot> live) {
        var view = new TreeMap<String, Register>();
        live.forEach(snapshot -> snapshot.fields().forEach((field, register) -> view.merge(field, register,
                (one, other) -> one.stamp().compareTo(other.stamp()) >= 0 ? one : other)));
        return view;
    }

    /// Of every subject the claim that wins.
    static Map<UUID, Claim> claims(Collection<Event> live) {
        var winning = new TreeMap<UUID, Claim>();
        live.forEach(event -> claim(event).ifPresent(claim -> winning.merge(claim.subject(), claim, (one, other) ->
                BY_EPOCH.compare(one, other) >= 0 ? one : other)));
        return winning;
    }

    private static Optional<Claim> claim(Event event) {
        return event.model().equals(Models.CLAIM)
                ? event.snapshot().flatMap(snapshot -> ClaimValue.read(event.record(),
                        snapshot.fields().get(Models.CLAIM_FIELD)))
                : Optional.empty();
    }

    /// Whether two devices ever claimed a subject without having heard of each other.
    boolean hadRace() {
        var owners = new HashMap<String, DeviceId>();
        return events.values().stream().flatMap(event -> claim(event).stream()).anyMatch(claim -> {
            DeviceId other = owners.putIfAbsent(claim.subject() + " " + claim.epoch(), claim.owner());
            return other != null && !other.equals(claim.owner());
        });
    }

    /// Whether nobody but this device claimed the subject later than by this claim.
    boolean isOnlyClaimedBy(DeviceId owner, Claim since) {
        return events.values().stream().flatMap(event -> claim(event).stream())
                .filter(claim -> claim.subject().equals(since.subject()) && BY_EPOCH.compare(claim, since) > 0)
                .allMatch(claim -> claim.owner().equals(owner));
    }

    private static Stamp later(Stamp one, Stamp other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /// What was acknowledged by this device and is not covered.
    void demand(Device device, VersionVector covered) {
        acknowledgedBy(device).forEach((author, last) -> {
            if (covered.of(author) < last) {
                findings.add("LOST", device + " acknowledged " + Wording.of(author) + "." + last + ", of which only "
                        + covered.of(author) + " is there");
            }
        });
    }
}

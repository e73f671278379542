package app.holdfast.core.store;

import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Merge;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/// Shared records within one transaction: local writes (R1) and groups of others (R3). What reconciliation brings is
/// [Staging]'s.
///
/// Confined to the writer. Local writes of a job become groups when it ends, ancestors' touches last (R6, R9).
public final class SharedRecords {

    /// Ancestors that one more event may touch.
    private static final int TOUCHES_AHEAD = 64;

    private final LiveDots dots;
    private final MergedViews views;
    private final WriterState state;
    private final List<Event> written = new ArrayList<>();
    /// What those hold, in its one byte form.
    private final List<Optional<byte[]>> snapshots = new ArrayList<>();
    private final Set<Key> touched = new LinkedHashSet<>();
    private final List<EncodedGroup> toLog = new ArrayList<>();
    private boolean changed;
    private boolean isGathering;

    private record Key(String model, UUID record) {}

    SharedRecords(LiveDots dots, MergedViews views, WriterState state) {
        this.dots = dots;
        this.views = views;
        this.state = state;
    }

    /// What is covered, own writes of this job that are not in a group yet left out.
    public VersionVector vector() {
        return dots.vector();
    }

    /// @return the record as everyone sees it who covers what we cover; empty when it is not live
    public Optional<Snapshot> merged(String model, UUID record) {
        SortedMap<Dot, Snapshot> live = dots.of(model, record);
        return live.isEmpty() ? Optional.empty() : Optional.of(Merge.view(state.models().model(model), live));
    }

    public List<UUID> recordsOf(String model) {
        return dots.recordsOf(model);
    }

    /// Writes these fields and keeps the rest; makes the record when it is not live (R1).
    ///
    /// @throws IllegalArgumentException when the record would not fit in a snapshot
    public void edit(String model, UUID record, Map<String, Value> fields) {
        makeRoom();
        writeEdit(model, record, fields);
    }

    private void writeEdit(String model, UUID record, Map<String, Value> fields) {
        SortedMap<Dot, Snapshot> live = dots.of(model, record);
        edit(model, record, live, live.keySet(), fields);
    }

    /// Has what is written and admitted from here on go in together, by [#writeGathered] or at the end of the job: for
    /// a command about many records, or a message of many groups (ADR 238). Until then it is seen by what reads records
    /// here and by no other reading of the tables.
    public void gather() {
        isGathering = true;
        dots.gather();
        views.gather();
    }

    public void writeGathered() {
        if (isGathering) {
            isGathering = false;
            dots.write();
            views.write();
        }
    }

    /// No event names one that is known to have been given twice, nor says that it was seen: it means something else to
    /// others. Here it is let go of all the same, there once the names are closed (ADR 230).
    ///
    /// @param live  what the record is made of
    /// @param names the record's live dots here
    private void edit(String model, UUID record, SortedMap<Dot, Snapshot> live, Set<Dot> names,
            Map<String, Value> fields) {
        SortedSet<Dot> here = new TreeSet<>(names);
        Dot dot = next();
        Stamp stamp = new Stamp(state.clock().tick(), dot.sequence());
        Snapshot edited = Merge.edited(state.models().model(model), live, fields, stamp);
        SortedSet<Dot> removed = new TreeSet<>(live.keySet());
        Map<Author, Long> once = state.forks().givenOnce();
        if (!once.isEmpty()) {
            edited = new Snapshot(edited.fields(), edited.seen().atMost(once));
            removed.removeIf(name -> name.sequence() > once.getOrDefault(name.author(), Long.MAX_VALUE));
            here.stream().filter(live::containsKey).filter(name -> !removed.contains(name))
                    .forEach(name -> dots.remove(record, name));
            here.removeIf(name -> live.containsKey(name) && !removed.contains(name));
        }
        if (state.stage().lacks()) { // what others have under such a name may be more than what is known here
            removed.removeIf(dots::isLost);
        }
        write(new Event(dot, model, record, removed, Optional.of(edited)), here);
    }

    /// Writes down under a name of its own what another device has under a name that means something else here.
    /// Claims are not: whoever owns what is claimed will claim it anew.
    void adopt(LiveRecord theirs) {
        if (!theirs.model().equals(Models.CLAIM)) {
            SortedMap<Dot, Snapshot> live = dots.of(theirs.model(), theirs.record());
            live.put(theirs.dot(), theirs.snapshot());
            stamps(theirs.snapshot()).map(Stamp::hlc).forEach(state.clock()::observe);
            Map<String, Value> values = new HashMap<>();
            Merge.view(state.models().model(theirs.model()), live).fields().forEach((field, register) ->
                    values.put(field, register.value()));
            edit(theirs.model(), theirs.record(), live, dots.namesOf(theirs.model(), theirs.record()), values);
        }
    }

    /// Deletes the record as seen here; nothing happens when it is not live.
    public void delete(String model, UUID record) {
        SortedMap<Dot, Snapshot> live = dots.of(model, record);
        if (!live.isEmpty()) {
            makeRoom();
            touched.remove(new Key(model, record));
            SortedSet<Dot> names = new TreeSet<>(live.keySet());
            write(new Event(next(), model, record, names, Optional.empty()), new TreeSet<>(names));
        }
    }

    /// Has the record survive a delete that did not see what now needs it (R9). At most once for each record of a
    /// job, at its end.
    public void touch(String model, UUID record) {
        touched.add(new Key(model, record));
    }

    /// The name of the next event that this job writes.
    Dot nextDot() {
        makeRoom();
        return next();
    }

    private Dot next() {
        long last = written.isEmpty() ? dots.covered(state.author()) : written.getLast().dot().sequence();
        return new Dot(state.author(), last + 1);
    }

    private void write(Event event, SortedSet<Dot> live) {
        Optional<byte[]> snapshot = event.snapshot().map(ChangeCodec::encode);
        written.add(event);
        snapshots.add(snapshot);
        apply(event, snapshot, live);
    }

    /// @param live the record's live dots; those that stay are left in it
    private void apply(Event event, Optional<byte[]> snapshot, SortedSet<Dot> live) {
        for (Dot removed : event.removes()) {
            if (live.remove(removed)) {
                dots.remove(event.record(), removed);
            }
        }
        snapshot.ifPresent(bytes -> dots.add(event.dot(), event.model(), event.record(), bytes));
        boolean isOnlyOne = live.isEmpty();
        views.refresh(event.model(), event.record(), isOnlyOne ? alone(event)
                : dots.of(event.model(), event.record()));
        changed = true;
    }

    private static SortedMap<Dot, Snapshot> alone(Event event) {
        var live = new TreeMap<Dot, Snapshot>();
        event.snapshot().ifPresent(snapshot -> live.put(event.dot(), snapshot));
        return live;
    }

    /// Has the view of a record follow its live dots.
    void refresh(String model, UUID record) {
        views.refresh(model, record, dots.of(model, record));
        changed = true;
    }

    /// Applies a group of another author, or says why not. All or nothing.
    public Admission admit(EncodedGroup encoded) {
        Group group = encoded.group();
        long covered = dots.covered(group.author());
        if (group.last() <= covered) {
            return new Admission.Duplicate();
        }
        if (group.first() != covered + 1) {
            return new Admission.NotYet();
        }
        Optional<Hlc> newest = group.events().stream().flatMap(event -> event.snapshot().stream())
                .flatMap(SharedRecords::stamps).map(Stamp::hlc).max(Hlc::compareTo);
        if (newest.isPresent() && !state.clock().accepts(newest.get())) {
            return new Admission.Quarantined(state.clock().aheadMillis(newest.get()));
        }
        if (!removesOnlyWhatIsCovered(group)) {
            return new Admission.NotYet();
        }
        boolean isAlone = !isGathering;
        if (isAlone) {
            gather();
        }
        for (int i = 0; i < group.events().size(); i++) {
            Event event = group.events().get(i);
            apply(event, encoded.snapshots().get(i), dots.namesOf(event.model(), event.record()));
        }
        if (isAlone) {
            writeGathered();
        }
        newest.ifPresent(state.clock()::observe);
        finishGroup(encoded);
        return new Admission.Admitted();
    }

    private boolean removesOnlyWhatIsCovered(Group group) {
        VersionVector vector = dots.vector();
        for (Event event : group.events()) {
            for (Dot removed : event.removes()) {
                boolean earlierInGroup = removed.author().equals(group.author())
                        && removed.sequence() >= group.first() && removed.compareTo(event.dot()) < 0;
                if (!vector.covers(removed) && !earlierInGroup) {
                    return false;
                }
            }
        }
        return true;
    }

    static Stream<Stamp> stamps(Snapshot snapshot) {
        return snapshot.fields().values().stream().flatMap(register -> Stream.concat(Stream.of(register.stamp()),
                register.losers().stream().map(Register.Loser::stamp)));
    }

    private void finishGroup(EncodedGroup group) {
        dots.cover(group);
        toLog.add(group);
    }

    /// Ends the group when another event and what it has touched might not fit in. Never between an event and its
    /// touches: a group that has one has the others (R6, R9).
    private void makeRoom() {
        if (written.size() + touched.size() + TOUCHES_AHEAD >= Group.EVENTS_MAX) {
            endGroup();
            if (isGathering) {
                writeGathered();
                gather();
            }
        }
    }

    /// Puts what this job wrote into a group, what it touched at its end. To be called at the end of the job.
    void finish() {
        endGroup();
        writeGathered();
    }

    private void endGroup() {
        touched.stream().sorted(Comparator.comparing(Key::model, state.models().dependantsFirst())).toList()
                .forEach(key -> {
                    if (!dots.of(key.model, key.record).isEmpty()) {
                        writeEdit(key.model, key.record, Map.of());
                    }
                });
        if (!written.isEmpty()) {
            finishGroup(EncodedGroup.of(new Group(written), snapshots));
        }
        written.clear();
        snapshots.clear();
        touched.clear();
    }

    List<EncodedGroup> toLog() {
        return toLog;
    }

    boolean anyChanged() {
        return changed;
    }

    /// The vector's heads, where they are known (R7).
    public SortedMap<Author, Long> heads() {
        return dots.heads();
    }

    /// The fingerprint of all that is live now.
    public Fingerprint fingerprint() {
        return dots.views().total();
    }

    /// Whether that was read from what is stored, and not only kept up from what was.
    public boolean isSummed() {
        return dots.views().isSummed();
    }

    /// Reads some more of what is live for it.
    ///
    /// @param names how many live dots at once
    /// @return whether that were the last ones
    public boolean sumAfresh(int names) {
        return dots.views().sumAfresh(names);
    }

    /// What a dot holds, for a peer that wants it; empty when it is not live any more, or lost.
    public Optional<LiveRecord> content(Dot dot) {
        return dots.at(dot).filter(_ -> !state.stage().lacks() || !dots.isLost(dot)).map(live ->
                new LiveRecord(live.dot(), live.model(), live.record(), live.snapshot(), live.bytes().length));
    }

    /// One live dot with what it holds.
    ///
    /// @param bytes the snapshot's size
    public record LiveRecord(Dot dot, String model, UUID record, Snapshot snapshot, int bytes) {}
}

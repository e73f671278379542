package app.holdfast.core.change;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// Reads what [GroupWriter] writes. It checks ranges and counts; whether the input was in the one form is checked by
/// [ChangeCodec], which writes the result again with the same keys.
///
/// Confined to one call of [ChangeCodec].
final class GroupReader {

    private final CborReader in;
    private final List<Author> authors = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, NaturalKey> keys = new HashMap<>();
    private final List<UUID> ids = new ArrayList<>();
    private final List<Stamp> stamps = new ArrayList<>();
    private final List<LaneReader> lanes = new ArrayList<>();
    private final Author author;
    private final long first;
    private final int count;
    private final LaneReader shape;
    private final LaneReader newIds;
    private final LaneReader records;
    private final LaneReader removed;
    private final LaneReader sequences;
    private final LaneReader millis;
    private final LaneReader counters;
    private final LaneReader seen;
    private final LaneReader valueLane;
    private final CborReader values;
    private long ownMillis;
    private long ownCounter;

    GroupReader(byte[] input) throws CborException {
        this.in = new CborReader(input);
        int start = in.offset();
        int items = in.array();
        int form = in.offset();
        if (in.unsigned(Long.MAX_VALUE) != GroupWriter.FORM) {
            throw new CborException(form, "a layout that this version does not know");
        }
        readTables();
        this.author = pick(authors, in.unsigned(Long.MAX_VALUE), in.offset());
        int counts = in.offset();
        this.first = in.unsigned(Long.MAX_VALUE);
        this.count = (int) in.unsigned(Group.EVENTS_MAX);
        if (count == 0 || first == 0 || first > Long.MAX_VALUE - count) {
            throw new CborException(counts, "a group of " + count + " events from sequence " + first);
        }
        if (items != GroupWriter.HEAD_ITEMS + GroupWriter.LANES + names.size()) {
            throw new CborException(start, "an array of " + items + " for " + names.size() + " names");
        }
        for (int i = 0; i < GroupWriter.LANES + names.size(); i++) {
            lanes.add(new LaneReader(input, in));
        }
        in.end();
        shape = lanes.get(0);
        newIds = lanes.get(1);
        records = lanes.get(2);
        removed = lanes.get(3);
        sequences = lanes.get(4);
        millis = lanes.get(5);
        counters = lanes.get(6);
        seen = lanes.get(7);
        valueLane = lanes.get(8);
        values = valueLane.items();
    }

    /// How the records are named whose ids did not travel.
    Map<String, NaturalKey> keys() {
        return keys;
    }

    Group group() throws CborException {
        var events = new ArrayList<Event>(count);
        for (int i = 0; i < count; i++) {
            events.add(event(new Dot(author, first + i)));
        }
        values.end();
        for (LaneReader lane : lanes) {
            if (!lane.equals(valueLane)) {
                lane.end();
            }
        }
        return new Group(events);
    }

    private void readTables() throws CborException {
        for (int left = in.array(); left > 0; left--) {
            authors.add(new Author(in.id()));
        }
        for (int left = in.array(); left > 0; left--) {
            names.add(in.text());
        }
        for (int left = in.array(); left > 0; left--) {
            int start = in.offset();
            int fields = in.array() - 1;
            if (fields < 1 || fields > NaturalKey.FIELDS_MAX) {
                throw new CborException(start, "a key of " + fields + " fields");
            }
            String model = pick(names, in.unsigned(Long.MAX_VALUE), start);
            var key = new ArrayList<String>();
            for (int i = 0; i < fields; i++) {
                key.add(pick(names, in.unsigned(Long.MAX_VALUE), start));
            }
            keys.put(model, new NaturalKey(model, key));
        }
    }

    private Event event(Dot dot) throws CborException {
        int start = shape.offset();
        long head = shape.number();
        String model = pick(names, head >>> 2, start);
        boolean isDerived = (head & 2) != 0;
        UUID given = isDerived ? GroupWriter.NO_ID : ref(records);
        var removes = new TreeSet<Dot>();
        long before = dot.sequence();
        for (long left = shape.upTo(Integer.MAX_VALUE); left > 0; left--) {
            Author of = author();
            boolean isOfGroup = of.equals(author);
            long sequence = sequence(removed, isOfGroup ? dot.sequence() - removed.signed() : removed.number());
            removes.add(new Dot(of, sequence));
            before = isOfGroup ? sequence : before;
        }
        Optional<Snapshot> snapshot = (head & 1) != 0 ? Optional.of(contents(dot.sequence(), before))
                : Optional.empty();
        return new Event(dot, model, isDerived ? derived(model, snapshot, start) : given, removes, snapshot);
    }

    private UUID derived(String model, Optional<Snapshot> snapshot, int start) throws CborException {
        NaturalKey key = keys.get(model);
        Optional<UUID> id = key == null ? Optional.empty() : snapshot.flatMap(held -> key.idOf(held.fields()));
        if (id.isEmpty()) {
            throw new CborException(start, "a record without an id, and without what it would follow from");
        }
        return id.get();
    }

    private Snapshot contents(long own, long before) throws CborException {
        long head = shape.number();
        var fields = new TreeMap<String, Register>();
        for (long left = head >>> 1; left > 0; left--) {
            int start = shape.offset();
            long field = shape.number();
            String name = pick(names, field >>> 2, start);
            int place = (int) (field >>> 2);
            Value value = value((field & 2) != 0, place);
            Stamp stamp = stamp(own, before);
            fields.put(name, new Register(value, stamp,
                    (field & 1) == 0 ? List.of() : losers(place, own, before)));
        }
        var seenOf = new TreeMap<Author, Long>();
        for (long left = (head & 1) == 0 ? 0 : shape.upTo(Integer.MAX_VALUE); left > 0; left--) {
            seenOf.put(author(), sequence(seen, seen.number()));
        }
        return new Snapshot(fields, seenOf.isEmpty() ? VersionVector.EMPTY : new VersionVector(seenOf));
    }

    private List<Register.Loser> losers(int place, long own, long before) throws CborException {
        var losers = new ArrayList<Register.Loser>();
        for (long left = shape.upTo(Register.LOSERS_MAX); left > 0; left--) {
            Value value = value(shape.upTo(1) != 0, place);
            losers.add(new Register.Loser(value, stamp(own, before)));
        }
        return losers;
    }

    private Value value(boolean isRef, int place) throws CborException {
        return isRef ? new Value.Ref(ref(lanes.get(GroupWriter.LANES + place))) : ValueCodec.read(values);
    }

    private UUID ref(LaneReader lane) throws CborException {
        int start = lane.offset();
        long known = lane.number();
        if (known != 0) {
            return pick(ids, known - 1, start);
        }
        UUID fresh = newIds.id(ids.isEmpty() ? GroupWriter.NO_ID : ids.getLast());
        ids.add(fresh);
        return fresh;
    }

    private Stamp stamp(long own, long before) throws CborException {
        int start = shape.offset();
        long known = shape.number();
        if (known != 0) {
            return pick(stamps, stamps.size() - known, start);
        }
        start = millis.offset();
        long by = shape.number();
        Stamp fresh;
        if (by == 0) {
            ownMillis += millis.signed();
            ownCounter += counters.signed();
            fresh = new Stamp(hlc(ownMillis, ownCounter, author, start), own);
        } else {
            Author of = pick(authors, by - 1, start);
            long given = sequences.signed();
            long sequence = sequence(sequences, of.equals(author) ? before - given : given);
            fresh = new Stamp(hlc(ownMillis - millis.signed(), counters.number(), of, start), sequence);
        }
        stamps.add(fresh);
        return fresh;
    }

    private static Hlc hlc(long millis, long counter, Author author, int start) throws CborException {
        if (millis < 0 || millis > Hlc.MILLIS_MAX || counter < 0 || counter > Hlc.COUNTER_MAX) {
            throw new CborException(start, "a clock reading of " + millis + "." + counter);
        }
        return new Hlc(millis, (int) counter, author);
    }

    private Author author() throws CborException {
        int start = shape.offset();
        return pick(authors, shape.number(), start);
    }

    private static long sequence(LaneReader lane, long sequence) throws CborException {
        if (sequence < 1) {
            throw new CborException(lane.offset(), "sequence " + sequence);
        }
        return sequence;
    }

    private static <T> T pick(List<T> table, long position, int start) throws CborException {
        if (position < 0 || position >= table.size()) {
            throw new CborException(start, "entry " + Long.toUnsignedString(position) + " of a table of "
                    + table.size());
        }
        return table.get((int) position);
    }
}

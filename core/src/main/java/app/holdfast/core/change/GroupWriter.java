package app.holdfast.core.change;

import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// Writes one group in lanes, each with what is alike of all events (`docs/protocol/frames.md`, section 4.3; ADR 94).
/// What follows from something else does not travel: the id of a record that is named by its values, the sequence of
/// an event's own stamps.
///
/// Confined to one call of [ChangeCodec].
final class GroupWriter {

    /// First item of the array.
    static final int FORM = 2;
    /// Items before the lanes, lanes that are always there.
    static final int HEAD_ITEMS = 7;
    static final int LANES = 9;
    static final UUID NO_ID = new UUID(0, 0);

    private final Group group;
    private final List<NaturalKey> keys = new ArrayList<>();
    private final boolean[] derived;
    private final SortedMap<Author, Integer> authors = new TreeMap<>();
    private final SortedMap<String, Integer> names = new TreeMap<>();
    private final Map<UUID, Integer> ids = new HashMap<>();
    private final Map<Stamp, Integer> stamps = new HashMap<>();
    private final Lane shape = new Lane();
    private final Lane newIds = new Lane();
    private final Lane records = new Lane();
    private final Lane removed = new Lane();
    private final Lane sequences = new Lane();
    private final Lane millis = new Lane();
    private final Lane counters = new Lane();
    private final Lane seen = new Lane();
    private final CborWriter values = new CborWriter();
    private final List<Lane> refs = new ArrayList<>();
    private UUID lastId = NO_ID;
    private long ownMillis;
    private int ownCounter;

    private GroupWriter(Group group) {
        this.group = group;
        this.derived = new boolean[group.events().size()];
    }

    /// @param known keys by model; those that no event is named by are left out
    static byte[] write(Group group, Map<String, NaturalKey> known) {
        var writer = new GroupWriter(group);
        writer.note(known);
        for (int i = 0; i < writer.names.size(); i++) {
            writer.refs.add(new Lane());
        }
        for (int i = 0; i < group.events().size(); i++) {
            writer.event(group.events().get(i), writer.derived[i]);
        }
        return writer.toBytes();
    }

    private void note(Map<String, NaturalKey> known) {
        var used = new TreeMap<String, NaturalKey>();
        authors.put(group.author(), 0);
        for (int i = 0; i < derived.length; i++) {
            Event event = group.events().get(i);
            names.put(event.model(), 0);
            event.removes().forEach(dot -> authors.put(dot.author(), 0));
            event.snapshot().ifPresent(this::note);
            NaturalKey key = known.get(event.model());
            derived[i] = key != null && event.snapshot().flatMap(held -> key.idOf(held.fields()))
                    .filter(event.record()::equals).isPresent();
            if (key != null && derived[i]) {
                used.put(event.model(), key);
            }
        }
        keys.addAll(used.values());
        number(authors);
        number(names);
    }

    private void note(Snapshot snapshot) {
        snapshot.fields().forEach((name, register) -> {
            names.put(name, 0);
            authors.put(register.stamp().hlc().author(), 0);
            register.losers().forEach(loser -> authors.put(loser.stamp().hlc().author(), 0));
        });
        snapshot.seen().sequences().keySet().forEach(author -> authors.put(author, 0));
    }

    private static <T> void number(Map<T, Integer> table) {
        int position = 0;
        for (Map.Entry<T, Integer> entry : table.entrySet()) {
            entry.setValue(position++);
        }
    }

    private static <T> int position(Map<T, Integer> table, T entry) {
        return Objects.requireNonNull(table.get(entry));
    }

    private byte[] toBytes() {
        CborWriter out = new CborWriter();
        out.array(HEAD_ITEMS + LANES + names.size()).whole(FORM);
        out.array(authors.size());
        authors.keySet().forEach(author -> out.id(author.value()));
        out.array(names.size());
        names.keySet().forEach(out::text);
        out.array(keys.size());
        for (NaturalKey key : keys) {
            out.array(1 + key.fields().size()).unsigned(position(names, key.model()));
            key.fields().forEach(field -> out.unsigned(position(names, field)));
        }
        out.unsigned(position(authors, group.author())).unsigned(sequence(group.first()));
        out.unsigned(group.events().size());
        for (Lane lane : List.of(shape, newIds, records, removed, sequences, millis, counters, seen)) {
            out.bytes(lane.toBytes());
        }
        out.bytes(values.toBytes());
        refs.forEach(lane -> out.bytes(lane.toBytes()));
        return out.toBytes();
    }

    private void event(Event event, boolean isDerived) {
        int flags = (isDerived ? 2 : 0) | (event.snapshot().isPresent() ? 1 : 0);
        shape.number((long) position(names, event.model()) << 2 | flags);
        if (!isDerived) {
            ref(records, event.record());
        }
        long own = event.dot().sequence();
        long before = own;
        shape.number(event.removes().size());
        for (Dot dot : event.removes()) {
            shape.number(position(authors, dot.author()));
            if (dot.author().equals(group.author())) {
                removed.signed(own - sequence(dot.sequence()));
                before = dot.sequence();
            } else {
                removed.number(sequence(dot.sequence()));
            }
        }
        if (event.snapshot().isPresent()) {
            contents(event.snapshot().get(), own, before);
        }
    }

    /// @param own    the event's sequence
    /// @param before that of the last event of the group's author that it removes, own when there is none
    private void contents(Snapshot snapshot, long own, long before) {
        SortedMap<Author, Long> seenOf = snapshot.seen().sequences();
        shape.number((long) snapshot.fields().size() << 1 | (seenOf.isEmpty() ? 0 : 1));
        snapshot.fields().forEach((name, register) -> {
            int losers = register.losers().size();
            if (losers > Register.LOSERS_MAX) {
                throw new IllegalArgumentException(losers + " losers, at most " + Register.LOSERS_MAX + " are kept");
            }
            int flags = (register.value() instanceof Value.Ref ? 2 : 0) | (losers > 0 ? 1 : 0);
            int field = position(names, name);
            shape.number((long) field << 2 | flags);
            value(register.value(), field);
            stamp(register.stamp(), own, before);
            if (losers > 0) {
                shape.number(losers);
            }
            for (Register.Loser loser : register.losers()) {
                shape.number(loser.value() instanceof Value.Ref ? 1 : 0);
                value(loser.value(), field);
                stamp(loser.stamp(), own, before);
            }
        });
        if (!seenOf.isEmpty()) {
            shape.number(seenOf.size());
            seenOf.forEach((author, sequence) -> {
                shape.number(position(authors, author));
                seen.number(sequence(sequence));
            });
        }
    }

    private void value(Value value, int field) {
        if (value instanceof Value.Ref(UUID id)) {
            ref(refs.get(field), id);
        } else {
            ValueCodec.write(value, values);
        }
    }

    /// 0 for one that has not come up yet, else 1 + its place in the order in which they did.
    private void ref(Lane lane, UUID id) {
        Integer known = ids.putIfAbsent(id, ids.size());
        lane.number(known == null ? 0 : 1L + known);
        if (known == null) {
            newIds.id(id, lastId);
            lastId = id;
        }
    }

    /// 0 for one that has not come up yet, else 1 + how many have since.
    private void stamp(Stamp stamp, long own, long before) {
        Integer known = stamps.putIfAbsent(stamp, stamps.size());
        if (known != null) {
            shape.number(stamps.size() - (long) known);
            return;
        }
        shape.number(0);
        Hlc hlc = stamp.hlc();
        boolean isOfGroup = hlc.author().equals(group.author());
        if (isOfGroup && stamp.sequence() == own) {
            shape.number(0);
            millis.signed(hlc.millis() - ownMillis);
            counters.signed((long) hlc.counter() - ownCounter);
            ownMillis = hlc.millis();
            ownCounter = hlc.counter();
        } else {
            shape.number(1L + position(authors, hlc.author()));
            long sequence = sequence(stamp.sequence());
            sequences.signed(isOfGroup ? before - sequence : sequence);
            millis.signed(ownMillis - hlc.millis());
            counters.number(hlc.counter());
        }
    }

    private static long sequence(long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence " + sequence);
        }
        return sequence;
    }
}

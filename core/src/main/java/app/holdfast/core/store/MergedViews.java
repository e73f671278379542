package app.holdfast.core.store;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.ClaimValue;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Merge;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/// The tables that questions read, made from the live dots of a record whenever those change. A model of an extension
/// has no table and is read from its dots ([RecordQueries]); so are those that this version does not know, which
/// nobody asks for.
final class MergedViews {

    /// All of them; what was known of claims, and the streams that stand on them, is none.
    static final List<String> TABLES = List.of("tag", "assignment", "member", "revoked", "collection",
            "collection_item", "metadata", "metadata_field", "content",
            "conflict");

    private final Prepared sql;
    private final ModelRegistry models;
    private final Claims claims;
    private final Conflicts conflicts;
    private final Set<Topic> topics;
    private final PairRows assignments;
    private final PairRows items;

    /// @param topics where what was touched is noted
    MergedViews(WriterState state, Claims claims, Conflicts conflicts, Set<Topic> topics) {
        this.sql = state.prepared();
        this.models = state.models();
        this.claims = claims;
        this.conflicts = conflicts;
        this.topics = topics;
        this.assignments = new PairRows(sql, Models.ASSIGNMENT, Models.TAG_REF);
        this.items = new PairRows(sql, Models.COLLECTION_ITEM, Models.COLLECTION_REF);
    }

    /// Empties the tables; what was known of claims stays.
    void clear() {
        TABLES.forEach(table -> sql.update("delete from " + table));
        conflicts.forget();
    }

    /// Has rows of pairs wait until [#write], to go in together.
    void gather() {
        assignments.gather();
        items.gather();
    }

    /// Writes what waited.
    void write() {
        assignments.write();
        items.write();
    }

    /// Whether an assignment is shown, or will be once what waits is written.
    boolean isAssigned(UUID assignment) {
        return assignments.has(assignment);
    }

    /// @param live the record's live dots; empty when it is deleted
    void refresh(String model, UUID record, SortedMap<Dot, Snapshot> live) {
        topics.add(Topics.of(model));
        conflicts.refresh(model, record, live);
        byte[] id = Ids.bytes(record);
        switch (model) {
            case Models.TAG -> tag(id, live);
            case Models.ASSIGNMENT -> pair(record, live, Models.ASSIGNMENT, assignments);
            case Models.COLLECTION -> collection(id, live);
            case Models.COLLECTION_ITEM -> pair(record, live, Models.COLLECTION_ITEM, items);
            case Models.METADATA -> metadata(id, live);
            case Models.CONTENT -> content(id, live);
            case Models.MEMBER -> member(id, live);
            case Models.REVOKED -> revoked(id, live);
            case Models.CLAIM -> claim(record, live);
            default -> topics.add(Topic.SYNC);
        }
    }

    private Snapshot view(String model, SortedMap<Dot, Snapshot> live) {
        return Merge.isPlain(live) ? live.values().iterator().next() : Merge.view(models.model(model), live);
    }

    private void tag(byte[] id, SortedMap<Dot, Snapshot> live) {
        if (live.isEmpty()) {
            sql.update("delete from tag where id = ?", id);
            return;
        }
        Snapshot view = view(Models.TAG, live);
        String name = text(view, Models.NAME);
        String color = text(view, Models.COLOR);
        String parentTime = view.register(Models.PARENT).map(Register::stamp).map(MergedViews::sortable).orElse("");
        if (view.value(Models.PARENT) instanceof Value.Ref(UUID parent)) {
            sql.update("insert or replace into tag (id, name, color, parent, parent_time) values (?, ?, ?, ?, ?)",
                    id, name, color, Ids.bytes(parent), parentTime);
        } else {
            sql.update("insert or replace into tag (id, name, color, parent, parent_time) values (?, ?, ?, null, ?)",
                    id, name, color, parentTime);
        }
    }

    /// A subject put to something else.
    private void pair(UUID id, SortedMap<Dot, Snapshot> live, String model, PairRows rows) {
        if (live.isEmpty()) {
            rows.remove(id);
            return;
        }
        Snapshot view = view(model, live);
        String field = model.equals(Models.ASSIGNMENT) ? Models.TAG_REF : Models.COLLECTION_REF;
        if (view.value(field) instanceof Value.Ref(UUID to)
                && view.value(Models.SUBJECT) instanceof Value.Ref(UUID subject)) {
            rows.put(id, to, subject);
        }
    }

    private void collection(byte[] id, SortedMap<Dot, Snapshot> live) {
        if (live.isEmpty()) {
            sql.update("delete from collection where id = ?", id);
        } else {
            sql.update("insert or replace into collection (id, name) values (?, ?)", id,
                    text(view(Models.COLLECTION, live), Models.NAME));
        }
    }

    private void metadata(byte[] id, SortedMap<Dot, Snapshot> live) {
        sql.update("delete from metadata where id = ?", id);
        sql.update("delete from metadata_field where metadata = ?", id);
        if (live.isEmpty()) {
            return;
        }
        Snapshot view = view(Models.METADATA, live);
        if (view.value(Models.SUBJECT) instanceof Value.Ref(UUID subject)) {
            long rating = view.value(Models.RATING) instanceof Value.Whole(long stars) ? stars : 0;
            boolean favorite = view.value(Models.FAVORITE) instanceof Value.Flag(boolean set) && set;
            sql.update("insert into metadata (id, subject, note, rating, favorite) values (?, ?, ?, ?, ?)", id,
                    Ids.bytes(subject), text(view, Models.NOTE), Math.clamp(rating, 0L, (long) Models.RATING_MAX),
                    favorite ? 1L : 0L);
            view.fields().tailMap(Models.CUSTOM).forEach((field, register) -> {
                if (field.startsWith(Models.CUSTOM) && register.value() instanceof Value.Text(String value)) {
                    sql.update("insert into metadata_field (metadata, name, value) values (?, ?, ?)", id,
                            field.substring(Models.CUSTOM.length()), value);
                }
            });
        }
    }

    private void content(byte[] id, SortedMap<Dot, Snapshot> live) {
        sql.update("delete from content where id = ?", id);
        if (live.isEmpty()) {
            return;
        }
        Snapshot view = view(Models.CONTENT, live);
        if (view.value(Models.HASH) instanceof Value.Bytes(byte[] hash)
                && view.value(Models.SIZE) instanceof Value.Whole(long size)) {
            sql.update("insert into content (id, algorithm, hash, size) values (?, ?, ?, ?)", id,
                    text(view, Models.ALGORITHM), hash, size);
        }
    }

    private void member(byte[] id, SortedMap<Dot, Snapshot> live) {
        sql.update("delete from member where id = ?", id);
        if (!live.isEmpty() && view(Models.MEMBER, live).value(Models.KEY) instanceof Value.Bytes(byte[] key)
                && key.length == DeviceId.BYTES) {
            sql.update("insert or ignore into member (id, device) values (?, ?)", id, key);
        }
    }

    private void revoked(byte[] id, SortedMap<Dot, Snapshot> live) {
        if (!live.isEmpty() && view(Models.REVOKED, live).value(Models.KEY) instanceof Value.Bytes(byte[] key)
                && key.length == DeviceId.BYTES) {
            sql.update("insert or ignore into revoked (id, device) values (?, ?)", id, key);
        }
    }

    private void claim(UUID record, SortedMap<Dot, Snapshot> live) {
        topics.add(Topic.SYNC);
        for (Snapshot snapshot : live.values()) {
            snapshot.register(Models.CLAIM_FIELD).flatMap(register -> ClaimValue.read(record, register))
                    .ifPresent(claims::know);
        }
        if (!live.isEmpty()) {
            view(Models.CLAIM, live).register(Models.CLAIM_FIELD)
                    .flatMap(register -> ClaimValue.read(record, register)).ifPresent(claims::standOn);
        }
    }

    private static String text(Snapshot view, String field) {
        return view.value(field) instanceof Value.Text(String text) ? text : "";
    }

    /// A stamp as text that sorts like it.
    static String sortable(Stamp stamp) {
        return String.format(Locale.ROOT, "%012x%04x%s%016x", stamp.hlc().millis(), stamp.hlc().counter(),
                stamp.hlc().author(), stamp.sequence());
    }
}

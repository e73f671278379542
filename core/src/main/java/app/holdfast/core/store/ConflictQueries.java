package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.AUTHOR;
import static app.holdfast.core.store.catalogue.Tables.AUTHOR;
import static app.holdfast.core.store.catalogue.Tables.CLAIM;
import static app.holdfast.core.store.catalogue.Tables.CONFLICT;
import static app.holdfast.core.store.catalogue.Tables.ENTRY;
import static app.holdfast.core.store.catalogue.Tables.SHARED_DOT;
import static app.holdfast.core.store.catalogue.Tables.TAG;

import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Merge;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Questions about values that lost against one that had not seen them.
final class ConflictQueries {

    /// Listed at most; the rest is counted.
    private static final int LISTED_MAX = 1_000;
    private static final int BYTES_SHOWN_MAX = 8;

    private final DSLContext sql;
    private final ModelRegistry models;
    private final Map<DeviceId, String> names;
    private final Map<Author, DeviceId> devices;

    ConflictQueries(DSLContext sql, ModelRegistry models, Map<DeviceId, String> names) {
        this.sql = sql;
        this.models = models;
        this.names = names;
        this.devices = devices(sql);
    }

    static long count(DSLContext sql) {
        Number count = sql.select(DSL.sum(CONFLICT.FIELDS)).from(CONFLICT).fetchSingle().value1();
        return count == null ? 0 : count.longValue();
    }

    /// Who writes, or wrote, under which name: whoever claimed the stream about itself so (R7).
    private static Map<Author, DeviceId> devices(DSLContext sql) {
        Map<Author, DeviceId> devices = new HashMap<>();
        sql.select(AUTHOR.ID, CLAIM.SUBJECT, CLAIM.OWNER).from(CLAIM).join(AUTHOR).on(AUTHOR.KEY.eq(CLAIM.AUTHOR))
                .forEach(row -> {
            DeviceId owner = DeviceId.of(row.value3());
            if (owner.subject().equals(Ids.uuid(row.value2()))) {
                devices.put(new Author(Ids.uuid(row.value1())), owner);
            }
        });
        return devices;
    }

    List<SyncConflict> all() {
        List<SyncConflict> conflicts = new ArrayList<>();
        for (var row : sql.selectFrom(CONFLICT).limit(LISTED_MAX)) {
            UUID record = Ids.uuid(row.getRecord());
            var live = live(row.getModel(), row.getRecord());
            if (!live.isEmpty()) {
                Snapshot view = Merge.view(models.model(row.getModel()), live);
                view.fields().forEach((field, register) -> {
                    if (!register.losers().isEmpty()) {
                        conflicts.add(conflict(new SyncConflict.Field(row.getModel(), record, field), view, register));
                    }
                });
            }
        }
        conflicts.sort(Comparator.comparing((SyncConflict conflict) -> conflict.kept().time()).reversed());
        return conflicts;
    }

    private SortedMap<Dot, Snapshot> live(String model, byte[] record) {
        var live = new TreeMap<Dot, Snapshot>();
        sql.select(AUTHOR.ID, SHARED_DOT.SEQUENCE, SHARED_DOT.SNAPSHOT).from(SHARED_DOT).join(AUTHOR)
                .on(AUTHOR.KEY.eq(SHARED_DOT.AUTHOR)).where(SHARED_DOT.MODEL.eq(model))
                .and(SHARED_DOT.RECORD.eq(record)).forEach(row -> live.put(
                        new Dot(new Author(Ids.uuid(row.value1())), row.value2()), LiveDots.decode(row.value3())));
        return live;
    }

    private SyncConflict conflict(SyncConflict.Field about, Snapshot view, Register register) {
        return new SyncConflict(about, title(view), version(about, register.value(), register.stamp()),
                register.losers().stream().map(lost -> version(about, lost.value(), lost.stamp())).toList());
    }

    private SyncConflict.Version version(SyncConflict.Field about, Value value, Stamp stamp) {
        Optional<DeviceId> device = Optional.ofNullable(devices.get(stamp.hlc().author()));
        return new SyncConflict.Version(Conflicts.id(about, stamp), shown(value), device,
                device.map(id -> names.getOrDefault(id, id.shortHex())), Instant.ofEpochMilli(stamp.hlc().millis()));
    }

    /// Its own name, or that of what it is about.
    private String title(Snapshot view) {
        if (view.value(Models.NAME) instanceof Value.Text(String name)) {
            return name;
        }
        return view.value(Models.SUBJECT) instanceof Value.Ref(UUID subject) ? called(subject).orElse("") : "";
    }

    private Optional<String> called(UUID id) {
        Optional<String> tag = sql.select(TAG.NAME).from(TAG).where(TAG.ID.eq(Ids.bytes(id))).fetchOptional(TAG.NAME);
        return tag.or(() -> sql.select(ENTRY.NAME).from(ENTRY).where(ENTRY.ID.eq(Ids.bytes(id)))
                .and(ENTRY.CLAIM.isNotNull()).fetchOptional(ENTRY.NAME));
    }

    private String shown(Value value) {
        return switch (value) {
            case Value.Nothing _ -> "";
            case Value.Flag(boolean flag) -> Boolean.toString(flag);
            case Value.Whole(long whole) -> Long.toString(whole);
            case Value.Real(double real) -> Double.toString(real);
            case Value.Text(String text) -> text;
            case Value.Ref(UUID ref) -> called(ref).orElse(ref.toString());
            case Value.Tuple(List<Value> values) -> values.stream().map(this::shown).collect(Collectors.joining(", "));
            case Value.Bytes(byte[] bytes) -> HexFormat.of().formatHex(bytes, 0,
                    Math.min(bytes.length, BYTES_SHOWN_MAX)) + (bytes.length > BYTES_SHOWN_MAX ? "…" : "");
        };
    }
}

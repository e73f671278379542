package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.AUTHOR;
import static app.holdfast.core.store.catalogue.Tables.SHARED_DOT;

import app.holdfast.core.api.RecordRow;
import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.ForeignKey;
import app.holdfast.core.change.MalformedChange;
import app.holdfast.core.change.Merge;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;

/// Records of any shared model, read from their live dots: for models that have no table of their own. Reads all of a
/// model's records at once.
final class RecordQueries {

    private final DSLContext sql;
    private final Map<ForeignKey, Map<UUID, Boolean>> known = new HashMap<>();

    RecordQueries(DSLContext sql) {
        this.sql = sql;
    }

    /// In the order of their ids; those that wait for what they point to are left out, and a reference to something
    /// that need not be here reads as nothing when it is not.
    List<RecordRow> all(Model model) {
        var records = new TreeMap<UUID, SortedMap<Dot, Snapshot>>();
        sql.select(SHARED_DOT.RECORD, AUTHOR.ID, SHARED_DOT.SEQUENCE, SHARED_DOT.SNAPSHOT).from(SHARED_DOT)
                .join(AUTHOR).on(AUTHOR.KEY.eq(SHARED_DOT.AUTHOR)).where(SHARED_DOT.MODEL.eq(model.name()))
                .forEach(row -> records.computeIfAbsent(Ids.uuid(row.value1()), _ -> new TreeMap<>())
                        .put(new Dot(new Author(Ids.uuid(row.value2())), row.value3()), decode(row.value4())));
        var rows = new ArrayList<RecordRow>();
        records.forEach((id, live) -> shown(model, Merge.view(model, live))
                .ifPresent(fields -> rows.add(new RecordRow(id, fields))));
        return rows;
    }

    private Optional<SortedMap<String, Value>> shown(Model model, Snapshot view) {
        var fields = new TreeMap<String, Value>();
        view.fields().forEach((name, register) -> fields.put(name, register.value()));
        for (ForeignKey key : model.keys()) {
            boolean here = view.value(key.field()) instanceof Value.Ref(UUID id) && isHere(key, id);
            if (!here && key.need() != ForeignKey.Need.OPTIONAL) {
                return Optional.empty();
            }
            if (!here) {
                fields.replace(key.field(), Value.NOTHING);
            }
        }
        return Optional.of(fields);
    }

    private boolean isHere(ForeignKey key, UUID id) {
        return known.computeIfAbsent(key, _ -> new HashMap<>()).computeIfAbsent(id, _ -> switch (key.target()) {
            case Models.ENTRY -> exists("select 1 from entry where id = ? and claim is not null", id);
            case Models.DEVICE, Models.VOLUME, Models.LOCATION ->
                    exists("select 1 from " + key.target() + " where id = ?", id);
            default -> sql.fetchExists(SHARED_DOT, SHARED_DOT.RECORD.eq(Ids.bytes(id))
                    .and(SHARED_DOT.MODEL.eq(key.target())));
        });
    }

    private boolean exists(String query, UUID id) {
        return sql.fetchOne(query, Ids.bytes(id)) != null;
    }

    private static Snapshot decode(byte[] bytes) {
        try {
            return ChangeCodec.decodeSnapshot(bytes);
        } catch (MalformedChange e) {
            throw new IllegalStateException("a stored snapshot is damaged", e);
        }
    }
}

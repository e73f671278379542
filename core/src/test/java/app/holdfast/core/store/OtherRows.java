package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.OTHER_ROW;

import app.holdfast.core.model.Value;
import java.util.Map;
import java.util.UUID;

/// Rows of an owned model that only a newer build knows, written as that build would.
public final class OtherRows {

    private OtherRows() {
    }

    /// Writes a row into the stream of this device about itself.
    ///
    /// @param subject of that stream
    public static void put(Transaction tx, UUID subject, String model, UUID id, Map<String, Value> fields) {
        StreamPen pen = tx.pen(subject);
        var row = tx.sql().newRecord(OTHER_ROW);
        row.setId(Ids.bytes(id));
        row.setModel(model);
        row.setSubject(Ids.bytes(subject));
        row.setClaim(pen.claim());
        row.setSequence(pen.next());
        row.setFields(RowFields.kept(fields));
        tx.sql().insertInto(OTHER_ROW).set(row).onConflict(OTHER_ROW.ID).doUpdate().set(row).execute();
    }

    public static void remove(Transaction tx, UUID subject, String model, UUID id) {
        tx.pen(subject).remove(model, id);
        new RowRemover(tx).remove(model, id);
    }

    /// The fields of a row that is kept, empty when there is none.
    public static Map<String, Value> fields(Transaction tx, UUID id) {
        return tx.sql().select(OTHER_ROW.FIELDS).from(OTHER_ROW).where(OTHER_ROW.ID.eq(Ids.bytes(id))).fetchOptional()
                .map(row -> RowFields.extra(row.value1())).orElse(Map.of());
    }
}

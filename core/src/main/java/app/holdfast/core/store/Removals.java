package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.REMOVAL;
import static app.holdfast.core.store.catalogue.Tables.STREAM;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// The small list of what an owner removed, and its floor (S3, S5).
final class Removals {

    private Removals() {
    }

    /// Lets the oldest go when there are too many, and raises the floor to them.
    static void trim(DSLContext sql, Prepared prepared, long claim, byte[] subject) {
        long count = prepared.first("select count(*) from removal where claim = ?", row -> row.getLong(1), claim)
                .orElse(0L);
        if (count <= StreamPen.REMOVALS_MAX) {
            return;
        }
        Long floor = sql.select(REMOVAL.SEQUENCE).from(REMOVAL).where(REMOVAL.CLAIM.eq(claim))
                .orderBy(REMOVAL.SEQUENCE.desc()).limit(DSL.inline(1)).offset(StreamPen.REMOVALS_MAX / 2)
                .fetchOne(REMOVAL.SEQUENCE);
        if (floor != null) {
            sql.deleteFrom(REMOVAL).where(REMOVAL.CLAIM.eq(claim)).and(REMOVAL.SEQUENCE.le(floor)).execute();
            sql.update(STREAM).set(STREAM.FLOOR, floor).where(STREAM.SUBJECT.eq(subject)).execute();
        }
    }
}

package app.holdfast.core.store;

import java.util.UUID;
import org.jooq.DSLContext;

/// Writes into one stream that this device owns: hands out its sequence and lists what was removed (S3).
///
/// Got from [Transaction#pen], valid within that transaction; the mark is stored when the job ends.
public final class StreamPen {

    /// Removals listed for a stream; when there are more the oldest go and peers that far behind get the whole stream
    /// (S5).
    static final int REMOVALS_MAX = 20_000;

    private final DSLContext sql;
    private final Prepared prepared;
    private final Leaves leaves;
    private final StreamTable streams;
    private final byte[] subject;
    private final long claim;
    private final long markBefore;
    private long mark;
    private int removals;

    StreamPen(Transaction tx, UUID subject, long claim, long mark) {
        this.sql = tx.sql();
        this.prepared = tx.state().prepared();
        this.leaves = new Leaves(tx);
        this.streams = tx.claims().streams();
        this.subject = Ids.bytes(subject);
        this.claim = claim;
        this.markBefore = mark;
        this.mark = mark;
    }

    /// This database's key of the claim that the stream stands on.
    public long claim() {
        return claim;
    }

    /// The last sequence that was handed out.
    long mark() {
        return mark;
    }

    /// The next sequence, for one row written or removed.
    public long next() {
        return ++mark;
    }

    /// Lists a row as removed. Whatever hangs below it goes with it on every device.
    public void remove(String model, UUID id) {
        prepared.update("insert into removal (claim, sequence, model, id) values (?, ?, ?, ?)", claim, next(), model,
                Ids.bytes(id));
        removals++;
    }

    void finish() {
        if (mark == markBefore) {
            return;
        }
        prepared.update("update stream set mark = ?, received = ? where subject = ?", mark, mark, subject);
        streams.changed();
        leaves.written(claim, markBefore + 1, mark);
        if (removals > 0) {
            Removals.trim(sql, prepared, claim, subject);
            streams.changed();
        }
    }
}

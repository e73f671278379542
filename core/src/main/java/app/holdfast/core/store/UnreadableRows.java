package app.holdfast.core.store;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.Models;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rows of a stream that cannot be read any more, after what a disk or another program has done to them: their id is
/// none, or the fields of later versions are no such fields. They would fail every conversation about the stream, so
/// they are taken out (ADR 246). Used within one job, on the writer.
final class UnreadableRows {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRows.class);

    private static final String OF_ITS_LOCATIONS =
            "location in (select l.key from location l join volume v on v.key = l.volume where v.id = ?)";

    private final Transaction tx;
    private final Prepared prepared;

    UnreadableRows(Transaction tx) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
    }

    private record Extra(Object key, byte @Nullable [] fields) {}

    /// Takes them out of a stream. Of another's no cut is held then, and the rows are got again; ours are found again
    /// by the next scan, and have another cut, as nobody holds this one.
    ///
    /// @return whether there were any
    boolean drop(UUID subject) {
        byte[] id = Ids.bytes(subject);
        int found = dropEntries(id) + dropLocations(id) + clearExtras(id) + dropOthers(id);
        if (found == 0) {
            return false;
        }
        LOG.warn("rows that cannot be read were taken out stream={} rows={}", subject, found);
        if (tx.streams().holding(subject).filter(OwnedStreams.Holding::own).isPresent()) {
            tx.pen(subject).remove(Models.ENTRY, subject); // which is none: only the sequence counts
        } else {
            tx.streams().loseCut(subject);
        }
        tx.touch(Topic.LOCATIONS, Topic.ENTRIES, Topic.SYNC);
        return true;
    }

    private int dropEntries(byte[] subject) {
        List<Long> keys = prepared.all("select key from entry where length(id) is not 16 and " + OF_ITS_LOCATIONS,
                row -> row.getLong(1), subject);
        keys.forEach(new RowRemover(tx)::removeEntry);
        return keys.size();
    }

    private int dropLocations(byte[] subject) {
        List<Long> keys = prepared.all("select l.key from location l join volume v on v.key = l.volume where v.id = ?"
                + " and length(l.id) is not 16", row -> row.getLong(1), subject);
        for (long key : keys) {
            prepared.update("delete from entry where location = ?", key);
            prepared.update("delete from location where key = ?", key);
        }
        return keys.size();
    }

    private int clearExtras(byte[] subject) {
        return clear("entry", OF_ITS_LOCATIONS, subject)
                + clear("location", "volume in (select key from volume where id = ?)", subject)
                + clear("volume", "id = ?", subject) + clear("device", "id = ?", subject);
    }

    private int clear(String table, String where, byte[] subject) {
        List<Extra> extras = prepared.all("select key, extra from " + table + " where extra is not null and " + where,
                row -> new Extra(row.getLong(1), row.getBytes(2)), subject);
        int cleared = 0;
        for (Extra extra : extras) {
            if (!isReadable(extra)) {
                cleared += prepared.update("update " + table + " set extra = null where key = ?", extra.key);
            }
        }
        return cleared;
    }

    private int dropOthers(byte[] subject) {
        List<Extra> rows = prepared.all("select id, fields from other_row where subject = ?",
                row -> new Extra(row.getBytes(1), row.getBytes(2)), subject);
        int dropped = 0;
        for (Extra row : rows) {
            if (!(row.key instanceof byte[] id && id.length == 16) || !isReadable(row)) {
                dropped += prepared.update("delete from other_row where id = ?", row.key);
            }
        }
        return dropped;
    }

    private static boolean isReadable(Extra extra) {
        try {
            RowFields.extra(extra.fields);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}

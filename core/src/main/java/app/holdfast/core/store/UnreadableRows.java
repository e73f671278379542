package app.holdfast.core.store;

import app.holdfast.core.api.Topic;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rows of a stream that cannot be read any more, after what a disk or another program has done to them: their id is
/// none, or the fields of later versions are no such fields. They would fail every conversation about the stream, so
/// another's are taken out; ours are for the doctor (ADR 246). Used within one job, on the writer.
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

    /// Takes them out of another's stream. No cut of it is held then, and the rows are got again. Nothing of ours is
    /// taken out, as it would go on all devices.
    ///
    /// @return whether there were any
    boolean drop(UUID subject) {
        if (tx.streams().holding(subject).filter(OwnedStreams.Holding::own).isPresent()) {
            return false;
        }
        byte[] id = Ids.bytes(subject);
        int found = dropEntries(id) + dropLocations(id) + clearExtras(id) + dropOthers(id);
        if (found > 0) {
            LOG.warn("rows that cannot be read were taken out stream={} rows={}", subject, found);
            tx.streams().loseCut(subject);
            tx.touch(Topic.LOCATIONS, Topic.ENTRIES, Topic.SYNC);
        }
        return found > 0;
    }

    /// Gives entries of ours without an id another one. What lies in them points to their rows, and stays there.
    void name(UUID subject) {
        List<Long> keys = unnamed(Ids.bytes(subject));
        if (keys.isEmpty()) {
            return;
        }
        LOG.warn("entries without an id were given one stream={} rows={}", subject, keys.size());
        StreamPen pen = tx.pen(subject);
        for (long key : keys) {
            prepared.update("insert or ignore into stale_leaf select distinct claim, sequence / 512 from entry"
                    + " where parent = ? and claim is not null", key);
            prepared.update("update entry set id = ?, claim = ?, sequence = ? where key = ?",
                    Ids.bytes(tx.ids().next()), pen.claim(), pen.next(), key);
        }
        tx.touch(Topic.ENTRIES, Topic.SYNC);
    }

    private List<Long> unnamed(byte[] subject) {
        return prepared.all("select key from entry where length(id) is not 16 and " + OF_ITS_LOCATIONS,
                row -> row.getLong(1), subject);
    }

    private int dropEntries(byte[] subject) {
        List<Long> keys = unnamed(subject);
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

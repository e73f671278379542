package app.holdfast.core.store;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.store.OwnedStreams.Holding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.exception.DataAccessException;

/// How far each stream is held, read once and kept until it changes: every turn of every conversation asks. Confined to
/// the writer.
final class StreamTable {

    private static final String SELECT =
            "select subject, claim, mark, received, asserted, root is not null, floor, lacking"
                    + " from stream";

    /// @param floor   removals up to here are not listed any more
    /// @param lacking this device claimed it before it lost its library, and has not got all of it back
    record Row(Holding holding, long claimKey, long floor, boolean lacking) {}

    private final Prepared prepared;
    private final Claims claims;
    private final Map<UUID, Row> rows = new LinkedHashMap<>();
    private boolean isRead;
    private long version;

    StreamTable(Prepared prepared, Claims claims) {
        this.prepared = prepared;
        this.claims = claims;
    }

    /// To be called after every change of the table, and after one was undone.
    void changed() {
        version++;
        isRead = false;
    }

    /// Another number after every change.
    long version() {
        return version;
    }

    private Map<UUID, Row> rows() {
        if (!isRead) {
            rows.clear();
            try (ResultSet found = prepared.statement(SELECT).executeQuery()) {
                while (found.next()) {
                    long key = found.getLong(2);
                    Claim claim = claims.of(key);
                    rows.put(Ids.uuid(found.getBytes(1)), new Row(new Holding(claim, found.getLong(3),
                            found.getLong(4), found.getLong(5) != 0, found.getLong(6) != 0, claims.isOwn(claim)), key,
                            found.getLong(7), found.getLong(8) != 0));
                }
            } catch (SQLException e) {
                throw new DataAccessException("reading streams", e);
            }
            isRead = true;
        }
        return rows;
    }

    Optional<Row> of(UUID subject) {
        return Optional.ofNullable(rows().get(subject));
    }

    List<Holding> all() {
        return rows().values().stream().map(Row::holding).toList();
    }

    Optional<Holding> standingOn(Dot claim) {
        for (Row row : rows().values()) {
            if (row.holding.claim().id().equals(claim)) {
                return Optional.of(row.holding);
            }
        }
        return Optional.empty();
    }
}

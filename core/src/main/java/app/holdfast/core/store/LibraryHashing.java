package app.holdfast.core.store;

import app.holdfast.core.api.LibraryHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jooq.exception.DataAccessException;

/// The canonical hash of all synced content: SHA-256 over every shared record's live dots and every owned row with
/// its stamp, each by model and id, every column with its length. Local keys, and whatever only this device knows,
/// are left out.
final class LibraryHashing {

    private static final String[][] QUERIES = {
        {"shared", """
            select d.model, d.record, a.id, d.sequence, d.snapshot from shared_dot d
            join author a on a.key = d.author order by d.record, a.id, d.sequence"""},
        {"device", "select o.id, %s, o.device, o.name, o.platform, o.extra from device o %s order by o.id"},
        {"volume", "select o.id, %s, o.label, o.file_system, o.fs_uuid, o.total_bytes, o.serial, o.tracking, o.away,"
                + " o.writes, o.nonce, o.extra from volume o %s"
                + " order by o.id"},
        {"location", "select o.id, %s, v.id, o.name, o.path, o.extra from location o %s"
                + " join volume v on v.key = o.volume order by o.id"},
        {"entry", "select o.id, %s, l.id, p.id, o.name, o.raw_name, o.kind, o.size, o.modified, o.sample,"
                + " o.content, o.extra from entry o %s"
                + " join location l on l.key = o.location left join entry p on p.key = o.parent order by o.id"},
        {"other", "select o.id, %s, o.model, o.subject, o.fields from other_row o %s order by o.id"},
    };

    private final Connection connection;

    LibraryHashing(Connection connection) {
        this.connection = connection;
    }

    LibraryHash hash() {
        var rows = new TreeMap<String, Long>();
        MessageDigest digest = StreamHashes.sha256();
        for (String[] query : QUERIES) {
            String sql = query[1].formatted("a.id, c.sequence, o.sequence",
                    "join claim c on c.key = o.claim join author a on a.key = c.author");
            digest(digest, query[0]);
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet found = statement.executeQuery()) {
                int columns = found.getMetaData().getColumnCount();
                while (found.next()) {
                    String model = query[0].equals("shared") || query[0].equals("other")
                            ? found.getString(query[0].equals("shared") ? 1 : 5) : query[0];
                    rows.merge(model, 1L, Long::sum);
                    for (int column = 1; column <= columns; column++) {
                        digest(digest, found.getBytes(column));
                    }
                }
            } catch (SQLException e) {
                throw new DataAccessException("hashing the library", e);
            }
        }
        return new LibraryHash(HexFormat.of().formatHex(digest.digest()), rows);
    }

    private static void digest(MessageDigest digest, String text) {
        digest(digest, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void digest(MessageDigest digest, byte @org.jspecify.annotations.Nullable [] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes == null ? -1 : bytes.length).array());
        if (bytes != null) {
            digest.update(bytes);
        }
    }
}

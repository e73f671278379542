package app.holdfast.core.store;

import app.holdfast.core.api.CopyCounts;
import app.holdfast.core.model.LocationId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which files are to be read (ADR 135). Within one question.
public final class ContentQueries {

    private static final int FOLDERS_DEEP_MAX = 4_096;
    private static final String FILE = "select e.key, e.id, e.parent, e.name, e.raw_name, e.size, e.modified from ";
    private static final String UNREAD = FILE + "entry e where e.location = (select key from location where id = ?)"
            + " and e.kind = 0 and e.size > 0 and e.sample is null and e.content is null and e.key > ?"
            + " and e.claim is not null order by e.key limit ?";
    static final String MET = FILE + "content_met m cross join entry e on e.key = m.entry"
            + " where e.location = (select key from location where id = ?) and e.kind = 0 and e.sample is not null"
            + " and e.content is null and m.entry > ? and e.claim is not null order by m.entry limit ?";

    static final String LEFT = "select (select count(*) from entry where location = (select key from location"
            + " where id = ?) and kind = 0 and size > 0 and sample is null and content is null)"
            + " + (select count(*) from content_met m cross join entry e on e.key = m.entry"
            + " where e.location = (select key from location where id = ?) and e.content is null)";

    private final Prepared prepared;
    private final Map<Long, byte[]> folders = new HashMap<>();

    ContentQueries(Connection connection) {
        this.prepared = new Prepared(connection);
    }

    /// Files of a location that nothing was read of, in the order of their keys.
    ///
    /// @param after only those with a greater key
    public List<UnreadFile> unread(LocationId location, long after, int limit) {
        return files(UNREAD, location, after, limit, false);
    }

    /// Files of a location whose samples another file, here or on any device, has as well.
    ///
    /// @param after only those with a greater key
    public List<UnreadFile> met(LocationId location, long after, int limit) {
        return files(MET, location, after, limit, true);
    }

    /// How many files of a location are to be read, in part or whole.
    public long left(LocationId location) {
        try (prepared) {
            byte[] id = Ids.bytes(location.value());
            return prepared.first(LEFT, row -> row.getLong(1), id, id).orElse(0L);
        }
    }

    /// How many files of a location have no copy. Looks at each.
    public CopyCounts copies(LocationId location) {
        try (prepared) {
            return prepared.first(CopiesSql.COUNTS, row -> new CopyCounts(row.getLong(1), row.getLong(2)),
                    Ids.bytes(location.value())).orElse(new CopyCounts(0, 0));
        }
    }

    /// One that is read before its folder is asked for: the statements are shared.
    private record Found(UnreadFile file, long parent, byte[] name) {}

    private List<UnreadFile> files(String query, LocationId location, long after, int limit, boolean whole) {
        try (prepared) {
            List<Found> found = prepared.all(query, row -> new Found(new UnreadFile(row.getLong(1),
                    Ids.uuid(row.getBytes(2)), new byte[0], row.getLong(6), row.getLong(7), whole), row.getLong(3),
                    name(row, 4)), Ids.bytes(location.value()), after, (long) limit);
            List<UnreadFile> files = new ArrayList<>(found.size());
            for (Found one : found) {
                UnreadFile file = one.file;
                files.add(new UnreadFile(file.key(), file.id(), joined(folder(one.parent), one.name), file.size(),
                        file.modifiedMillis(), whole));
            }
            return files;
        }
    }

    private static byte[] name(ResultSet row, int place) throws SQLException {
        byte @Nullable [] raw = row.getBytes(place + 1);
        return raw == null ? row.getString(place).getBytes(StandardCharsets.UTF_8) : raw;
    }

    private record Step(long parent, byte[] name) {}

    /// @param key 0 for the top
    private byte[] folder(long key) {
        byte[] known = folders.get(key);
        if (known != null) {
            return known;
        }
        Deque<byte[]> names = new ArrayDeque<>();
        for (long at = key; at != ScannedFolder.TOP && names.size() < FOLDERS_DEEP_MAX;) {
            Step step = prepared.first("select parent, name, raw_name from entry where key = ?",
                    row -> new Step(row.getLong(1), name(row, 2)), at).orElse(new Step(ScannedFolder.TOP, new byte[0]));
            names.addFirst(step.name);
            at = step.parent;
        }
        byte[] path = new byte[0];
        for (byte[] name : names) {
            path = joined(path, name);
        }
        folders.put(key, path);
        return path;
    }

    private static byte[] joined(byte[] folder, byte[] name) {
        if (folder.length == 0) {
            return name;
        }
        var path = new ByteArrayOutputStream(folder.length + name.length + 1);
        path.writeBytes(folder);
        path.write('/');
        path.writeBytes(name);
        return path.toByteArray();
    }
}

package app.holdfast.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.jdbc4.JDBC4Connection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/// A database in memory that begins with the same bytes in every run, with the statements that earlier runs prepared:
/// preparing is most of what a small transaction costs in memory, and loading most of what a short run costs.
///
/// All of a run is one transaction of SQLite's that is rolled back in the end; what the engine commits within it is a
/// savepoint that is released. Confined to the thread of the run that has it.
final class MemoryFile extends JDBC4Connection {

    private static final Map<byte[], Deque<MemoryFile>> FREE = new IdentityHashMap<>();
    private static final String JOB = "job";

    private final Map<String, Deque<Kept>> idle = new HashMap<>();
    private final List<Kept> lent = new ArrayList<>();
    private final byte[] image;
    private final boolean again;
    private boolean commitsEach = true;
    private boolean defers;
    private int savepoints;
    private long changes;

    private MemoryFile(byte[] image, boolean again) throws SQLException {
        super("jdbc:sqlite::memory:", ":memory:", settings());
        this.image = image;
        this.again = again;
        load();
        begin();
    }

    private static Properties settings() {
        SQLiteConfig config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        config.setJournalMode(SQLiteConfig.JournalMode.MEMORY);
        config.setGetGeneratedKeys(false);
        return config.toProperties();
    }

    /// A database with bytes that other runs begin with as well.
    static MemoryFile of(byte[] image) throws SQLException {
        synchronized (FREE) {
            Deque<MemoryFile> free = FREE.get(image);
            if (free != null && !free.isEmpty()) {
                return free.pop();
            }
        }
        return new MemoryFile(image, true);
    }

    /// A database with bytes that nobody begins with again.
    static MemoryFile once(byte[] image) throws SQLException {
        return new MemoryFile(image, false);
    }

    /// Deserialised, it would be a file in memory behind a cache, and each commit a copy.
    private void load() throws SQLException {
        try {
            Path file = Files.createTempFile("holdfast-image", ".db");
            Files.write(file, image);
            getDatabase().restore("main", file.toString(), null);
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin() throws SQLException {
        perform("begin");
        perform("savepoint " + JOB);
    }

    /// Whoever held statements is dead.
    void takeBack() throws SQLException {
        for (Kept statement : lent) {
            statement.rest();
        }
        lent.clear();
    }

    /// Gives it back as it was in the beginning.
    @Override
    public void close() throws SQLException {
        if (!again) {
            super.close();
            return;
        }
        takeBack();
        perform("rollback");
        commitsEach = true;
        defers = false;
        savepoints = 0;
        begin();
        synchronized (FREE) {
            FREE.computeIfAbsent(image, _ -> new ArrayDeque<>()).push(this);
        }
    }

    private void perform(String sql) throws SQLException {
        try (PreparedStatement statement = prepareStatement(sql)) {
            statement.execute();
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        Deque<Kept> known = idle.computeIfAbsent(sql, _ -> new ArrayDeque<>());
        Kept statement = known.isEmpty() ? new Kept(this, sql, known) : known.pop();
        statement.place = lent.size();
        lent.add(statement);
        return statement;
    }

    /// What is not prepared is the pragma that has SQLite look at foreign keys when it commits, which it never does
    /// here.
    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        defers = true;
        return super.createStatement(type, concurrency, holdability);
    }

    private void checkForeignKeys() throws SQLException {
        try (PreparedStatement check = prepareStatement("pragma foreign_key_check"); var row = check.executeQuery()) {
            if (row.next()) {
                throw new SQLException("a row of " + row.getString(1) + " points to none of " + row.getString(3));
            }
        }
        endDeferring();
    }

    private void endDeferring() throws SQLException {
        try (Statement off = super.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY,
                ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
            off.execute("pragma defer_foreign_keys = off");
        }
        defers = false;
    }

    /// The driver is not to begin a transaction of its own.
    @Override
    public boolean getAutoCommit() {
        return false;
    }

    @Override
    public void setAutoCommit(boolean each) throws SQLException {
        if (commitsEach && !each) {
            commit();
        }
        commitsEach = each;
    }

    @Override
    public void commit() throws SQLException {
        long now = getDatabase().total_changes();
        if (now == changes) {
            return;
        }
        changes = now;
        if (defers) {
            checkForeignKeys();
        }
        perform("release " + JOB);
        perform("savepoint " + JOB);
        savepoints = 0;
    }

    @Override
    public void rollback() throws SQLException {
        perform("rollback to " + JOB);
        savepoints = 0;
        if (defers) {
            endDeferring();
        }
    }

    private record Place(int depth) implements Savepoint {

        @Override
        public int getSavepointId() {
            return depth;
        }

        @Override
        public String getSavepointName() {
            return "part" + depth;
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        if (commitsEach && savepoints == 0) {
            commit();
        }
        var place = new Place(savepoints++);
        perform("savepoint " + place.getSavepointName());
        return place;
    }

    @Override
    public void releaseSavepoint(Savepoint place) throws SQLException {
        perform("release " + place.getSavepointName());
        savepoints = place.getSavepointId();
    }

    @Override
    public void rollback(Savepoint place) throws SQLException {
        perform("rollback to " + place.getSavepointName());
        savepoints = place.getSavepointId() + 1;
    }

    /// A statement that rests when it is closed.
    private static final class Kept extends JDBC4PreparedStatement {

        private final MemoryFile file;
        private final Deque<Kept> home;
        private int place;
        private String @Nullable [] columns;

        private Kept(MemoryFile file, String sql, Deque<Kept> home) throws SQLException {
            super(file, sql);
            this.file = file;
            this.home = home;
        }

        /// The driver asks for the names of the columns at each execution.
        @Override
        public ResultSet getResultSet() throws SQLException {
            rs.colsMeta = columns;
            ResultSet rows = super.getResultSet();
            columns = rs.colsMeta;
            return rows;
        }

        private void rest() throws SQLException {
            rs.close();
            clearParameters();
            place = -1;
            home.push(this);
        }

        @Override
        public void close() throws SQLException {
            if (place >= 0) {
                Kept last = file.lent.removeLast();
                if (last != this) {
                    file.lent.set(place, last);
                    last.place = place;
                }
                rest();
            }
        }
    }
}

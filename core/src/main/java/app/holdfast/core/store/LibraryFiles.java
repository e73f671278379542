package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.NameOrder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The two database files of one data directory, held by one process at a time.
///
/// On Unix they are opened through SQLite's `unix-excl` VFS: the process locks the file and keeps the index of the
/// write-ahead log on its heap. With the usual shared-memory file a full volume of small blocks ends the whole
/// process with SIGBUS (ADR 50); this way all connections of this process still read in parallel.
public final class LibraryFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LibraryFiles.class);
    private static final String CATALOGUE = "database.db";
    private static final String LOG_FILE = "sync.db";
    private static final int PAGE_CACHE_KIBIBYTES = 16_384;
    /// A function of SQL: what names are put in order by.
    static final String NAME_KEY = "name_key";
    private static final int CATALOGUE_WAL_PAGES = 4_000;
    private static final int LOG_WAL_PAGES = 16;
    private static final int LOG_PAGE_BYTES = 4_096;
    private static final int BUSY_MILLIS = 5_000;

    private final Path data;
    private final FileChannel lockFile;
    private final FileLock lock;

    private LibraryFiles(Path data, FileChannel lockFile, FileLock lock) {
        this.data = data;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    public static boolean exist(Path data) {
        return Files.exists(data.resolve(CATALOGUE));
    }

    /// Takes the directory for this process and brings both files to this version's schema.
    public static LibraryFiles open(Path data) throws CoreException {
        LibraryFiles files = lock(data);
        try {
            migrate(files.dataSource(CATALOGUE, false), "db/catalogue", data.resolve(CATALOGUE));
            files.migrateLog();
            return files;
        } catch (CoreException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static LibraryFiles lock(Path data) throws CoreException {
        Path file = data.resolve("lock");
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new CoreException.StorageFailed(file, reason(e));
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new LibraryFiles(data, channel, lock);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("locked by this very process");
        } catch (IOException e) {
            closeQuietly(channel);
            throw new CoreException.StorageFailed(file, reason(e));
        }
        closeQuietly(channel);
        throw new CoreException.InUse(data);
    }

    /// What is wrong with the log costs time, not data: it is thrown away and begun anew.
    private void migrateLog() throws CoreException {
        Path file = data.resolve(LOG_FILE);
        try {
            migrate(dataSource(LOG_FILE, false), "db/sync", file);
        } catch (CoreException.DamagedLibrary e) {
            LOG.warn("{} is damaged and begun anew; peers are compared with instead", LOG_FILE);
            discardLog();
            migrate(dataSource(LOG_FILE, false), "db/sync", file);
        }
    }

    /// Throws the log away and makes an empty one. No connection to it may be open.
    void remakeLog() throws CoreException {
        discardLog();
        migrateLog();
    }

    private void discardLog() throws CoreException {
        for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
            Path file = data.resolve(LOG_FILE + suffix);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new CoreException.StorageFailed(file, reason(e));
            }
        }
    }

    private static void migrate(DataSource source, String scripts, Path file) throws CoreException {
        try (Connection probe = source.getConnection(); var statement = probe.createStatement()) {
            statement.executeQuery("select count(*) from sqlite_schema").close();
        } catch (SQLException e) {
            throw failure(file, e);
        }
        Flyway flyway = Flyway.configure().dataSource(source).locations("classpath:" + scripts)
                .ignoreMigrationPatterns(new String[0]).load();
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            if (isNewer(flyway)) {
                throw new CoreException.NewerLibrary(file);
            }
            LOG.warn("migration failed file={}", file, e);
            throw new CoreException.DamagedLibrary(file, "its version cannot be brought to this one");
        }
    }

    /// Whether steps were done that this version does not know.
    private static boolean isNewer(Flyway flyway) {
        try {
            return Stream.of(flyway.info().applied()).map(MigrationInfo::getState)
                    .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED);
        } catch (FlywayException e) {
            return false;
        }
    }

    /// Its write-ahead file may grow: what many commits change again and again is copied back once.
    Connection catalogue(boolean readOnly) throws CoreException {
        Connection connection = connect(CATALOGUE, readOnly);
        try (var statement = connection.createStatement()) {
            statement.execute("pragma wal_autocheckpoint = " + CATALOGUE_WAL_PAGES);
            Function.create(connection, NAME_KEY, new NameKey(), 1,
                    Function.FLAG_DETERMINISTIC);
            return connection;
        } catch (SQLException e) {
            throw failure(data.resolve(CATALOGUE), e);
        }
    }

    /// Its write-ahead file is kept small: both together stay under a megabyte (invariant 7).
    Connection log() throws CoreException {
        Connection connection = connect(LOG_FILE, false);
        try (var statement = connection.createStatement()) {
            statement.execute("pragma wal_autocheckpoint = " + LOG_WAL_PAGES);
            statement.execute("pragma journal_size_limit = " + LOG_WAL_PAGES * LOG_PAGE_BYTES);
            return connection;
        } catch (SQLException e) {
            throw failure(data.resolve(LOG_FILE), e);
        }
    }

    Path data() {
        return data;
    }

    private Connection connect(String name, boolean readOnly) throws CoreException {
        try {
            Connection connection = dataSource(name, readOnly).getConnection();
            if (readOnly) {
                try (var statement = connection.createStatement()) {
                    statement.execute("pragma query_only = on");
                }
            }
            return connection;
        } catch (SQLException e) {
            throw failure(data.resolve(name), e);
        }
    }

    private SQLiteDataSource dataSource(String name, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        boolean isTruth = name.equals(CATALOGUE);
        config.setSynchronous(isTruth ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
        config.enforceForeignKeys(true);
        config.setCacheSize(-PAGE_CACHE_KIBIBYTES);
        // temp_store stays as it is: in memory, a statement's journal makes large jobs quadratic (ADR 44)
        config.setBusyTimeout(BUSY_MILLIS);
        config.setGetGeneratedKeys(false); // or the driver asks for the last key after every single insert
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        if (readOnly) {
            config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + data.resolve(name).toUri() + (isUnix() ? "?vfs=unix-excl" : ""));
        return source;
    }

    private static boolean isUnix() {
        return !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
    }

    /// Turns what SQLite says of a file into what a person can do about it.
    static CoreException failure(Path file, SQLException cause) {
        SQLiteErrorCode code = cause instanceof SQLiteException e ? e.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xFF)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT -> new CoreException.DamagedLibrary(file, code.message);
            case SQLITE_BUSY, SQLITE_LOCKED -> new CoreException.InUse(file);
            case SQLITE_FULL -> new CoreException.StorageFailed(file, "the disk is full");
            default -> new CoreException.StorageFailed(file, String.valueOf(cause.getMessage()));
        };
    }

    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("lock file did not close", e);
        }
    }

    private static final class NameKey extends Function {
        @Override
        protected void xFunc() throws SQLException {
            String name = value_text(0);
            result(name == null ? "" : NameOrder.key(name));
        }
    }

    /// Gives the directory free. Connections must have been closed before.
    @Override
    public void close() {
        try {
            lock.release();
        } catch (IOException e) {
            LOG.debug("lock was not released", e);
        }
        closeQuietly(lockFile);
    }
}

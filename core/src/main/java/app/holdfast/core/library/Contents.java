package app.holdfast.core.library;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.index.ContentReader;
import app.holdfast.core.index.ContentReader.Digests;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.CatalogueReader.StoredLocation;
import app.holdfast.core.store.ContentRows;
import app.holdfast.core.store.LibraryStore;
import app.holdfast.core.store.UnreadFile;
import app.holdfast.core.volume.PathBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what the files of this device have in them, behind the scans and slowly (ADR 135, 136).
///
///     IDLE --entries changed--> WAITING --no scan runs--> READING --nothing left, or a scan runs--> IDLE
///
/// A file that is being read when a scan begins is read to its end ([Pacing]), the next one after the scan.
///
/// What is left is what the catalogue has no digest of, so that a start goes on where the last run ended. Any thread;
/// the reading itself is one task of the given executor at a time.
final class Contents {

    /// A setting: bytes that are read in a second at most, 0 for as many as come.
    static final String RATE = "content rate";
    static final long RATE_DEFAULT = 50_000_000;
    /// A setting: `true` while a person has the reading wait.
    static final String PAUSED = "content paused";
    /// Slower than this a file would take days.
    private static final long RATE_MIN = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Contents.class);

    private static final long WAIT_MILLIS = 500;
    private static final int FILES_PER_JOB = 500;
    /// After so many bytes what was read is written, so that little is read twice when the program ends.
    private static final long BYTES_PER_JOB = 64 << 20;
    /// Files that could not be read, or were not as the catalogue has them, are not tried again until they change or
    /// their location was scanned; of more than these some are.
    private static final int PASSED_MAX = 100_000;

    private final LibraryStore store;
    private final Whereabouts whereabouts;
    private final Executor work;
    private final Pacing pacing;
    private final Runnable changed;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final Set<UnreadFile.Version> passed = ConcurrentHashMap.newKeySet();

    /// @param work runs what asks the disk, each task on a thread of its own
    /// @param busy    whether a scan runs: then nothing is read
    /// @param changed told when the rules of reading changed
    Contents(LibraryStore store, Whereabouts whereabouts, Executor work, BooleanSupplier busy, Runnable changed) {
        this.store = store;
        this.whereabouts = whereabouts;
        this.work = work;
        this.pacing = new Pacing(busy);
        this.changed = changed;
    }

    /// From now on files are read.
    void start() {
        started.set(true);
        wake();
    }

    /// Entries may have changed.
    void wake() {
        wanted.set(true);
        if (started.get() && underWay.compareAndSet(false, true)) {
            Unawaited.run("reading files", later());
        }
    }

    /// Has all reading wait, or go on.
    CompletableFuture<Long> pause(boolean wait) {
        return ruled(PAUSED, Boolean.toString(wait)).thenApply(revision -> {
            pacing.pause(wait);
            wake();
            return revision;
        });
    }

    /// Holds from the next file's part on.
    ///
    /// @param bytesPerSecond empty for as many as come
    CompletableFuture<Long> limit(Optional<Long> bytesPerSecond) {
        long rate = bytesPerSecond.orElse(0L);
        if (bytesPerSecond.isPresent() && rate < RATE_MIN) {
            return CompletableFuture.failedFuture(
                    new CoreException.Refused("at least " + RATE_MIN + " bytes a second"));
        }
        return ruled(RATE, Long.toString(rate)).thenApply(revision -> {
            pacing.limit(rate);
            return revision;
        });
    }

    private CompletableFuture<Long> ruled(String setting, String value) {
        return store.writer().submit(tx -> {
            tx.own().set(setting, value);
            return store.writer().revision() + 1;
        }).thenApply(revision -> {
            changed.run();
            return revision;
        });
    }

    /// Has the files of a location wait, or be read.
    void stop(LocationId location, boolean wait) {
        pacing.stop(location, wait);
        if (!wait) {
            wake();
        }
    }

    /// A location was looked at whole: what could not be read before is tried again.
    void scanned(LocationId location) {
        pacing.stop(location, false);
        passed.clear();
        wake();
    }

    private CompletableFuture<Boolean> later() {
        Executor delayed = CompletableFuture.delayedExecutor(WAIT_MILLIS, TimeUnit.MILLISECONDS, work);
        return CompletableFuture.supplyAsync(() -> {
            if (pacing.isBusy()) {
                return true;
            }
            try {
                readAll();
            } finally {
                underWay.set(false);
            }
            return wanted.get() && underWay.compareAndSet(false, true);
        }, delayed).thenCompose(again -> again ? later() : CompletableFuture.completedFuture(true));
    }

    private void readAll() {
        wanted.set(false);
        try {
            List<StoredLocation> locations = store.readers().ask(CatalogueReader::uncountedLocations).join();
            pacing.limit(store.readers().ask(reader -> rate(reader.setting(RATE))).join());
            pacing.pause(store.readers().ask(reader -> isPaused(reader.setting(PAUSED))).join());
            var copies = store.readers().ask(CatalogueReader::copies).join();
            for (StoredLocation location : locations) {
                Path top = whereabouts.find(List.of(location)).get(location.id());
                if (top != null && !DriveRules.isFlagged(location.volume().id(), copies)) {
                    new Reading(location, top).run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CompletionException e) {
            LOG.info("files are not read on cause={}", e.getMessage());
        }
    }

    /// What the setting says.
    static long rate(Optional<String> setting) {
        return setting.map(Long::parseLong).orElse(RATE_DEFAULT);
    }

    static boolean isPaused(Optional<String> setting) {
        return setting.filter("true"::equals).isPresent();
    }

    /// Between two files.
    private boolean rests(LocationId location) {
        if (pacing.isBusy()) {
            wanted.set(true); // goes on when the scan has ended
            return true;
        }
        return pacing.isStopped(location);
    }

    /// The files of one location.
    private final class Reading {
        private final StoredLocation location;
        private final Path top;
        private final ContentReader reader;
        private final List<ContentRows.Read> read = new ArrayList<>();
        private long bytes;

        private Reading(StoredLocation location, Path top) {
            this.location = location;
            this.top = top;
            this.reader = new ContentReader(pacing.of(location.id()));
        }

        private void run() throws InterruptedException {
            readThose(false);
            readThose(true);
        }

        private void readThose(boolean whole) throws InterruptedException {
            long after = 0;
            while (!rests(location.id())) {
                long from = after;
                List<UnreadFile> files = store.readers().ask(asked -> whole
                        ? asked.contents().met(location.id(), from, FILES_PER_JOB)
                        : asked.contents().unread(location.id(), from, FILES_PER_JOB)).join();
                for (UnreadFile file : files) {
                    if (rests(location.id())) {
                        break;
                    }
                    read(file);
                    after = file.key();
                }
                write();
                if (files.isEmpty()) {
                    return;
                }
            }
        }

        private void read(UnreadFile file) throws InterruptedException {
            if (passed.contains(file.version())) {
                return;
            }
            Optional<Path> path = PathBytes.below(top, file.path());
            Optional<Digests> digests = path.isEmpty() ? Optional.empty()
                    : reader.read(path.get(), file.size(), file.modifiedMillis(), file.whole());
            if (digests.isEmpty()) {
                if (!rests(location.id()) && passed.size() < PASSED_MAX) {
                    passed.add(file.version());
                }
                return;
            }
            read.add(new ContentRows.Read(file, digests.get().sample(), digests.get().content()));
            bytes += file.whole() ? file.size() : Math.min(file.size(), ContentReader.SMALL_BYTES_MAX);
            if (bytes >= BYTES_PER_JOB) {
                write();
            }
        }

        private void write() {
            if (!read.isEmpty()) {
                List<ContentRows.Read> batch = List.copyOf(read);
                int written = store.writer().submit(tx -> tx.contents().note(location.volume().id(), batch)).join();
                if (written < batch.size()) {
                    wanted.set(true); // some were changed, or are too young
                }
            }
            read.clear();
            bytes = 0;
        }
    }
}

package app.holdfast.core.library;

import app.holdfast.core.api.LocationRow;
import app.holdfast.core.index.IgnoreRules;
import app.holdfast.core.index.Scan;
import app.holdfast.core.index.Watch;
import app.holdfast.core.model.LocationId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has folders looked at again soon after something changed in them. Any thread.
///
/// A location that cannot be watched, because the system's limit is reached or its filesystem tells nothing, is read
/// whole every ten minutes instead.
final class Watches implements AutoCloseable {

    /// Events that come within so long are one look: both halves of a move among them.
    private static final long GATHER_MILLIS = 40;
    /// So long after a look comes the next at the earliest: where much changes, most of it is one look.
    private static final long CALM_MILLIS = 250;
    /// Waits so long when a scan of the location runs.
    private static final long BUSY_MILLIS = 500;
    private static final Duration REREAD = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    /// Looks at parts of a location.
    @FunctionalInterface
    interface Look {
        /// @return false when it has to be tried again later
        boolean at(LocationId location, List<Scan.Part> parts);
    }

    /// @param lookedNanos when it was last looked at
    private record Watched(Path top, Watch watch, AtomicBoolean isDue, AtomicLong lookedNanos) {}

    private final Executor work;
    private final Look look;
    private final Path own;
    private final Duration reread;
    private final Map<LocationId, Watched> watches = new ConcurrentHashMap<>();
    /// Each until its value is false.
    private final Map<LocationId, AtomicBoolean> unwatched = new ConcurrentHashMap<>();
    private final AtomicBoolean started = new AtomicBoolean();

    /// @param own the library's own folder, which is not watched
    Watches(Executor work, Look look, Path own) {
        this(work, look, own, REREAD);
    }

    /// @param reread after so long what is not watched is read again
    Watches(Executor work, Look look, Path own, Duration reread) {
        this.work = work;
        this.look = look;
        this.own = own;
        this.reread = reread;
    }

    /// From now on locations that are read are watched. A program that ends after one command never starts.
    void start() {
        started.set(true);
    }

    /// A location is about to be read: what changes from now on is seen, if not by that scan then after it.
    void watch(LocationId location, Path top) {
        if (!started.get() || watches.containsKey(location)) {
            return;
        }
        try {
            Watched watched = begin(location, top);
            endRereading(location);
            if (watches.putIfAbsent(location, watched) != null) {
                close(watched);
            }
        } catch (IOException e) {
            isNotWatched(location, top, e);
        }
    }

    private Watched begin(LocationId location, Path top) throws IOException {
        var isDue = new AtomicBoolean();
        var lookedNanos = new AtomicLong(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(CALM_MILLIS));
        Watch watch = new Watch(top, IgnoreRules.read(top, own), work, () -> due(location, isDue, lookedNanos));
        return new Watched(top, watch, isDue, lookedNanos);
    }

    private void isNotWatched(LocationId location, Path top, IOException cause) {
        var isWanted = new AtomicBoolean(true);
        if (unwatched.putIfAbsent(location, isWanted) == null) {
            LOG.warn("a location is not watched but read every {} minutes location={} cause={}", reread.toMinutes(),
                    location, cause.getMessage());
            reread(location, top, isWanted);
        }
    }

    private void reread(LocationId location, Path top, AtomicBoolean isWanted) {
        again(location, reread.toMillis(), TimeUnit.MILLISECONDS, () -> {
            if (isWanted.get()) {
                var _ = look.at(location, List.of(new Scan.Part(top, true)));
                reread(location, top, isWanted);
            }
        });
    }

    private void endRereading(LocationId location) {
        AtomicBoolean isWanted = unwatched.remove(location);
        if (isWanted != null) {
            isWanted.set(false);
        }
    }

    /// All of the location is due, perhaps because what is left out has changed: then it is watched anew, before it is
    /// read.
    ///
    /// @return what watches it now; empty when nothing does
    private Optional<Watched> following(LocationId location, Watched watched) {
        if (watched.watch.follows(IgnoreRules.read(watched.top, own))) {
            return Optional.of(watched);
        }
        try {
            Watched fresh = begin(location, watched.top);
            boolean isStillWatched = watches.replace(location, watched, fresh);
            close(isStillWatched ? watched : fresh);
            return isStillWatched ? Optional.of(fresh) : Optional.empty();
        } catch (IOException e) {
            if (watches.remove(location, watched)) {
                close(watched);
                isNotWatched(location, watched.top, e);
            }
            return Optional.empty();
        }
    }

    /// Whether changes of the location are seen at once.
    boolean isWatched(LocationId location) {
        return watches.containsKey(location);
    }

    LocationRow.Watch state(LocationId location) {
        return isWatched(location) ? LocationRow.Watch.LIVE
                : unwatched.containsKey(location) ? LocationRow.Watch.REREAD : LocationRow.Watch.NONE;
    }

    private void due(LocationId location, AtomicBoolean isDue, AtomicLong lookedNanos) {
        if (isDue.compareAndSet(false, true)) {
            long delay = delayMillis(System.nanoTime() - lookedNanos.get());
            again(location, delay, TimeUnit.MILLISECONDS, () -> look(location));
        }
    }

    /// The first change after a while is seen at once, the others with those that follow them. Pure.
    ///
    /// @param nanos since the last look ended
    /// @return milliseconds
    static long delayMillis(long nanos) {
        return Math.max(GATHER_MILLIS, CALM_MILLIS - TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private void look(LocationId location) {
        Watched watched = watches.get(location);
        if (watched == null) {
            return;
        }
        watched.isDue.set(false);
        List<Scan.Part> parts = watched.watch.take();
        boolean isAll = parts.contains(new Scan.Part(watched.top, true));
        Optional<Watched> now = isAll ? following(location, watched) : Optional.of(watched);
        if (!parts.isEmpty() && !look.at(location, parts)) {
            now.ifPresent(current -> {
                current.watch.put(parts);
                current.isDue.set(true);
                again(location, BUSY_MILLIS, TimeUnit.MILLISECONDS, () -> look(location));
            });
        }
        now.ifPresent(current -> current.lookedNanos.set(System.nanoTime()));
    }

    private void again(LocationId location, long after, TimeUnit unit, Runnable action) {
        Executor later = CompletableFuture.delayedExecutor(after, unit, work);
        Unawaited.run("looking at changes of " + location, CompletableFuture.runAsync(action, later));
    }

    /// The location is not ours any more, or not there.
    void forget(LocationId location) {
        endRereading(location);
        Watched watched = watches.remove(location);
        if (watched != null) {
            close(watched);
        }
    }

    private static void close(Watched watched) {
        try {
            watched.watch.close();
        } catch (IOException e) {
            LOG.debug("a watch did not close", e);
        }
    }

    @Override
    public void close() {
        started.set(false);
        watches.values().forEach(Watches::close);
        watches.clear();
        unwatched.keySet().forEach(this::endRereading);
    }
}

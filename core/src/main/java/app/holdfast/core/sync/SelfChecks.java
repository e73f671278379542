package app.holdfast.core.sync;

import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.StreamCheck;
import app.holdfast.core.store.Transaction;
import java.util.Optional;
import java.util.function.LongSupplier;

/// When the conversations of a library compare what is held though nothing seems to be missing, the reading of all
/// names before that, which they share (ADR 234), and of others' rows (ADR 237). Confined to the writer.
final class SelfChecks {

    /// A link is left alone for so long, and then for so long again: up to half as much more, that not all devices do
    /// it at once.
    static final long FIRST_MILLIS = 180_000;
    static final long EVERY_MILLIS = 3_600_000;
    static final long EVERY_MILLIS_MAX = EVERY_MILLIS + EVERY_MILLIS / 2;
    /// Names that one job reads, some ten milliseconds, and how long nothing is read then: a million takes a quarter of
    /// an hour.
    static final int NAMES_MAX = 10_000;
    static final long PAUSE_MILLIS = 10_000;
    /// The same of rows, in stretches of 512.
    static final int STRETCHES_MAX = 16;
    /// What was read so long ago is read again before another check.
    private static final long FRESH_MILLIS = EVERY_MILLIS / 2;

    private final Optional<LongSupplier> chance;
    private long readAtMillis;
    private long summedAtMillis;
    private StreamCheck streams = new StreamCheck();
    private long rowsAtMillis;
    private long streamsDueMillis;

    /// @param chance the door's randomness; empty: nothing is checked unasked
    SelfChecks(Optional<LongSupplier> chance) {
        this.chance = chance;
    }

    boolean areMade() {
        return chance.isPresent();
    }

    long firstMillis(long nowMillis) {
        return later(nowMillis, FIRST_MILLIS);
    }

    long nextMillis(long nowMillis) {
        return later(nowMillis, EVERY_MILLIS);
    }

    private long later(long nowMillis, long millis) {
        return nowMillis + millis + chance.map(random -> Math.floorMod(random.getAsLong(), millis / 2)).orElse(0L);
    }

    /// Reads some more names, unless that was done a moment ago.
    ///
    /// @return whether all have been read not long ago, so that the fingerprint is that of what is stored
    boolean haveSummed(Transaction tx) {
        long nowMillis = tx.state().time().nowMillis();
        if (Math.abs(nowMillis - summedAtMillis) < FRESH_MILLIS && tx.shared().isSummed()) {
            return true;
        }
        if (Math.abs(nowMillis - readAtMillis) < PAUSE_MILLIS) {
            return false;
        }
        readAtMillis = nowMillis;
        boolean haveSummed = tx.shared().sumAfresh(NAMES_MAX);
        if (haveSummed) {
            summedAtMillis = nowMillis;
        }
        return haveSummed;
    }

    /// Reads some more rows of others' streams when it is time for that, unless it was done a moment ago.
    ///
    /// @return a stream that was found to be damaged, if one was
    Optional<Holding> readStreams(Transaction tx) {
        long nowMillis = tx.state().time().nowMillis();
        if (!areMade() || Math.abs(nowMillis - rowsAtMillis) < PAUSE_MILLIS) {
            return Optional.empty();
        }
        if (streamsDueMillis == 0 || streamsDueMillis - nowMillis > EVERY_MILLIS_MAX) { // or the clock was set back
            streamsDueMillis = firstMillis(nowMillis);
        }
        if (nowMillis < streamsDueMillis) {
            return Optional.empty();
        }
        rowsAtMillis = nowMillis;
        Optional<Holding> damaged = streams.goOn(tx, STRETCHES_MAX);
        if (streams.isOver()) {
            streams = new StreamCheck();
            streamsDueMillis = nextMillis(nowMillis);
        }
        return damaged;
    }
}

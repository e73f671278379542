package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.SELF;

import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.clock.HybridClock;
import java.util.LinkedHashSet;
import java.util.Set;

/// Takes stamps that lie too far in the future out of the library, so that others accept again what is written here
/// (R8). To be asked for by a person once this device's clock is right: a clock that is behind would make everything
/// look as if it came from the future.
///
/// A new incarnation writes every record with such a stamp afresh, values unchanged, and touches what it needs. Used
/// within one job, on the writer.
final class ClockRepair {

    private final Transaction tx;
    private final long nowMillis;

    ClockRepair(Transaction tx) {
        this.tx = tx;
        this.nowMillis = tx.state().time().nowMillis();
    }

    /// Whether this device stamps what it writes so far ahead that nobody takes it.
    static boolean isNeeded(WriterState state) {
        return !state.clock().accepts(state.clock().last());
    }

    /// @return records that were written afresh
    int repair() {
        Reissue afresh = new Reissue(tx, this::isAhead);
        Set<Reissue.Key> ahead = new LinkedHashSet<>();
        var floor = new Hlc[] {new Hlc(nowMillis, 0, tx.state().author())};
        tx.dots().forEach(live -> {
            for (Register register : live.snapshot().fields().values()) {
                Hlc hlc = register.stamp().hlc();
                boolean isKept = live.model().equals(Models.CLAIM) && tx.streams().isLacking(live.record());
                if (afresh.concerns(register) && !isKept) {
                    ahead.add(new Reissue.Key(live.model(), live.record()));
                }
                if (hlc.millis() <= nowMillis + HybridClock.DRIFT_MILLIS_MAX && hlc.compareTo(floor[0]) > 0) {
                    floor[0] = hlc;
                }
            }
        });
        Author fresh = new Author(tx.ids().next());
        tx.sql().update(SELF).set(SELF.AUTHOR, tx.authors().key(fresh)).set(SELF.CLOCK_MILLIS, floor[0].millis())
                .set(SELF.CLOCK_COUNTER, (long) floor[0].counter()).execute();
        tx.state().setBack();
        afresh.write(ahead);
        tx.reclaimStreams();
        tx.forgetLog();
        return ahead.size();
    }

    private boolean isAhead(Stamp stamp) {
        return stamp.hlc().millis() > nowMillis + HybridClock.DRIFT_MILLIS_MAX / 2;
    }
}

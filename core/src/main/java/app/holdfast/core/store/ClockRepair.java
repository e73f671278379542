package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.SELF;

import app.holdfast.core.change.ForeignKey;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.model.Value;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.clock.HybridClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

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

    private record Key(String model, UUID record) {}

    /// Whether this device stamps what it writes so far ahead that nobody takes it.
    static boolean isNeeded(WriterState state) {
        return !state.clock().accepts(state.clock().last());
    }

    /// @return records that were written afresh
    int repair() {
        Set<Key> ahead = new LinkedHashSet<>();
        var floor = new Hlc[] {new Hlc(nowMillis, 0, tx.state().author())};
        tx.dots().forEach(live -> {
            for (Register register : live.snapshot().fields().values()) {
                Hlc hlc = register.stamp().hlc();
                if (isAhead(register)) {
                    ahead.add(new Key(live.model(), live.record()));
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
        List<Key> dependantsFirst = new ArrayList<>(ahead);
        dependantsFirst.sort(Comparator.comparing(Key::model, tx.state().models().dependantsFirst()));
        dependantsFirst.forEach(this::writeAfresh);
        tx.reclaimStreams();
        tx.forgetLog();
        return ahead.size();
    }

    private boolean isAhead(Register register) {
        return isAhead(register.stamp()) || register.losers().stream().anyMatch(loser -> isAhead(loser.stamp()));
    }

    private boolean isAhead(Stamp stamp) {
        return stamp.hlc().millis() > nowMillis + HybridClock.DRIFT_MILLIS_MAX / 2;
    }

    private void writeAfresh(Key key) {
        Snapshot view = tx.shared().merged(key.model, key.record).orElseThrow();
        Map<String, Value> values = new HashMap<>();
        view.fields().forEach((field, register) -> {
            if (isAhead(register)) {
                values.put(field, register.value());
            }
        });
        tx.shared().edit(key.model, key.record, values);
        for (ForeignKey foreign : tx.state().models().model(key.model).keys()) {
            if (foreign.need() == ForeignKey.Need.REQUIRED
                    && view.value(foreign.field()) instanceof Value.Ref(UUID needed)) {
                tx.shared().touch(foreign.target(), needed);
            }
        }
    }
}

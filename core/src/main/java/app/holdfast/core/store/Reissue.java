package app.holdfast.core.store;

import app.holdfast.core.change.ForeignKey;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/// Writes records afresh under this device's present incarnation, values unchanged: those that have a stamp which must
/// go get another, and what they need is touched (R9). A model that this build does not know merges as the latest
/// value; who knows its rule has the values that lost take part again. Used within one job, on the writer.
final class Reissue {

    private final Transaction tx;
    private final Predicate<Stamp> goes;

    /// @param goes which stamps must not stay
    Reissue(Transaction tx, Predicate<Stamp> goes) {
        this.tx = tx;
        this.goes = goes;
    }

    record Key(String model, UUID record) {}

    /// Whether a stamp of it must go.
    boolean concerns(Register register) {
        return goes.test(register.stamp()) || register.losers().stream().anyMatch(loser -> goes.test(loser.stamp()));
    }

    /// What depends on others comes before them (R6).
    void write(Collection<Key> records) {
        List<Key> dependantsFirst = new ArrayList<>(records);
        dependantsFirst.sort(Comparator.comparing(Key::model, tx.state().models().dependantsFirst()));
        dependantsFirst.forEach(this::write);
    }

    private void write(Key key) {
        Snapshot view = tx.shared().merged(key.model, key.record).orElseThrow();
        Map<String, Value> values = new HashMap<>();
        view.fields().forEach((field, register) -> {
            if (concerns(register)) {
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

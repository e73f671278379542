package app.holdfast.core.store;

import app.holdfast.core.change.ForeignKey;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /// Writes some of what is live under names of an author, claims left out: streams are claimed anew anyway. What
    /// it needs is touched, and loses its old names by that; so what of that has a stamp which must go is written too.
    ///
    /// @param limit records to look at
    /// @return how many were
    int write(Author author, long since, int limit) {
        List<Key> found = tx.dots().recordsAfter(author, since, false, limit);
        Set<Key> all = new LinkedHashSet<>(found);
        Deque<Key> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            for (Key needed : needed(open.poll())) {
                boolean goesToo = tx.shared().merged(needed.model, needed.record)
                        .filter(view -> view.fields().values().stream().anyMatch(this::concerns)).isPresent();
                if (goesToo && all.add(needed)) {
                    open.add(needed);
                }
            }
        }
        write(all);
        return found.size();
    }

    private List<Key> needed(Key key) {
        Optional<Snapshot> view = tx.shared().merged(key.model, key.record);
        List<Key> needed = new ArrayList<>();
        for (ForeignKey foreign : tx.state().models().model(key.model).keys()) {
            if (view.isPresent() && foreign.need() == ForeignKey.Need.REQUIRED
                    && view.get().value(foreign.field()) instanceof Value.Ref(UUID record)) {
                needed.add(new Key(foreign.target(), record));
            }
        }
        return needed;
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
        needed(key).forEach(needed -> tx.shared().touch(needed.model, needed.record));
    }
}

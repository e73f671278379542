package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Merge;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/// Which records hold values that lost against one that had not seen them, kept beside the views and made like them;
/// and how a person settles that. Confined to the writer.
public final class Conflicts {

    /// Where the latest value is right whatever the others were: nobody is asked.
    private static final Set<String> UNASKED = Set.of(Models.MEMBER, Models.REVOKED, Models.CLAIM);

    private final Transaction tx;
    private final List<SyncConflict.Field> met = new ArrayList<>();

    record Key(String model, UUID record) {}

    Conflicts(Transaction tx) {
        this.tx = tx;
    }

    /// Called whenever the live dots of a record have changed.
    void refresh(String model, UUID record, SortedMap<Dot, Snapshot> live) {
        if (UNASKED.contains(model)) {
            return;
        }
        List<String> lost = live.isEmpty() || Merge.isPlain(live) ? List.of() : lost(model, live);
        Key key = new Key(model, record);
        Map<Key, Long> stored = tx.state().knownConflicts();
        long before = stored.getOrDefault(key, 0L);
        if (lost.size() == before) {
            return;
        }
        if (lost.isEmpty()) {
            stored.remove(key);
            tx.state().prepared().update("delete from conflict where model = ? and record = ?", model,
                    Ids.bytes(record));
            return;
        }
        stored.put(key, (long) lost.size());
        tx.state().prepared().update("insert into conflict (model, record, fields) values (?, ?, ?)"
                + " on conflict (model, record) do update set fields = excluded.fields", model, Ids.bytes(record),
                (long) lost.size());
        if (lost.size() > before) {
            lost.forEach(field -> met.add(new SyncConflict.Field(model, record, field)));
        }
    }

    /// The table was changed by another hand.
    void forget() {
        tx.state().forgetConflicts();
    }

    /// How many fields of which records have values that lost.
    static Map<Key, Long> read(Prepared prepared) {
        Map<Key, Long> read = new HashMap<>();
        prepared.all("select model, record, fields from conflict", row ->
                read.put(new Key(row.getString(1), Ids.uuid(row.getBytes(2))), row.getLong(3)));
        return read;
    }

    private List<String> lost(String model, SortedMap<Dot, Snapshot> live) {
        Snapshot view = Merge.view(tx.state().models().model(model), live);
        return view.fields().entrySet().stream().filter(field -> !field.getValue().losers().isEmpty())
                .map(Map.Entry::getKey).toList();
    }

    /// Conflicts that this transaction brought about.
    public List<SyncConflict.Field> met() {
        return List.copyOf(met);
    }

    /// Settles a conflict: an edit of our own, after which no value of the field has lost.
    ///
    /// @param version names the value that is to be; empty for the one that is
    public void settle(SyncConflict.Field about, Optional<String> version) throws CoreException {
        Optional<Register> register = tx.shared().merged(about.model(), about.record())
                .flatMap(view -> view.register(about.name())).filter(held -> !held.losers().isEmpty());
        if (UNASKED.contains(about.model()) || register.isEmpty()) {
            throw new CoreException.NotFound("conflict", about.model() + " " + about.record() + " " + about.name());
        }
        Register held = register.get();
        Optional<Value> value = version.isEmpty() ? Optional.of(held.value())
                : held.losers().stream().filter(lost -> id(about, lost.stamp()).equals(version.get()))
                        .map(Register.Loser::value).findFirst();
        if (value.isEmpty()) {
            throw new CoreException.NotFound("value", version.orElse(""));
        }
        tx.shared().edit(about.model(), about.record(), Map.of(about.name(), value.get()));
    }

    /// The name of a version, made of its stamp.
    static String id(SyncConflict.Field about, Stamp stamp) {
        String all = String.join("\n", about.model(), about.record().toString(), about.name(),
                MergedViews.sortable(stamp));
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }
}

package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.SELF;
import static app.holdfast.core.store.catalogue.Tables.STREAM;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Merge;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// Moves everything of this device into another library (R7): a new incarnation, under which all live records are
/// written afresh, so that what was there before sync was on is included. Owned rows stay as they are; the claim they
/// stand on gets a new name. From then on it lacks what the others have (ADR 228).
public final class Joining {

    private Joining() {
    }

    private record Whole(String model, UUID record, Snapshot view) {}

    /// Only for a library that no other device shares: nobody has seen the events that are forgotten here.
    ///
    /// @param author the new incarnation
    public static void join(Transaction tx, LibraryId library, String libraryName, Author author) {
        List<Whole> records = records(tx);
        tx.dots().clear();
        tx.views().clear();
        tx.state().forks().clear();
        tx.sql().update(SELF).set(SELF.LIBRARY, Ids.bytes(library.value())).set(SELF.LIBRARY_NAME, libraryName)
                .set(SELF.AUTHOR, tx.authors().key(author)).execute();
        tx.state().reload();
        tx.backfill().begin();
        for (Whole whole : records) {
            if (whole.model.equals(Models.CLAIM)) {
                tx.sql().select(STREAM.CLAIM).from(STREAM).where(STREAM.SUBJECT.eq(Ids.bytes(whole.record)))
                        .fetchOptional(STREAM.CLAIM)
                        .ifPresent(key -> tx.claims().rename(key, tx.shared().nextDot()));
            }
            tx.shared().edit(whole.model, whole.record, values(whole.view));
        }
    }

    /// What depends on others comes before them (R6).
    private static List<Whole> records(Transaction tx) {
        record Key(String model, UUID record) {}

        var byRecord = new LinkedHashMap<Key, SortedMap<Dot, Snapshot>>();
        tx.dots().forEach(live -> byRecord.computeIfAbsent(new Key(live.model(), live.record()),
                _ -> new TreeMap<>()).put(live.dot(), live.snapshot()));
        ModelRegistry models = tx.state().models();
        var records = new ArrayList<Whole>();
        byRecord.forEach((key, live) ->
                records.add(new Whole(key.model, key.record, Merge.view(models.model(key.model), live))));
        records.sort(Comparator.comparing(Whole::model, models.dependantsFirst()));
        return records;
    }

    private static Map<String, Value> values(Snapshot view) {
        var values = new HashMap<String, Value>();
        view.fields().forEach((field, register) -> values.put(field, register.value()));
        return values;
    }
}

package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.ASSIGNMENT;
import static app.holdfast.core.store.catalogue.Tables.CONFLICT;
import static app.holdfast.core.store.catalogue.Tables.MEMBER;
import static app.holdfast.core.store.catalogue.Tables.REVOKED;
import static app.holdfast.core.store.catalogue.Tables.SELF;
import static app.holdfast.core.store.catalogue.Tables.STREAM;
import static app.holdfast.core.store.catalogue.Tables.TAG;

import app.holdfast.core.change.Merge;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Value;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.LibraryId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Moves everything of this device into another library (R7): a new incarnation, under which all live records are
/// written afresh, so that what was there before sync was on is included. Owned rows stay as they are; the claim they
/// stand on gets a new name.
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
        tx.sql().deleteFrom(TAG).execute();
        tx.sql().deleteFrom(ASSIGNMENT).execute();
        tx.sql().deleteFrom(CONFLICT).execute();
        tx.sql().deleteFrom(MEMBER).execute();
        tx.sql().deleteFrom(REVOKED).execute();
        tx.sql().update(SELF).set(SELF.LIBRARY, Ids.bytes(library.value())).set(SELF.LIBRARY_NAME, libraryName)
                .set(SELF.AUTHOR, tx.authors().key(author)).execute();
        tx.state().reload();
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

        var byRecord = new LinkedHashMap<Key, List<Snapshot>>();
        tx.dots().forEach(live -> byRecord.computeIfAbsent(new Key(live.model(), live.record()),
                _ -> new ArrayList<>()).add(live.snapshot()));
        var records = new ArrayList<Whole>();
        byRecord.forEach((key, live) -> records.add(new Whole(key.model, key.record, Merge.view(key.model, live))));
        records.sort((a, b) -> Boolean.compare(b.model.equals(Models.ASSIGNMENT), a.model.equals(Models.ASSIGNMENT)));
        return records;
    }

    private static Map<String, Value> values(Snapshot view) {
        var values = new HashMap<String, Value>();
        view.fields().forEach((field, register) -> values.put(field, register.value()));
        return values;
    }
}

package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.TAG;

import app.holdfast.core.api.TagRow;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Tags and their assignments, written by the rules of shared records. Confined to the writer.
public final class TagRecords {

    private static final Model ASSIGNMENTS = ModelRegistry.CORE.model(Models.ASSIGNMENT);

    private final Transaction tx;

    TagRecords(Transaction tx) {
        this.tx = tx;
    }

    /// Without how many entries have it.
    public Optional<TagRow> find(TagId id) {
        return tree().stream().filter(tag -> tag.id().equals(id)).findFirst();
    }

    /// All tags, without how many entries have them.
    public List<TagRow> tree() {
        return TagQueries.tree(tx.state().prepared(), Map.of());
    }

    public void write(TagId id, Map<String, Value> fields) {
        tx.shared().edit(Models.TAG, id.value(), fields);
    }

    /// Entries that have this very tag, those that have not arrived yet included.
    public List<EntryId> assigned(TagId tag) {
        return tx.state().prepared().all("select subject from assignment where tag = ?",
                row -> new EntryId(Ids.uuid(row.getBytes(1))), Ids.bytes(tag.value()));
    }

    public boolean entryExists(EntryId entry) {
        return tx.state().prepared().finds("select 1 from entry where id = ? and claim is not null",
                Ids.bytes(entry.value()));
    }

    /// Gives the entry the tag. Whoever deletes the tag without having seen this does not take the tag away (R9).
    public void assign(TagId tag, EntryId entry) {
        UUID id = assignmentId(tag, entry);
        if (isAssigned(id)) {
            return;
        }
        tx.shared().edit(Models.ASSIGNMENT, id, values(tag, entry));
        tx.shared().touch(Models.TAG, tag.value());
    }

    /// The same, and whoever takes this tag off the entry, or deletes it, without having seen this does not succeed:
    /// for a tag that takes another's place.
    public void assignAnew(TagId tag, EntryId entry) {
        UUID id = assignmentId(tag, entry);
        if (isAssigned(id)) {
            tx.shared().edit(Models.ASSIGNMENT, id, Map.of());
            tx.shared().touch(Models.TAG, tag.value());
        } else {
            assign(tag, entry);
        }
    }

    public void unassign(TagId tag, EntryId entry) {
        tx.shared().delete(Models.ASSIGNMENT, assignmentId(tag, entry));
    }

    /// Deletes the tag, its assignments first (R9); its children go to its parent.
    public void delete(TagRow tag) {
        assigned(tag.id()).forEach(entry -> unassign(tag.id(), entry));
        Value parent = tag.parent().<Value>map(id -> new Value.Ref(id.value())).orElse(Value.NOTHING);
        tx.sql().select(TAG.ID).from(TAG).where(TAG.PARENT.eq(Ids.bytes(tag.id().value()))).fetch(TAG.ID)
                .forEach(child -> tx.shared().edit(Models.TAG, Ids.uuid(child), Map.of(Models.PARENT, parent)));
        tx.shared().delete(Models.TAG, tag.id().value());
    }

    private boolean isAssigned(UUID id) {
        return tx.views().isAssigned(id);
    }

    /// Made of both, so that two devices that assign the same meet on one record.
    static UUID assignmentId(TagId tag, EntryId entry) {
        return ASSIGNMENTS.naturalId(values(tag, entry));
    }

    private static Map<String, Value> values(TagId tag, EntryId entry) {
        return Map.of(Models.TAG_REF, new Value.Ref(tag.value()), Models.SUBJECT, new Value.Ref(entry.value()));
    }
}

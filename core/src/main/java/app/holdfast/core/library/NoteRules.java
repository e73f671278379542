package app.holdfast.core.library;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Topic;
import app.holdfast.core.change.FieldType;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What commands about notes, ratings, favourites, custom fields and collections mean: pure rules over one
/// transaction.
///
/// All that is noted about one file is one record, whose id is made from the file's: two devices that note something
/// meet on it, and what was never noted has none.
final class NoteRules {

    private static final int FIELD_NAME_MAX = 100;
    /// Entries that one command may be about; more are to be sent as several.
    private static final int ENTRIES_MAX = 100_000;

    private NoteRules() {
    }

    static void setNote(Transaction tx, Command.SetNote command) throws CoreException {
        String text = command.text().strip();
        note(tx, command.entries(), Models.NOTE, text.isEmpty() ? Value.NOTHING : new Value.Text(text));
    }

    static void setRating(Transaction tx, Command.SetRating command) throws CoreException {
        note(tx, command.entries(), Models.RATING, new Value.Whole(command.rating()));
    }

    static void setFavorite(Transaction tx, Command.SetFavorite command) throws CoreException {
        note(tx, command.entries(), Models.FAVORITE, new Value.Flag(command.favorite()));
    }

    static void setField(Transaction tx, Command.SetField command) throws CoreException {
        String name = CommandRules.name(command.name(), FIELD_NAME_MAX, "a field's name");
        Value value = command.value().<Value>map(Value.Text::new).orElse(Value.NOTHING);
        note(tx, command.entries(), Models.CUSTOM + name, value);
    }

    private static void note(Transaction tx, List<EntryId> entries, String field, Value value) throws CoreException {
        refuseTooMany(entries);
        for (EntryId entry : entries) {
            refuseUnknown(tx, entry);
            note(tx, entry.value(), field, value);
        }
    }

    private static void note(Transaction tx, UUID about, String field, Value value) throws CoreException {
        Model metadata = tx.state().models().model(Models.METADATA);
        FieldType type = metadata.field(field).orElseThrow().type();
        if (!type.takes(value)) {
            throw new CoreException.Refused((field.startsWith(Models.CUSTOM) ? "a field's value" : "a " + field)
                    + " is " + type.words());
        }
        Value subject = new Value.Ref(about);
        UUID id = metadata.naturalId(Map.of(Models.SUBJECT, subject));
        var before = tx.records().find(metadata, id);
        if (before.map(view -> view.value(field)).orElse(Value.NOTHING).equals(value)) {
            return;
        }
        Map<String, Value> fields = new HashMap<>(Map.of(field, value));
        if (before.isEmpty()) {
            fields.put(Models.SUBJECT, subject);
        }
        try {
            tx.records().put(metadata, id, fields);
        } catch (IllegalArgumentException e) {
            throw new CoreException.Refused("there is too much noted about this already");
        }
    }

    /// The note about a drive is a record like those about files, with the volume as its subject.
    static void noteVolume(Transaction tx, VolumeId id, String text) throws CoreException {
        if (tx.volumes().said(id).isEmpty()) {
            throw new CoreException.NotFound("volume", id.toString());
        }
        note(tx, id.value(), Models.NOTE, text.isBlank() ? Value.NOTHING : new Value.Text(text.strip()));
        tx.touch(Topic.LOCATIONS);
    }

    static void createCollection(Transaction tx, Command.CreateCollection command) throws CoreException {
        String name = freeName(tx, command.name(), Optional.empty());
        tx.records().put(model(tx, Models.COLLECTION), command.id().value(),
                Map.of(Models.NAME, new Value.Text(name)));
    }

    static void renameCollection(Transaction tx, Command.RenameCollection command) throws CoreException {
        CollectionRow collection = find(tx, command.id());
        String name = freeName(tx, command.name(), Optional.of(command.id()));
        if (!name.equals(collection.name())) {
            tx.records().put(model(tx, Models.COLLECTION), command.id().value(),
                    Map.of(Models.NAME, new Value.Text(name)));
        }
    }

    static void deleteCollection(Transaction tx, Command.DeleteCollection command) throws CoreException {
        find(tx, command.id());
        tx.records().delete(model(tx, Models.COLLECTION), command.id().value());
    }

    static void addToCollection(Transaction tx, Command.AddToCollection command) throws CoreException {
        refuseTooMany(command.entries());
        find(tx, command.id());
        Model items = model(tx, Models.COLLECTION_ITEM);
        for (EntryId entry : command.entries()) {
            refuseUnknown(tx, entry);
            Map<String, Value> fields = item(command.id(), entry);
            UUID id = items.naturalId(fields);
            if (tx.records().find(items, id).isEmpty()) {
                tx.records().put(items, id, fields);
            }
        }
    }

    static void removeFromCollection(Transaction tx, Command.RemoveFromCollection command) throws CoreException {
        refuseTooMany(command.entries());
        find(tx, command.id());
        Model items = model(tx, Models.COLLECTION_ITEM);
        for (EntryId entry : command.entries()) {
            tx.records().delete(items, items.naturalId(item(command.id(), entry)));
        }
    }

    private static Map<String, Value> item(CollectionId collection, EntryId entry) {
        return Map.of(Models.COLLECTION_REF, new Value.Ref(collection.value()),
                Models.SUBJECT, new Value.Ref(entry.value()));
    }

    private static Model model(Transaction tx, String name) {
        return tx.state().models().model(name);
    }

    private static CollectionRow find(Transaction tx, CollectionId id) throws CoreException {
        return tx.collections().all().stream().filter(row -> row.id().equals(id)).findFirst()
                .orElseThrow(() -> new CoreException.NotFound("collection", id.toString()));
    }

    /// Two devices may make collections of one name without knowing of each other; one device does not.
    private static String freeName(Transaction tx, String given, Optional<CollectionId> self) throws CoreException {
        String name = CommandRules.name(given, Models.NAME_CHARACTERS_MAX, "a collection's name");
        for (CollectionRow row : tx.collections().all()) {
            if (row.name().equalsIgnoreCase(name) && !self.equals(Optional.of(row.id()))) {
                throw new CoreException.Refused("there is a collection " + row.name() + " already");
            }
        }
        return name;
    }

    private static void refuseTooMany(List<EntryId> entries) throws CoreException {
        if (entries.size() > ENTRIES_MAX) {
            throw new CoreException.Refused("at most " + ENTRIES_MAX + " files at once");
        }
    }

    private static void refuseUnknown(Transaction tx, EntryId entry) throws CoreException {
        if (!tx.records().exists(Models.ENTRY, entry.value())) {
            throw new CoreException.NotFound("file", entry.toString());
        }
    }
}

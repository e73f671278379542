package app.holdfast.core.simulation;

import app.holdfast.core.change.Model;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.Value;
import app.holdfast.core.store.Transaction;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// What a person notes about files, and the collections they are put into: other models than tags, by the same rules.
final class Noting {

    private static final Model METADATA = ModelRegistry.CORE.model(Models.METADATA);
    private static final Model COLLECTION = ModelRegistry.CORE.model(Models.COLLECTION);
    private static final Model ITEM = ModelRegistry.CORE.model(Models.COLLECTION_ITEM);
    private static final int COLLECTIONS = 2;
    private static final String[] WORDS = {"sand", "hill", "sea"};
    private static final String[] OWN_FIELDS = {Models.CUSTOM + "camera", Models.CUSTOM + "lens"};

    private final World world;

    Noting(World world) {
        this.world = world;
    }

    /// Writes one field of what is noted about a file, or takes it away.
    void note(Transaction tx, EntryId entry) {
        Value word = world.happens(20) ? Value.NOTHING : new Value.Text(WORDS[world.draw(WORDS.length)]);
        Map<String, Value> fields = new HashMap<>(switch (world.draw(4)) {
            case 0 -> Map.of(Models.NOTE, word);
            case 1 -> Map.of(Models.RATING, new Value.Whole(world.draw(Models.RATING_MAX + 1)));
            case 2 -> Map.of(Models.FAVORITE, new Value.Flag(world.happens(50)));
            default -> Map.of(OWN_FIELDS[world.draw(OWN_FIELDS.length)], word);
        });
        Map<String, Value> subject = Map.of(Models.SUBJECT, new Value.Ref(entry.value()));
        UUID id = METADATA.naturalId(subject);
        if (tx.records().find(METADATA, id).isEmpty()) {
            fields.putAll(subject);
        }
        tx.records().put(METADATA, id, fields);
        world.happened(Happening.NOTED);
    }

    /// Makes a collection, or does something with one.
    void collect(Transaction tx, EntryId entry) {
        UUID collection = new UUID(0x4000, 0x8000_0000_0000_0C00L + world.draw(COLLECTIONS));
        int what = world.draw(8);
        Map<String, Value> item = Map.of(Models.COLLECTION_REF, new Value.Ref(collection),
                Models.SUBJECT, new Value.Ref(entry.value()));
        UUID id = ITEM.naturalId(item);
        if (what < 2 || tx.records().find(COLLECTION, collection).isEmpty()) {
            tx.records().put(COLLECTION, collection, Map.of(Models.NAME,
                    new Value.Text(WORDS[world.draw(WORDS.length)])));
        } else if (what < 6) {
            if (tx.records().find(ITEM, id).isEmpty()) {
                tx.records().put(ITEM, id, item);
                world.happened(Happening.COLLECTED);
            }
        } else if (what == 6) {
            tx.records().delete(ITEM, id);
        } else {
            tx.records().delete(COLLECTION, collection);
            world.happened(Happening.COLLECTION_DELETED);
        }
    }
}

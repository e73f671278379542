package app.holdfast.core.store;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.ForeignKey;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.Models;
import java.util.EnumSet;
import java.util.Set;

/// Which topic a record of a model belongs to.
public final class Topics {

    private Topics() {
    }

    static Topic of(String model) {
        return switch (model) {
            case Models.TAG -> Topic.TAGS;
            case Models.ASSIGNMENT -> Topic.ASSIGNMENTS;
            case Models.COLLECTION, Models.COLLECTION_ITEM -> Topic.COLLECTIONS;
            case Models.METADATA -> Topic.METADATA;
            case Models.DEVICE, Models.MEMBER, Models.REVOKED -> Topic.DEVICES;
            case Models.VOLUME, Models.LOCATION, Models.CLAIM, Models.VOLUME_COPY -> Topic.LOCATIONS;
            case Models.ENTRY -> Topic.ENTRIES;
            case Models.VAULT_FILE -> Topic.VAULTS;
            default -> Topic.RECORDS;
        };
    }

    /// Notes that owned rows came or went. Files say on which drive they are, and go with it.
    static void touchRows(Transaction tx, String model) {
        tx.touch(of(model));
        if (model.equals(Models.VOLUME) || model.equals(Models.LOCATION)) {
            tx.touch(Topic.ENTRIES);
        }
    }

    /// What a question about a model's records depends on: these, and whatever they point to.
    public static Set<Topic> of(Model model) {
        Set<Topic> topics = EnumSet.of(of(model.name()));
        model.keys().stream().map(ForeignKey::target).map(Topics::of).forEach(topics::add);
        return topics;
    }
}

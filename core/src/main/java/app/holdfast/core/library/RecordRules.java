package app.holdfast.core.library;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.Field;
import app.holdfast.core.change.ForeignKey;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.model.Value;
import app.holdfast.core.store.Records;
import app.holdfast.core.store.Transaction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What commands about records of any declared model mean: pure rules over one transaction.
final class RecordRules {

    /// Records that one command may write or delete; more are to be sent as several.
    private static final int RECORDS_MAX = 100_000;
    /// Membership and ownership have commands of their own.
    private static final Set<String> RESERVED = Set.of(Models.MEMBER, Models.REVOKED, Models.CLAIM);

    private RecordRules() {
    }

    static void putRecord(Transaction tx, Command.PutRecord command) throws CoreException {
        put(tx, shared(tx, command.model()), command.id(), command.fields());
    }

    static void putRecords(Transaction tx, Command.PutRecords command) throws CoreException {
        Model model = shared(tx, command.model());
        refuseTooMany(command.records().size());
        tx.shared().gather();
        for (Map.Entry<UUID, Map<String, Value>> record : command.records().entrySet()) {
            put(tx, model, record.getKey(), record.getValue());
        }
    }

    static void deleteRecords(Transaction tx, Command.DeleteRecords command) throws CoreException {
        Model model = shared(tx, command.model());
        refuseTooMany(command.ids().size());
        command.ids().forEach(id -> tx.records().delete(model, id));
    }

    private static void refuseTooMany(int records) throws CoreException {
        if (records > RECORDS_MAX) {
            throw new CoreException.Refused("at most " + RECORDS_MAX + " records at once");
        }
    }

    private static Model shared(Transaction tx, String name) throws CoreException {
        Optional<Model> model = tx.state().models().find(name);
        if (model.isEmpty()) {
            throw new CoreException.NotFound("model", name);
        }
        if (model.get().ownership() == Model.Ownership.OWNED) {
            throw new CoreException.Refused("records of " + name + " are written by their owner's device alone");
        }
        if (RESERVED.contains(name)) {
            throw new CoreException.Refused("records of " + name + " are written by commands of their own only");
        }
        return model.get();
    }

    private static void put(Transaction tx, Model model, UUID id, Map<String, Value> fields) throws CoreException {
        for (Map.Entry<String, Value> entry : fields.entrySet()) {
            refuseMisfit(model, entry.getKey(), entry.getValue());
        }
        Records records = tx.records();
        boolean asks = model.hasNaturalKey() || !model.keys().isEmpty();
        Map<String, Value> after = new HashMap<>();
        if (asks) {
            records.find(model, id).map(Snapshot::fields).ifPresent(before ->
                    before.forEach((field, register) -> after.put(field, register.value())));
        }
        after.putAll(fields);
        refuseWithoutRequired(records, model, after);
        if (model.hasNaturalKey() && !isNatural(model, id, after)) {
            throw new CoreException.Refused("a record of " + model.name() + " is identified by its "
                    + String.join(" and ", model.naturalKey()) + ", which give another id than " + id);
        }
        try {
            records.put(model, id, fields);
        } catch (IllegalArgumentException e) {
            throw new CoreException.Refused(String.valueOf(e.getMessage()));
        }
    }

    private static void refuseMisfit(Model model, String name, Value value) throws CoreException {
        Optional<Field> field = model.field(name);
        if (field.isEmpty()) {
            throw new CoreException.Refused("a record of " + model.name() + " has no field " + name);
        }
        if (!field.get().type().takes(value)) {
            throw new CoreException.Refused("the " + name + " of a record of " + model.name() + " is "
                    + field.get().type().words());
        }
    }

    private static void refuseWithoutRequired(Records records, Model model, Map<String, Value> fields)
            throws CoreException {
        for (ForeignKey key : model.keys()) {
            if (key.need() == ForeignKey.Need.REQUIRED) {
                boolean here = fields.get(key.field()) instanceof Value.Ref(UUID target)
                        && records.exists(key.target(), target);
                if (!here) {
                    throw new CoreException.Refused("a record of " + model.name() + " needs a " + key.target()
                            + " that is here");
                }
            }
        }
    }

    private static boolean isNatural(Model model, UUID id, Map<String, Value> fields) {
        boolean complete = model.naturalKey().stream()
                .noneMatch(field -> fields.getOrDefault(field, Value.NOTHING).equals(Value.NOTHING));
        return complete && model.naturalId(fields).equals(id);
    }
}

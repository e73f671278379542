package app.holdfast.core.store;

import app.holdfast.core.change.ForeignKey;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.model.Value;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.exception.DataAccessException;

/// Records of any shared model, written by the rules that hold for all of them: a write keeps alive what the record
/// requires, a delete takes along what requires it, and that comes first (R6, R9).
///
/// Confined to the writer. Knows nothing of what a value should be; whoever writes has looked before.
public final class Records {

    private final Transaction tx;

    Records(Transaction tx) {
        this.tx = tx;
    }

    /// The record as this device sees it; empty when it is not live.
    public Optional<Snapshot> find(Model model, UUID id) {
        return tx.shared().merged(model.name(), id);
    }

    /// Whether a record is live, or an owned row is here.
    public boolean exists(String model, UUID id) {
        return switch (model) {
            case Models.ENTRY -> !ids("select id from entry where id = ? and claim is not null", id).isEmpty();
            case Models.DEVICE, Models.VOLUME, Models.LOCATION ->
                    !ids("select id from " + model + " where id = ?", id).isEmpty();
            case Models.TAG, Models.COLLECTION -> !ids("select id from " + model + " where id = ?", id).isEmpty();
            default -> tx.shared().merged(model, id).isPresent();
        };
    }

    /// Writes these fields and keeps the rest; makes the record when it is not live.
    ///
    /// @throws IllegalArgumentException when the record would be larger than any may be
    public void put(Model model, UUID id, Map<String, Value> fields) {
        tx.shared().edit(model.name(), id, fields);
        if (requiresAny(model)) {
            find(model, id).ifPresent(view -> keepAlive(model, view));
        }
    }

    private static boolean requiresAny(Model model) {
        return model.keys().stream().anyMatch(key -> key.need() == ForeignKey.Need.REQUIRED);
    }

    private void keepAlive(Model model, Snapshot view) {
        for (ForeignKey key : model.keys()) {
            if (key.need() == ForeignKey.Need.REQUIRED && view.value(key.field()) instanceof Value.Ref(UUID target)) {
                tx.shared().touch(key.target(), target);
                Model above = tx.state().models().model(key.target());
                if (requiresAny(above)) {
                    find(above, target).ifPresent(record -> keepAlive(above, record));
                }
            }
        }
    }

    /// Deletes the record, after all that requires it; nothing happens when it is not live.
    public void delete(Model model, UUID id) {
        for (Model other : tx.state().models().all()) {
            for (ForeignKey key : other.keys()) {
                if (key.need() == ForeignKey.Need.REQUIRED && key.target().equals(model.name())) {
                    requiring(other, key.field(), id).forEach(dependant -> delete(other, dependant));
                }
            }
        }
        tx.shared().delete(model.name(), id);
    }

    private List<UUID> requiring(Model model, String field, UUID id) {
        return switch (model.name()) {
            case Models.ASSIGNMENT -> ids("select id from assignment where tag = ?", id);
            case Models.COLLECTION_ITEM -> ids("select id from collection_item where collection = ?", id);
            default -> tx.shared().recordsOf(model.name()).stream().filter(record -> find(model, record)
                    .map(view -> view.value(field)).equals(Optional.of(new Value.Ref(id)))).toList();
        };
    }

    List<UUID> ids(String query, UUID id) {
        try {
            PreparedStatement statement = tx.state().prepared().statement(query);
            statement.setBytes(1, Ids.bytes(id));
            var found = new ArrayList<UUID>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(Ids.uuid(rows.getBytes(1)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new DataAccessException(query, e);
        }
    }
}

package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.OTHER_ROW;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.Models;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.exception.DataAccessException;

/// Takes owned rows out of the tables, with all that hangs below them. Used within one job, on the writer.
final class RowRemover {

    /// `entry_folder` holds the location beside the parent, so children are looked for within it.
    private static final String SUBTREE = """
            with recursive below(key, location) as (select key, location from entry where key = ?
            union select e.key, e.location from below b join entry e on e.parent = b.key and e.location = b.location)
            delete from entry where key in (select key from below)""";

    private static final String STRETCH =
            "select key, id from %s where claim = ? and sequence >= ? and sequence < ? %s";

    private final Transaction tx;
    private final Prepared prepared;

    RowRemover(Transaction tx) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
    }

    /// Removes a row if it is of this stream; another's is nobody's to remove here.
    ///
    /// @param subject what the stream is of
    void removeFrom(UUID subject, String model, UUID id) {
        boolean its = switch (model) {
            case Models.ENTRY -> belongs("""
                    select 1 from entry e join location l on l.key = e.location join volume v on v.key = l.volume
                    where e.id = ? and v.id = ?""", id, subject);
            case Models.LOCATION -> belongs("""
                    select 1 from location l join volume v on v.key = l.volume where l.id = ? and v.id = ?""", id,
                    subject);
            case Models.VOLUME, Models.DEVICE -> id.equals(subject);
            default -> belongs("select 1 from other_row where id = ? and subject = ?", id, subject);
        };
        if (its) {
            remove(model, id);
        }
    }

    private boolean belongs(String sql, UUID id, UUID subject) {
        return prepared.finds(sql, Ids.bytes(id), Ids.bytes(subject));
    }

    void remove(String model, UUID id) {
        byte[] bytes = Ids.bytes(id);
        Topics.touchRows(tx, model);
        switch (model) {
            case Models.ENTRY -> prepared.first("select key from entry where id = ?", row -> row.getLong(1), bytes)
                    .ifPresent(this::removeEntry);
            case Models.LOCATION -> {
                tx.state().scope().takeIn(id);
                prepared.update("delete from entry where location in (select key from location where id = ?)", bytes);
                prepared.update("delete from location where id = ?", bytes);
            }
            case Models.VOLUME -> {
                prepared.update("""
                        delete from entry where location in (select l.key from location l
                        join volume v on v.key = l.volume where v.id = ?)""", bytes);
                prepared.update("delete from location where volume in (select key from volume where id = ?)", bytes);
                prepared.update("delete from volume where id = ?", bytes);
            }
            case Models.DEVICE -> prepared.update("delete from device where id = ?", bytes);
            default -> prepared.update("delete from other_row where id = ?", bytes);
        }
    }

    /// An entry whose id is none can only be named by its key.
    void removeEntry(long key) {
        prepared.update(SUBTREE, key);
    }

    /// Removes the rows of a stream that the owner does not have (S4): of every leaf that is not as the owner's, those
    /// that were not offered.
    void removeUnseen(UUID subject, Map<Leaf.Name, Leaf> target, SeenRows seen) {
        var search = new Search(seen);
        Leaves leaves = new Leaves(tx);
        Map<UUID, Long> locations = leaves.locations(subject);
        for (Leaf leaf : leaves.of(subject)) {
            if (!leaf.equals(target.get(leaf.name()))) {
                search.look(tx.claims().key(subject, leaf.claim()), leaf.number(),
                        Leaves.location(locations, leaf.location()));
            }
        }
        search.unseen.forEach(row -> remove(row.model, row.id));
    }

    private record Unseen(String model, UUID id) {}

    /// Collects rows that were not offered.
    private final class Search {
        private final List<Unseen> unseen = new ArrayList<>();
        private final SeenRows seen;

        private Search(SeenRows seen) {
            this.seen = seen;
        }

        /// Through one leaf.
        private void look(long claim, long number, long location) {
            if (location != 0) {
                look(Models.ENTRY, STRETCH.formatted("entry", "and location = " + location), claim, number);
                return;
            }
            for (String model : List.of(Models.LOCATION, Models.VOLUME, Models.DEVICE)) {
                look(model, STRETCH.formatted(model, ""), claim, number);
            }
            tx.sql().selectFrom(OTHER_ROW).where(OTHER_ROW.CLAIM.eq(claim))
                    .and(OTHER_ROW.SEQUENCE.ge(number * Leaf.ROWS_MAX))
                    .and(OTHER_ROW.SEQUENCE.lt((number + 1) * Leaf.ROWS_MAX))
                    .forEach(row -> {
                        UUID id = Ids.uuid(row.getId());
                        if (!seen.containsOther(id)) {
                            unseen.add(new Unseen(row.getModel(), id));
                        }
                    });
        }

        private void look(String model, String sql, long claim, long number) {
            try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
                select.setLong(1, claim);
                select.setLong(2, number * Leaf.ROWS_MAX);
                select.setLong(3, (number + 1) * Leaf.ROWS_MAX);
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        if (!seen.contains(model, found.getLong(1))) {
                            unseen.add(new Unseen(model, Ids.uuid(found.getBytes(2))));
                        }
                    }
                }
            } catch (SQLException e) {
                throw new DataAccessException("looking for rows that were not offered", e);
            }
        }
    }
}

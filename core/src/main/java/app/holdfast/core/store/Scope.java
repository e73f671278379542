package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.LOCATION;
import static app.holdfast.core.store.catalogue.Tables.NOT_KEPT;
import static app.holdfast.core.store.catalogue.Tables.VOLUME;

import app.holdfast.core.change.Hash;
import app.holdfast.core.change.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;

/// Which locations' entries this device does without (ADR 72). In their place it keeps one hash for each, so that it
/// can still check what the owner signed. Confined to the writer.
final class Scope {

    private final DSLContext sql;
    private final Prepared prepared;
    private Optional<Set<UUID>> without = Optional.empty();

    Scope(DSLContext sql, Prepared prepared) {
        this.sql = sql;
        this.prepared = prepared;
    }

    /// The locations whose entries are not kept here.
    Set<UUID> without() {
        if (without.isEmpty()) {
            without = Optional.of(Set.copyOf(
                    prepared.all("select location from not_kept", row -> Ids.uuid(row.getBytes(1)))));
        }
        return without.get();
    }

    /// What was read may have changed.
    void forget() {
        without = Optional.empty();
    }

    /// Those of them that lie on a volume.
    Set<UUID> without(UUID subject) {
        if (without().isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(sql.select(NOT_KEPT.LOCATION).from(NOT_KEPT).join(LOCATION)
                .on(LOCATION.ID.eq(NOT_KEPT.LOCATION)).join(VOLUME).on(VOLUME.KEY.eq(LOCATION.VOLUME))
                .where(VOLUME.ID.eq(Ids.bytes(subject))).fetch(row -> Ids.uuid(row.value1())));
    }

    /// What the entries that are not kept hash to at the stream's mark; a location without any has none.
    List<Part> elsewhere(UUID subject) {
        if (without().isEmpty()) {
            return List.of();
        }
        return sql.select(NOT_KEPT.LOCATION, NOT_KEPT.ROOT).from(NOT_KEPT).join(LOCATION)
                .on(LOCATION.ID.eq(NOT_KEPT.LOCATION)).join(VOLUME).on(VOLUME.KEY.eq(LOCATION.VOLUME))
                .where(VOLUME.ID.eq(Ids.bytes(subject))).and(NOT_KEPT.ROOT.isNotNull())
                .fetch(row -> new Part(Ids.uuid(row.value1()), Hash.read(row.value2(), 0)));
    }

    /// Notes what a source says of the entries that are not kept.
    void note(UUID subject, List<Part> parts) {
        Map<UUID, Hash> roots = new HashMap<>();
        parts.forEach(part -> roots.put(part.location(), part.root()));
        for (UUID location : without(subject)) {
            Hash root = roots.get(location);
            sql.update(NOT_KEPT).set(NOT_KEPT.ROOT, root == null ? null : root.bytes())
                    .where(NOT_KEPT.LOCATION.eq(Ids.bytes(location))).execute();
        }
    }

    /// @param root what the location's entries hash to at the stream's mark; empty when there are none or it is not
    ///        known
    void leaveOut(UUID location, List<Part> root) {
        sql.insertInto(NOT_KEPT, NOT_KEPT.LOCATION, NOT_KEPT.ROOT)
                .values(Ids.bytes(location), root.isEmpty() ? null : root.getFirst().root().bytes())
                .onConflictDoNothing().execute();
        forget();
    }

    /// @return whether it was left out before
    boolean takeIn(UUID location) {
        forget();
        return sql.deleteFrom(NOT_KEPT).where(NOT_KEPT.LOCATION.eq(Ids.bytes(location))).execute() > 0;
    }

    /// An owner keeps everything.
    void takeInAll(UUID subject) {
        without(subject).forEach(this::takeIn);
    }
}

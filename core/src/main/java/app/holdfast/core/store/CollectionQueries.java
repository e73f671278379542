package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.COLLECTION;
import static app.holdfast.core.store.catalogue.Tables.COLLECTION_ITEM;
import static app.holdfast.core.store.catalogue.Tables.ENTRY;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.NameOrder;
import app.holdfast.core.model.CollectionId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Questions about collections.
public final class CollectionQueries {

    private final DSLContext sql;

    CollectionQueries(DSLContext sql) {
        this.sql = sql;
    }

    /// By name, with how many of their entries are here.
    public List<CollectionRow> all() {
        Map<UUID, Long> counts = new HashMap<>();
        sql.select(COLLECTION_ITEM.COLLECTION, DSL.countDistinct(ENTRY.ID)).from(COLLECTION_ITEM).join(ENTRY)
                .on(ENTRY.ID.eq(COLLECTION_ITEM.SUBJECT)).where(ENTRY.CLAIM.isNotNull())
                .groupBy(COLLECTION_ITEM.COLLECTION)
                .forEach(row -> counts.put(Ids.uuid(row.value1()), row.value2().longValue()));
        return sql.selectFrom(COLLECTION).fetch(row -> {
            UUID id = Ids.uuid(row.getId());
            return new CollectionRow(new CollectionId(id), row.getName(), counts.getOrDefault(id, 0L));
        }).stream().sorted(Comparator.comparing(CollectionRow::name, NameOrder.NAMES)
                .thenComparing(CollectionRow::id)).toList();
    }
}

package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.ASSIGNMENT;
import static app.holdfast.core.store.catalogue.Tables.ENTRY;
import static app.holdfast.core.store.catalogue.Tables.TAG;

import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import app.holdfast.core.store.catalogue.tables.records.TagRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Questions about tags. The tree is a view (R10): edges are taken in the order of their stamps, one that would close
/// a cycle is left out, so all devices that know the same edges see the same tree.
public final class TagQueries {

    private final DSLContext sql;

    TagQueries(DSLContext sql) {
        this.sql = sql;
    }

    /// The tree, depth first, siblings by name.
    public List<TagRow> tree() {
        List<TagRecord> tags = sql.selectFrom(TAG).fetch();
        Map<UUID, UUID> parents = parents(tags);
        Map<UUID, Long> counts = new HashMap<>();
        sql.select(ASSIGNMENT.TAG, DSL.countDistinct(ENTRY.ID)).from(ASSIGNMENT).join(ENTRY)
                .on(ENTRY.ID.eq(ASSIGNMENT.SUBJECT)).where(ENTRY.CLAIM.isNotNull()).groupBy(ASSIGNMENT.TAG)
                .forEach(row -> counts.put(Ids.uuid(row.value1()), row.value2().longValue()));
        Map<Optional<UUID>, List<TagRecord>> children = new HashMap<>();
        tags.forEach(tag -> children.computeIfAbsent(Optional.ofNullable(parents.get(Ids.uuid(tag.getId()))),
                _ -> new ArrayList<>()).add(tag));
        List<TagRow> rows = new ArrayList<>();
        append(rows, children, counts, Optional.empty());
        return rows;
    }

    private static void append(List<TagRow> rows, Map<Optional<UUID>, List<TagRecord>> children,
            Map<UUID, Long> counts, Optional<UUID> top) {
        record Waiting(TagRecord tag, Optional<UUID> parent, int depth) {}

        Comparator<TagRecord> byName = Comparator.comparing(TagRecord::getName, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(tag -> new TagId(Ids.uuid(tag.getId())));
        var stack = new java.util.ArrayDeque<Waiting>();
        children.getOrDefault(top, List.of()).stream().sorted(byName.reversed())
                .forEach(tag -> stack.push(new Waiting(tag, top, 0)));
        while (!stack.isEmpty()) {
            Waiting next = stack.pop();
            UUID id = Ids.uuid(next.tag.getId());
            rows.add(new TagRow(new TagId(id), next.tag.getName(), next.parent.map(TagId::new), color(next.tag),
                    next.depth, counts.getOrDefault(id, 0L)));
            children.getOrDefault(Optional.of(id), List.of()).stream().sorted(byName.reversed())
                    .forEach(tag -> stack.push(new Waiting(tag, Optional.of(id), next.depth + 1)));
        }
    }

    static TagColor color(TagRecord tag) {
        return color(tag.getColor());
    }

    static TagColor color(String code) {
        return TagColor.of(code).orElse(TagColor.BLUE);
    }

    private static Map<UUID, UUID> parents(List<TagRecord> tags) {
        Set<UUID> known = new LinkedHashSet<>();
        tags.forEach(tag -> known.add(Ids.uuid(tag.getId())));
        Map<UUID, UUID> parents = new HashMap<>();
        tags.stream().filter(tag -> tag.getParent() != null && known.contains(Ids.uuid(tag.getParent())))
                .sorted(Comparator.comparing(TagRecord::getParentTime)).forEach(tag -> {
                    UUID child = Ids.uuid(tag.getId());
                    UUID parent = Ids.uuid(tag.getParent());
                    if (!reaches(parents, parent, child)) {
                        parents.put(child, parent);
                    }
                });
        return parents;
    }

    private static boolean reaches(Map<UUID, UUID> parents, UUID from, UUID wanted) {
        for (UUID at = from; at != null; at = parents.get(at)) {
            if (at.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}

package app.holdfast.core.store;

import app.holdfast.core.api.NameOrder;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Questions about tags. The tree is a view (R10): edges are taken in the order of their stamps, one that would close
/// a cycle is left out, so all devices that know the same edges see the same tree.
public final class TagQueries {

    private static final String TAGS = "select id, name, color, parent, parent_time from tag";
    private static final String COUNTS = "select a.tag, count(distinct e.id) from assignment a"
            + " join entry e on e.id = a.subject where e.claim is not null group by a.tag";

    private final Connection connection;

    TagQueries(Connection connection) {
        this.connection = connection;
    }

    /// The tree, depth first, siblings by name, each with how many entries have it.
    public List<TagRow> tree() {
        try (var prepared = new Prepared(connection)) {
            Map<UUID, Long> counts = new HashMap<>();
            prepared.all(COUNTS, row -> counts.put(Ids.uuid(row.getBytes(1)), row.getLong(2)));
            return tree(prepared, counts);
        }
    }

    /// The same without looking at any assignment: who changes a tag does not wait for a million entries to be counted.
    ///
    /// @param counts by tag; one that is not in it has 0
    static List<TagRow> tree(Prepared prepared, Map<UUID, Long> counts) {
        List<Tag> tags = prepared.all(TAGS, Tag::of);
        Map<UUID, UUID> parents = parents(tags);
        Map<Optional<UUID>, List<Tag>> children = new HashMap<>();
        for (Tag tag : tags) {
            children.computeIfAbsent(Optional.ofNullable(parents.get(tag.id)), _ -> new ArrayList<>()).add(tag);
        }
        Comparator<Tag> lastNameFirst = Comparator.comparing(Tag::name, NameOrder.NAMES)
                .thenComparing(tag -> new TagId(tag.id)).reversed();
        children.values().forEach(siblings -> siblings.sort(lastNameFirst));
        return depthFirst(children, counts);
    }

    /// @param parent     null at the top
    /// @param parentTime null when it never had a parent
    private record Tag(UUID id, String name, String color, @Nullable UUID parent, @Nullable String parentTime) {
        private static Tag of(ResultSet row) throws SQLException {
            byte @Nullable [] parent = row.getBytes(4);
            return new Tag(Ids.uuid(row.getBytes(1)), row.getString(2), row.getString(3),
                    parent == null ? null : Ids.uuid(parent), row.getString(5));
        }
    }

    private static List<TagRow> depthFirst(Map<Optional<UUID>, List<Tag>> children, Map<UUID, Long> counts) {
        record Waiting(Tag tag, Optional<UUID> parent, int depth) {}

        List<TagRow> rows = new ArrayList<>();
        var stack = new ArrayDeque<Waiting>();
        Optional<UUID> top = Optional.empty();
        children.getOrDefault(top, List.of()).forEach(tag -> stack.push(new Waiting(tag, top, 0)));
        while (!stack.isEmpty()) {
            Waiting next = stack.pop();
            Optional<UUID> id = Optional.of(next.tag.id);
            rows.add(new TagRow(new TagId(next.tag.id), next.tag.name, next.parent.map(TagId::new),
                    color(next.tag.color), next.depth, counts.getOrDefault(next.tag.id, 0L)));
            children.getOrDefault(id, List.of()).forEach(tag -> stack.push(new Waiting(tag, id, next.depth + 1)));
        }
        return rows;
    }

    static TagColor color(String code) {
        return TagColor.of(code).orElse(TagColor.BLUE);
    }

    private static Map<UUID, UUID> parents(List<Tag> tags) {
        Set<UUID> known = new HashSet<>();
        tags.forEach(tag -> known.add(tag.id));
        Map<UUID, UUID> parents = new HashMap<>();
        tags.stream().filter(tag -> tag.parent != null && known.contains(tag.parent))
                .sorted(Comparator.comparing(Tag::parentTime)).forEach(tag -> {
                    if (!reaches(parents, tag.parent, tag.id)) {
                        parents.put(tag.id, tag.parent);
                    }
                });
        return parents;
    }

    private static boolean reaches(Map<UUID, UUID> parents, @Nullable UUID from, UUID wanted) {
        for (UUID at = from; at != null; at = parents.get(at)) {
            if (at.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}

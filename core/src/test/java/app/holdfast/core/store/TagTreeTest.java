package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.NameOrder;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The tree of tags as it is shown, whatever lies below what (R10): held against a naive rule. `-Dholdfast.seed=N`
/// repeats one.
final class TagTreeTest {

    private static final int RUNS = 300;
    private static final int TAGS_MAX = 12;
    private static final long FIRST = Long.getLong("holdfast.seed", System.nanoTime());

    private Connection connection;
    private Prepared prepared;

    /// @param parent of any tag, of none that is there, its own, or absent
    /// @param time   when it was put there; no two are the same
    private record Edge(UUID tag, String name, Optional<UUID> parent, String time) {}

    @BeforeEach
    void open() throws Exception {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        connection.createStatement().execute(
                "create table tag (id blob primary key, name text, color text, parent blob, parent_time text)");
        prepared = new Prepared(connection);
    }

    @AfterEach
    void close() throws Exception {
        prepared.close();
        connection.close();
    }

    private List<TagRow> shown(List<Edge> edges) {
        prepared.update("delete from tag");
        for (Edge edge : edges) {
            prepared.update("insert into tag values (?, ?, 'red', ?, ?)", Ids.bytes(edge.tag), edge.name,
                    edge.parent.map(Ids::bytes).orElse(null), edge.time);
        }
        return TagQueries.tree(prepared, Map.of());
    }

    private static UUID tag(int number) {
        return new UUID(number % 3 - 1L, 100L - number); // ids of both signs
    }

    /// Each below the next one and the last below the first, in the order of these times.
    private static List<Edge> ring(List<Integer> times) {
        return IntStream.range(0, times.size()).mapToObj(i -> new Edge(tag(i), "tag " + i,
                Optional.of(tag((i + 1) % times.size())), time(times.get(i)))).toList();
    }

    private static String time(int number) {
        return "%012x".formatted(1_000 + number);
    }

    @Test
    void ofARingTheNewestEdgeIsLeftOutAndAllTagsAreShown() {
        for (int size = 1; size <= 7; size++) {
            List<Integer> times = new ArrayList<>(IntStream.range(0, size).boxed().toList());
            for (int turn = 0; turn < size; turn++) {
                Collections.rotate(times, 1);

                List<TagRow> rows = shown(ring(times));

                int newest = times.indexOf(size - 1);
                assertThat(rows).as("%s", times).hasSize(size);
                for (int depth = 0; depth < size; depth++) {
                    int number = Math.floorMod(newest - depth, size);
                    TagRow row = rows.get(depth);
                    assertThat(row.id().value()).as("%s at %d", times, depth).isEqualTo(tag(number));
                    assertThat(row.depth()).isEqualTo(depth);
                    assertThat(row.parent()).isEqualTo(depth == 0 ? Optional.empty()
                            : Optional.of(new TagId(tag((number + 1) % size))));
                }
            }
        }
    }

    @Test
    void whateverLiesBelowWhatIsShownByTheRuleInWhateverOrderItArrived() {
        System.out.println("tag tree -Dholdfast.seed=" + FIRST);
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            Random random = new Random(seed);
            List<Edge> edges = edges(random);

            List<TagRow> rows = shown(edges);

            assertThat(rows.stream().map(TagTreeTest::line)).as("-Dholdfast.seed=%d %s", seed, edges)
                    .containsExactlyElementsOf(expected(edges));
            List<Edge> otherwise = new ArrayList<>(edges);
            Collections.shuffle(otherwise, random);
            assertThat(shown(otherwise)).as("-Dholdfast.seed=%d", seed).isEqualTo(rows);
        }
    }

    private static List<Edge> edges(Random random) {
        int count = 1 + random.nextInt(TAGS_MAX);
        List<Integer> times = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(times, random);
        return IntStream.range(0, count).mapToObj(i -> new Edge(tag(i), "tag " + random.nextInt(4),
                random.nextInt(6) == 0 ? Optional.empty() : Optional.of(tag(random.nextInt(count + 1))),
                time(times.get(i)))).toList();
    }

    private static String line(TagRow row) {
        return row.depth() + " " + row.id() + " " + row.name() + " below " + row.parent();
    }

    /// By the letter: oldest first, each edge is drawn unless one can already go from the parent up to the tag; then
    /// every tag is put where its names from the top sort.
    private static List<String> expected(List<Edge> edges) {
        Map<UUID, Edge> byTag = new HashMap<>();
        edges.forEach(edge -> byTag.put(edge.tag, edge));
        List<UUID> tags = edges.stream().map(Edge::tag).toList();
        boolean[][] above = new boolean[tags.size()][tags.size()]; // [i][j]: j is i or above it
        IntStream.range(0, tags.size()).forEach(i -> above[i][i] = true);
        Map<UUID, UUID> parents = new HashMap<>();
        edges.stream().sorted(Comparator.comparing(Edge::time)).forEach(edge -> {
            int child = tags.indexOf(edge.tag);
            int parent = edge.parent.map(tags::indexOf).orElse(-1);
            if (parent < 0 || above[parent][child]) {
                return;
            }
            parents.put(edge.tag, tags.get(parent));
            for (boolean[] reached : above) {
                for (int j = 0; reached[child] && j < tags.size(); j++) {
                    reached[j] |= above[parent][j];
                }
            }
        });
        return tags.stream().map(tag -> path(tag, parents)).sorted((one, other) -> Arrays.compare(
                        one.toArray(UUID[]::new), other.toArray(UUID[]::new),
                        Comparator.comparing((UUID tag) -> byTag.get(tag).name, NameOrder.NAMES)
                                .thenComparing(TagId::new)))
                .map(path -> path.size() - 1 + " " + new TagId(path.getLast()) + " " + byTag.get(path.getLast()).name
                        + " below " + Optional.ofNullable(parents.get(path.getLast())).map(TagId::new)).toList();
    }

    private static List<UUID> path(UUID tag, Map<UUID, UUID> parents) {
        List<UUID> path = new ArrayList<>();
        for (UUID at = tag; at != null; at = parents.get(at)) {
            path.addFirst(at);
        }
        return path;
    }
}

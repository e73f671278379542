package app.holdfast.core.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.TimeOrderedIds;
import app.holdfast.core.model.Value;
import app.holdfast.core.sync.SyncMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a page of rows costs when they are made from a tree of this machine. Prints figures; asserts none of time.
class RealTreeTest {

    private static final int ROWS_MAX = 100_000;
    private static final List<String> FIELDS =
            List.of("location", "parent", "name", "kind", "size", "modified_millis");

    @Test
    void rowsOfARealTreeTakeAFewBytesEach() throws IOException, WireException {
        List<OwnedRow> rows = rows(Path.of("/usr").toRealPath());
        var messages = new ArrayList<SyncMessage>();
        for (int from = 0; from < rows.size(); from += OwnedRows.ROWS_MAX) {
            int to = Math.min(rows.size(), from + OwnedRows.ROWS_MAX);
            messages.add(new SyncMessage.StreamPage(new Dot(new Author(new UUID(1, 2)), 3), messages.size() + 1,
                    List.of(new OwnedRows("entry", FIELDS, rows.subList(from, to))), List.of(), to));
        }

        List<byte[]> frames = List.of();
        for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            frames = messages.stream().map(SyncCodec::encode).toList();
            long encoded = System.nanoTime();
            for (byte[] frame : frames) {
                SyncCodec.decode(frame);
            }
            long decoded = System.nanoTime();
            if (round == 5) {
                System.out.printf("%d entries of /usr: %.1f bytes each, %.2f M rows/s out, %.2f M rows/s in%n",
                        rows.size(), (double) frames.stream().mapToLong(frame -> frame.length).sum() / rows.size(),
                        1e3 * rows.size() / (encoded - start), 1e3 * rows.size() / (decoded - encoded));
            }
        }

        for (int i = 0; i < frames.size(); i++) {
            assertThat(SyncCodec.decode(frames.get(i))).isEqualTo(messages.get(i));
        }
        long bytes = frames.stream().mapToLong(frame -> frame.length).sum();
        assertThat(bytes).isLessThan(40L * rows.size() + 1_000);
    }

    private static List<OwnedRow> rows(Path root) throws IOException {
        var now = new AtomicLong(1_780_000_000_000L);
        var ids = new TimeOrderedIds(now::get, new SplittableRandom(7)::nextLong);
        UUID location = ids.next();
        Map<Path, UUID> folders = new HashMap<>();
        var rows = new ArrayList<OwnedRow>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : (Iterable<Path>) tree.limit(ROWS_MAX)::iterator) {
                var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                UUID id = ids.next();
                // a scan at a fifth of a million entries a second
                now.addAndGet(rows.size() % 200 == 0 ? 1 : 0);
                folders.put(path, id);
                UUID parent = folders.get(path.getParent());
                rows.add(new OwnedRow(id, Optional.empty(), rows.size() + 1L, List.of(
                        new Value.Ref(location), parent == null ? Value.NOTHING : new Value.Ref(parent),
                        new Value.Text(path.getFileName().toString()),
                        new Value.Whole(attributes.isDirectory() ? 1 : 0), new Value.Whole(attributes.size()),
                        new Value.Whole(attributes.lastModifiedTime().toMillis()))));
            }
        }
        return rows;
    }
}

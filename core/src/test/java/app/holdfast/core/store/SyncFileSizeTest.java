package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sync.db` stays below a megabyte whatever is in it (invariant 7): real files, its write-ahead log included.
final class SyncFileSizeTest {

    private static final long BYTES_MAX = 1_000_000;
    private static final DeviceId DEVICE = new DeviceId("11".repeat(32));
    private static final int PEERS = 16;

    @TempDir
    private Path data;

    private final Random random = new Random(5);
    private long biggest;

    private EncodedGroup group(Author author, long first, int events) {
        List<Event> all = IntStream.range(0, events).mapToObj(i -> new Event(new Dot(author, first + i), Models.TAG,
                new UUID(random.nextLong(), random.nextLong()), new TreeSet<>(), Optional.empty())).toList();
        return EncodedGroup.of(new Group(all));
    }

    private void measure() throws IOException {
        long bytes = 0;
        for (String file : List.of("sync.db", "sync.db-wal", "sync.db-shm", "sync.db-journal")) {
            Path there = data.resolve(file);
            bytes += Files.exists(there) ? Files.size(there) : 0;
        }
        biggest = Math.max(biggest, bytes);
    }

    private void fill(LibraryStore store, int eventsPerGroup, int groups) throws Exception {
        Author author = new Author(new UUID(random.nextLong(), random.nextLong()));
        long next = 1;
        for (int batch = 0; batch < 20; batch++) {
            List<EncodedGroup> some = new ArrayList<>();
            for (int i = 0; i < groups / 20; i++) {
                some.add(group(author, next, eventsPerGroup));
                next += eventsPerGroup;
            }
            int from = 1 + 20_000 * eventsPerGroup + batch * 100;
            store.writer().submit(_ -> {
                store.writer().log().append(some);
                store.events().append(IntStream.range(from, from + 100).mapToObj(id -> new SyncEvent(id,
                        Instant.ofEpochMilli(1_780_000_000_000L + id), SyncEvent.Level.WARNING,
                        SyncEvent.Kind.BACKFILL_ENDED, Optional.of(DEVICE), random.nextLong(),
                        Map.of("reason", "x".repeat(170)))).toList());
                return true;
            }).get();
            measure();
        }
        for (int peer = 0; peer < PEERS; peer++) {
            DeviceId device = new DeviceId("%02x".formatted(0x20 + peer).repeat(32));
            store.writer().submit(_ -> {
                var covered = new TreeMap<Author, Long>();
                IntStream.range(0, 64).forEach(i -> covered.put(new Author(new UUID(7, i)), 5L));
                store.writer().log().acknowledged(device, new VersionVector(covered), _ -> List.of(DEVICE));
                return true;
            }).get();
            measure();
        }
    }

    @Test
    void aFullLogAFullListOfEventsAndAllAcknowledgementsFitInAMegabyteTogether() throws Exception {
        Random ids = new Random(1);
        Surroundings around = new Surroundings(() -> 1_000_000, ids::nextLong, Thread::new, data.resolve("memory"),
                new FakeSigning(DEVICE));
        LibraryStore.create(data, DEVICE, "laptop", around);

        try (LibraryStore store = LibraryStore.open(data, around, _ -> { })) {
            fill(store, 1, 6_000);
            fill(store, 2_000, 40);
            fill(store, 7, 3_000);
        }

        assertThat(biggest).isBetween(600_000L, BYTES_MAX);
    }
}

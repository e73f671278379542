package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.api.SyncEvent.Level;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How much of what happened is kept, in a real file.
final class EventLogTest {

    private static final DeviceId DEVICE = new DeviceId("11".repeat(32));

    @TempDir
    private Path data;

    private LibraryStore store;

    @BeforeEach
    void open() throws Exception {
        Surroundings around = new Surroundings(() -> 1_000, new Random(7)::nextLong, Thread::new,
                data.resolve("memory"), new FakeSigning(DEVICE), ModelRegistry.CORE);
        LibraryStore.create(data, DEVICE, "one", around);
        store = LibraryStore.open(data, around, _ -> { });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static SyncEvent event(long id, String reason) {
        return new SyncEvent(id, Instant.ofEpochMilli(id), Level.INFO, Kind.LINKED, Optional.of(DEVICE), 5,
                reason.isEmpty() ? Map.of() : Map.of("reason", reason));
    }

    private List<SyncEvent> kept(List<SyncEvent> events) throws Exception {
        return store.writer().submit(_ -> {
            store.events().append(events);
            return store.events().all();
        }).get();
    }

    @Test
    void ofAThousandAndTwoTheOldestTwoGo() throws Exception {
        List<SyncEvent> all = LongStream.rangeClosed(1, EventLog.EVENTS_MAX + 2).mapToObj(id -> event(id, ""))
                .toList();

        List<SyncEvent> first = kept(all.subList(0, EventLog.EVENTS_MAX));
        List<SyncEvent> then = kept(all.subList(EventLog.EVENTS_MAX, all.size()));

        assertThat(first).isEqualTo(all.subList(0, EventLog.EVENTS_MAX));
        assertThat(then).isEqualTo(all.subList(2, all.size()));
    }

    @Test
    void whatTheDetailsAddUpToHasALimitAndTheOldestGo() throws Exception {
        int bytes = 100;
        String reason = "x".repeat(bytes - "reason=".length());
        int fit = (int) EventLog.BYTES_MAX / bytes;
        List<SyncEvent> all = LongStream.rangeClosed(1, fit + 3).mapToObj(id -> event(id, reason)).toList();

        assertThat(kept(all)).isEqualTo(all.subList(3, all.size()));
    }

    @Test
    void aLongDetailIsCutAndOneOfSeveralLinesIsOneLine() throws Exception {
        SyncEvent kept = kept(List.of(event(1, "one\ntwo=" + "x".repeat(500)))).getFirst();

        assertThat(kept.details()).containsOnlyKeys("reason");
        assertThat(kept.details().get("reason")).startsWith("one two=xx").hasSize(201).endsWith("…");
    }
}

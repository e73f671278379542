package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.EventLog;
import app.holdfast.core.store.LibraryStore;
import app.holdfast.core.store.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of what happened, and how much of it.
final class TimelineTest {

    private static final DeviceId DEVICE = new DeviceId("11".repeat(32));
    private static final DeviceId OTHER = new DeviceId("22".repeat(32));

    @TempDir
    private Path data;

    private LibraryStore store;
    private Timeline timeline;
    private long nowMillis = 1_000_000;

    @BeforeEach
    void open() throws Exception {
        Surroundings around = new Surroundings(() -> nowMillis, new Random(7)::nextLong, Thread::new,
                data.resolve("memory"), new FakeSigning(DEVICE), ModelRegistry.CORE);
        if (!LibraryStore.exists(data)) {
            LibraryStore.create(data, DEVICE, "one", around);
        }
        store = LibraryStore.open(data, around, _ -> { });
        timeline = new Timeline(store, () -> nowMillis, () -> { });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void note(int count) {
        for (int i = 0; i < count; i++) {
            timeline.note(Kind.LINKED, OTHER, Map.of());
        }
    }

    private static List<Long> ids(List<SyncEvent> events) {
        return events.stream().map(SyncEvent::id).toList();
    }

    @Test
    void theNewestComeFirstAndNoMoreThanAskedFor() {
        note(5);

        assertThat(ids(timeline.newest(3, 0))).containsExactly(5L, 4L, 3L);
        assertThat(ids(timeline.newest(100, 0))).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(timeline.newest(0, 0)).isEmpty();
    }

    /// As `sync events --follow` goes on.
    @Test
    void whoHasSeenSomeIsToldOfTheRestOnly() {
        note(5);
        List<SyncEvent> seen = new ArrayList<>(timeline.newest(100, 3).reversed());
        assertThat(ids(seen)).containsExactly(4L, 5L);

        note(2);
        seen.addAll(timeline.newest(100, seen.getLast().id()).reversed());

        assertThat(ids(seen)).containsExactly(4L, 5L, 6L, 7L);
        assertThat(timeline.newest(100, 7)).isEmpty();
    }

    @Test
    void aThousandAreKeptHereAndAcrossARestartAndNumbersGoOn() throws Exception {
        note(EventLog.EVENTS_MAX + 5);
        List<SyncEvent> before = timeline.newest(Integer.MAX_VALUE, 0);
        store.close();
        open();

        List<SyncEvent> after = timeline.newest(Integer.MAX_VALUE, 0);
        note(1);

        assertThat(before).hasSize(EventLog.EVENTS_MAX);
        assertThat(before.getLast().id()).isEqualTo(6);
        assertThat(after).isEqualTo(before);
        assertThat(timeline.newest(1, 0).getFirst().id()).isEqualTo(EventLog.EVENTS_MAX + 6);
        assertThat(ids(timeline.newest(Integer.MAX_VALUE, 0))).hasSize(EventLog.EVENTS_MAX).endsWith(7L);
    }

    @Test
    void thatChangesOfADeviceWaitIsNotedOnceInTenMinutes() {
        timeline.note(Kind.QUARANTINED, OTHER, Map.of());
        nowMillis += Duration.ofMinutes(10).toMillis() - 1;
        timeline.note(Kind.QUARANTINED, OTHER, Map.of());
        timeline.note(Kind.QUARANTINED, DEVICE, Map.of());
        assertThat(timeline.newest(100, 0)).hasSize(2);

        nowMillis += 1;
        timeline.note(Kind.QUARANTINED, OTHER, Map.of());

        assertThat(timeline.newest(100, 0)).hasSize(3);
    }
}

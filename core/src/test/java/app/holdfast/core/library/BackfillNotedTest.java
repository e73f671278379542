package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.BackfillState;
import app.holdfast.core.store.LibraryStore;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.store.TestSql;
import app.holdfast.core.store.Transaction;
import app.holdfast.core.sync.SyncNote;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of a backfill is what was committed.
final class BackfillNotedTest {

    private static final DeviceId DEVICE = new DeviceId("11".repeat(32));
    private static final DeviceId PEER = new DeviceId("22".repeat(32));
    private static final SyncNote ENDED = new SyncNote(PEER, Kind.BACKFILL_ENDED, Map.of());

    @TempDir
    private Path data;

    private LibraryStore store;
    private Timeline timeline;
    private Backfill backfill;

    @BeforeEach
    void join() throws Exception {
        Surroundings around = new Surroundings(() -> 1_000_000, new Random(7)::nextLong, Thread::new,
                data.resolve("memory"), new FakeSigning(DEVICE), ModelRegistry.CORE);
        LibraryStore.create(data, DEVICE, "one", around);
        store = LibraryStore.open(data, around, _ -> { });
        timeline = new Timeline(store, () -> 1_000_000, () -> { });
        backfill = new Backfill(store.writer(), timeline);
        store.writer().submit(tx -> TestSql.execute(tx, "insert into setting (name, value) values ('%s', 'under way')"
                .formatted(BackfillState.SETTING))).join();
        backfill.begun().join();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<Kind> told() {
        store.writer().submit(_ -> true).join();
        return timeline.newest(10, 0).stream().map(SyncEvent::kind).toList();
    }

    private boolean end(Transaction tx) {
        tx.backfill().end();
        backfill.noted(ENDED);
        return true;
    }

    @Test
    void itIsToldOnceThatItHasBegunAndOnceThatItIsOver() {
        assertThat(backfill.isUnderWay()).isTrue();

        store.writer().submit(this::end).join();
        backfill.noted(ENDED);

        assertThat(told()).containsExactly(Kind.BACKFILL_ENDED, Kind.BACKFILL_BEGUN);
        assertThat(timeline.newest(1, 0).getFirst().device()).isEqualTo(Optional.of(PEER));
        assertThat(backfill.isUnderWay()).isFalse();
    }

    @Test
    void anEndThatWasUndoneWithItsTransactionIsNotTold() {
        assertThatThrownBy(() -> store.writer().submit(tx -> {
            end(tx);
            throw new CoreException.Busy();
        }).join()).hasCauseInstanceOf(CoreException.Busy.class);

        assertThat(told()).containsExactly(Kind.BACKFILL_BEGUN);
        assertThat(backfill.isUnderWay()).isTrue();

        store.writer().submit(this::end).join();

        assertThat(told()).containsExactly(Kind.BACKFILL_ENDED, Kind.BACKFILL_BEGUN);
    }

    @Test
    void anEndThatCouldNotBeCommittedIsNotTold() {
        assertThatThrownBy(() -> store.writer().submit(tx -> {
            TestSql.execute(tx, "insert into vector (author, sequence, head) values (999, 1, 0)");
            return end(tx);
        }).join());

        assertThat(told()).containsExactly(Kind.BACKFILL_BEGUN);
        assertThat(backfill.isUnderWay()).isTrue();
    }
}

package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Models;
import app.holdfast.core.clock.Author;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryWriterTest {

    private static final DeviceId DEVICE = new DeviceId("44".repeat(32));
    private static final UUID TAG = new UUID(1, 1);

    @TempDir
    private Path data;

    private final AtomicLong now = new AtomicLong(7_000_000);
    private final AtomicReference<Runnable> onAnnouncement = new AtomicReference<>(() -> { });
    private LibraryStore store;

    @BeforeEach
    void open() throws Exception {
        Random random = new Random(4);
        Surroundings around = new Surroundings(now::get, random::nextLong,
                Thread.ofPlatform().uncaughtExceptionHandler((_, _) -> { }).factory(), data.resolve("memory"),
                new FakeSigning(DEVICE));
        LibraryStore.create(data, DEVICE, "laptop", around);
        store = LibraryStore.open(data, around, _ -> onAnnouncement.get().run());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static boolean write(Transaction tx) {
        tx.shared().edit(Models.TAG, TAG, Map.of(Models.NAME, new Value.Text("Trips")));
        return true;
    }

    @Test
    void aJobThatFailsIsUndoneAloneAndToldWhy() throws Exception {
        var failing = store.writer().submit(tx -> {
            write(tx);
            throw new CoreException.Refused("for a reason");
        });

        assertThatThrownBy(() -> failing.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(CoreException.Refused.class);

        var tag = store.writer().submit(tx -> tx.shared().merged(Models.TAG, TAG)).get(60, TimeUnit.SECONDS);
        assertThat(tag).isEmpty();
    }

    @Test
    void aJobThatFailsAloneInItsTransactionLeavesNothing() throws Exception {
        var before = store.writer().submit(tx -> tx.shared().vector()).get(60, TimeUnit.SECONDS);
        var failing = store.writer().submit(tx -> {
            write(tx);
            tx.finish();
            throw new CoreException.Refused("for a reason");
        });
        assertThatThrownBy(() -> failing.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(CoreException.Refused.class);

        var after = store.writer().submit(tx -> tx.shared().vector()).get(60, TimeUnit.SECONDS);
        var tags = store.writer().submit(tx -> tx.tags().tree()).get(60, TimeUnit.SECONDS);

        assertThat(after).isEqualTo(before);
        assertThat(tags).isEmpty();
    }

    @Test
    void aJobThatFailsAmongOthersOfItsTransactionIsUndoneAlone() throws Exception {
        var goOn = new CompletableFuture<Boolean>().orTimeout(60, TimeUnit.SECONDS);
        var holding = store.writer().submit(_ -> goOn.join());
        var written = store.writer().submit(LibraryWriterTest::write);
        var failing = store.writer().submit(tx -> {
            tx.shared().delete(Models.TAG, TAG);
            throw new CoreException.Refused("for a reason");
        });
        goOn.complete(true);

        assertThatThrownBy(() -> failing.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(CoreException.Refused.class);

        assertThat(holding.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(written.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(store.writer().submit(tx -> tx.shared().merged(Models.TAG, TAG)).get(60, TimeUnit.SECONDS))
                .isPresent();
    }

    @Test
    void smallJobsThatWaitShareATransaction() {
        assertThat(commitsOfThree(0)).isEqualTo(1);
    }

    /// Else the later ones could not be undone alone without a copy of every page that they change (ADR 252).
    @Test
    void aJobThatTookLongSharesItsTransactionWithNoLaterOne() {
        assertThat(commitsOfThree(10)).isEqualTo(2);
    }

    /// @param millis that the second of them takes
    private int commitsOfThree(long millis) {
        var commits = new AtomicInteger();
        onAnnouncement.set(commits::incrementAndGet);
        var goOn = new CompletableFuture<Boolean>().orTimeout(60, TimeUnit.SECONDS);
        var first = store.writer().submit(tx -> goOn.join() && write(tx));
        var second = store.writer().submit(tx -> write(tx) && now.addAndGet(millis) > 0);
        var third = store.writer().submit(LibraryWriterTest::write);
        goOn.complete(true);
        CompletableFuture.allOf(first, second, third).join();
        store.writer().submit(_ -> true).join(); // the announcement of the last one is over
        return commits.get();
    }

    /// SQLite rolls the whole transaction back by itself then, of which the driver hears nothing.
    @Test
    void whenTheDiskIsFullTheJobSaysSoAndLaterOnesAreWholeAgain() throws Exception {
        var full = store.writer().submit(LibraryWriterTest::fillTheDisk);
        assertThatThrownBy(() -> full.get(60, TimeUnit.SECONDS)).cause()
                .isInstanceOf(CoreException.StorageFailed.class).hasMessageContaining("the disk is full");
        var before = store.writer().submit(tx -> tx.shared().vector()).get(60, TimeUnit.SECONDS);
        store.writer().submit(tx -> tx.sql().execute("pragma max_page_count = 1000000")).get(60, TimeUnit.SECONDS);

        var refused = store.writer().submit(tx -> {
            fill(tx);
            throw new CoreException.Refused("for a reason");
        });
        assertThatThrownBy(() -> refused.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(CoreException.Refused.class);
        assertThat(store.writer().submit(tx -> tx.tags().tree()).get(60, TimeUnit.SECONDS)).isEmpty();
        assertThat(store.writer().submit(tx -> tx.shared().vector()).get(60, TimeUnit.SECONDS)).isEqualTo(before);
        assertThat(store.writer().submit(LibraryWriterTest::fill).get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(store.writer().submit(tx -> tx.tags().tree()).get(60, TimeUnit.SECONDS)).hasSize(3_000);
    }

    @Test
    void whenTheDiskIsFullAllThatShareTheTransactionAreToldSo() throws Exception {
        var goOn = new CompletableFuture<Boolean>().orTimeout(60, TimeUnit.SECONDS);
        var written = store.writer().submit(tx -> goOn.join() && write(tx));
        var full = store.writer().submit(LibraryWriterTest::fillTheDisk);
        goOn.complete(true);

        for (var job : List.of(written, full)) {
            assertThatThrownBy(() -> job.get(60, TimeUnit.SECONDS)).cause()
                    .isInstanceOf(CoreException.StorageFailed.class).hasMessageContaining("the disk is full");
        }
        assertThat(store.writer().submit(tx -> tx.tags().tree()).get(60, TimeUnit.SECONDS)).isEmpty();
        store.writer().submit(tx -> tx.sql().execute("pragma max_page_count = 1000000")).get(60, TimeUnit.SECONDS);
        assertThat(store.writer().submit(LibraryWriterTest::write).get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(store.writer().submit(tx -> tx.tags().tree()).get(60, TimeUnit.SECONDS)).hasSize(1);
    }

    private static boolean closeTheFile(Transaction tx) {
        try {
            tx.connection().close();
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean fillTheDisk(Transaction tx) {
        write(tx);
        long pages = tx.sql().fetchSingle("pragma page_count").get(0, Long.class);
        tx.sql().execute("pragma max_page_count = " + pages);
        return fill(tx);
    }

    private static boolean fill(Transaction tx) {
        for (int i = 0; i < 3_000; i++) {
            tx.tags().write(new TagId(new UUID(2, i)), Map.of(Models.NAME, new Value.Text("Tag " + i)));
        }
        return true;
    }

    @Test
    void nobodyIsLeftWaitingWhenNoTransactionCanBeBegun() throws Exception {
        store.writer().submit(LibraryWriterTest::closeTheFile).handle((_, _) -> true).get(60, TimeUnit.SECONDS);

        var later = store.writer().submit(LibraryWriterTest::write);

        assertThatThrownBy(() -> later.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(CoreException.class);
    }

    @Test
    void aBugInAJobDoesNotEndTheWriter() throws Exception {
        var buggy = store.writer().submit(tx -> {
            write(tx);
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(() -> buggy.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);

        assertThat(store.writer().submit(LibraryWriterTest::write).get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aJobThatWantsMoreMemoryThanThereIsIsUndoneAloneAndTheWriterGoesOn() throws Exception {
        var greedy = store.writer().submit(tx -> {
            write(tx);
            throw new OutOfMemoryError("all of a library in one map");
        });
        var deep = store.writer().submit(tx -> {
            write(tx);
            throw new StackOverflowError("folders in each other");
        });

        assertThatThrownBy(() -> greedy.get(60, TimeUnit.SECONDS)).rootCause().isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> deep.get(60, TimeUnit.SECONDS)).rootCause().isInstanceOf(StackOverflowError.class);

        assertThat(store.writer().submit(tx -> tx.shared().merged(Models.TAG, TAG)).get(60, TimeUnit.SECONDS))
                .isEmpty();
        assertThat(store.writer().submit(LibraryWriterTest::write).get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nobodyIsLeftWaitingWhenAnErrorEndsTheWriter() throws Exception {
        onAnnouncement.set(() -> {
            throw new StackOverflowError("not to be survived");
        });
        var committed = store.writer().submit(LibraryWriterTest::write);

        assertThat(committed.get(60, TimeUnit.SECONDS)).isTrue();
        var later = store.writer().submit(LibraryWriterTest::write);
        assertThatThrownBy(() -> later.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> store.writer().submit(LibraryWriterTest::write).get(60, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void whatWasCommittedIsAnnouncedBeforeItIsLoggedAndLoggedBeforeTheNextJob() {
        long before = changesInTheLog();
        var atAnnouncement = new AtomicLong();
        var afterwards = new CompletableFuture<Long>();
        onAnnouncement.set(() -> {
            onAnnouncement.set(() -> { });
            atAnnouncement.set(store.writer().log().changes());
            var _ = store.writer().submit(_ -> afterwards.complete(store.writer().log().changes()));
        });

        var _ = store.writer().submit(LibraryWriterTest::write);

        assertThat(afterwards.join()).isEqualTo(before + 1);
        assertThat(atAnnouncement).hasValue(before);
    }

    @Test
    void aGroupThatIsInTheLogIsNotTakenIntoItAgain() {
        var group = EncodedGroup.logged(new Author(new UUID(2, 2)), 1, 3, new byte[100]);
        long before = changesInTheLog();

        long after = store.writer().submit(_ -> {
            store.writer().log().append(List.of(group));
            store.writer().log().append(List.of(group));
            return store.writer().log().changes();
        }).join();

        assertThat(after).isEqualTo(before + 3);
    }

    /// What is more in it is copied back the sooner, with three waits for the disk.
    @Test
    void aSmallGroupTakesAboutAPageOfTheLogsWriteAheadFile() throws Exception {
        Path writeAhead = data.resolve("sync.db-wal");
        store.writer().submit(LibraryWriterTest::write).join();
        long before = Files.size(writeAhead);

        for (int i = 0; i < 10; i++) {
            store.writer().submit(LibraryWriterTest::write).join();
        }

        long _ = changesInTheLog();
        assertThat(Files.size(writeAhead) - before).isPositive().isLessThan(15 * 4_200);
    }

    private long changesInTheLog() {
        return store.writer().submit(_ -> store.writer().log().changes()).join();
    }
}

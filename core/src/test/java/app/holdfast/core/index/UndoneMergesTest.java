package app.holdfast.core.index;

import static app.holdfast.core.store.LocationFixture.LOCATION_ID;
import static app.holdfast.core.store.LocationFixture.VOLUME_ID;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.fake.FakeDisk;
import app.holdfast.core.store.Job;
import app.holdfast.core.store.LocationFixture;
import app.holdfast.core.store.Transactor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A merge that was undone, with later ones of the same folder waiting behind it.
class UndoneMergesTest {

    private static final Path TOP = Path.of("/media/drive").toAbsolutePath();
    private static final int FILES = 9_000; // more than two jobs take
    private static final int MERGES = 3;

    @TempDir
    private Path temp;
    private LocationFixture library;
    private final FakeDisk disk = new FakeDisk(TOP);

    @BeforeEach
    void openLibrary() throws Exception {
        library = LocationFixture.create(Files.createDirectories(temp.resolve("data")));
        for (int i = 0; i < FILES; i++) {
            disk.file("big/f%05d".formatted(i), 1);
        }
    }

    @AfterEach
    void closeLibrary() {
        library.close();
    }

    private ScanProgress scan(Transactor writer) {
        return new Scan(new Scan.Order(LOCATION_ID, "things", VOLUME_ID, TOP), disk, writer, _ -> { }).run();
    }

    /// Has the first merge fail when all have been handed over, as one of several that share a transaction.
    private Transactor failingFirst() {
        AtomicInteger jobs = new AtomicInteger();
        CountDownLatch allWait = new CountDownLatch(MERGES);
        return new Transactor() {
            @Override
            public <T> CompletableFuture<T> submit(Job<T> job) {
                int number = jobs.getAndIncrement();
                if (number == 0) {
                    return library.writer().submit(job); // what is known
                }
                if (number == 1) {
                    library.writer().submit(_ -> {
                        awaitQuietly(allWait);
                        return true;
                    });
                }
                CompletableFuture<T> reply = library.writer().submit(tx -> {
                    T result = job.run(tx);
                    if (number == 1) {
                        throw new CoreException.StorageFailed(TOP, "the disk is full");
                    }
                    return result;
                });
                allWait.countDown();
                return reply;
            }
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatAnUndoneMergeHadFoundIsNotTakenForKnown() {
        scan(library.writer());
        disk.file("big/f00010", 77);

        ScanProgress broken = scan(failingFirst());
        ScanProgress whole = scan(library.writer());

        assertThat(broken.state()).isEqualTo(State.FAILED);
        assertThat(whole.state()).isEqualTo(State.DONE);
        assertThat(library.tree().get("big/f00010").size()).isEqualTo(77);
    }
}

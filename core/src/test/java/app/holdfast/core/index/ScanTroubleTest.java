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
import app.holdfast.core.store.LocationFixture.Row;
import app.holdfast.core.store.Transactor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk and a writer that do not behave.
class ScanTroubleTest {

    private static final Path TOP = Path.of("/media/drive").toAbsolutePath();

    @TempDir
    private Path temp;
    private LocationFixture library;
    private final FakeDisk disk = new FakeDisk(TOP);

    @BeforeEach
    void openLibrary() throws Exception {
        library = LocationFixture.create(Files.createDirectories(temp.resolve("data")));
        disk.file("a/one", 1);
        disk.file("a/deep/two", 2);
        disk.file("b/three", 3);
        disk.file("four", 4);
    }

    @AfterEach
    void closeLibrary() {
        library.close();
    }

    @Test
    void whatIsKnownOfAnUnreadableFolderIsKept() {
        scan();
        SortedMap<String, Row> before = library.tree();
        disk.deny("a");
        disk.delete("b/three");

        ScanProgress end = scan();

        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(end.unreadable()).isEqualTo(1);
        before.remove("b/three");
        assertThat(library.tree()).isEqualTo(before);
    }

    @Test
    void folderReadInPartLosesNothing() {
        disk.file("a/zero", 0);
        scan();
        SortedMap<String, Row> before = library.tree();
        disk.tellOnly("a", 1);

        ScanProgress end = scan();

        assertThat(end.unreadable()).isEqualTo(1);
        assertThat(library.tree()).isEqualTo(before);
    }

    @Test
    void locationThatIsNotThereIsOfflineAndKeepsEverything() {
        scan();
        SortedMap<String, Row> before = library.tree();
        disk.vanish();

        ScanProgress end = scan();

        assertThat(end.state()).isEqualTo(State.FAILED);
        assertThat(end.failure()).contains(Scan.OFFLINE);
        assertThat(library.tree()).isEqualTo(before);
    }

    @Test
    void driveThatVanishesInTheMiddleOfAScanLosesNothing() {
        scan();
        SortedMap<String, Row> before = library.tree();
        disk.delete("four");
        disk.beforeListing("a", disk::vanish);

        ScanProgress end = scan();

        assertThat(end.failure()).contains(Scan.OFFLINE);
        assertThat(library.tree()).isEqualTo(before);
    }

    @Test
    void emptyMountPointInTheDrivesPlaceIsNoDeletion() {
        scan();
        SortedMap<String, Row> before = library.tree();
        disk.delete("a/one");
        disk.afterListing("a", disk::unmount);

        ScanProgress end = scan();

        assertThat(end.failure()).contains(Scan.OFFLINE);
        assertThat(library.tree()).isEqualTo(before);
    }

    @Test
    void topThatMayNotBeReadFailsAndKeepsEverything() {
        scan();
        SortedMap<String, Row> before = library.tree();
        disk.deny("");

        ScanProgress end = scan();

        assertThat(end.failure()).contains(Scan.UNREADABLE);
        assertThat(library.tree()).isEqualTo(before);
    }

    @Test
    void folderThatGoesWhileTheScanIsOnItsWayIsLeftToTheNext() {
        scan();
        disk.beforeListing("a", () -> disk.delete("a"));

        ScanProgress during = scan();
        int countDuring = library.count();
        disk.beforeListing("a", () -> { });
        scan();

        assertThat(during.state()).isEqualTo(State.DONE);
        assertThat(during.unreadable()).isZero();
        assertThat(countDuring).isEqualTo(7);
        assertThat(library.tree()).containsOnlyKeys("b", "b/three", "four");
    }

    @Test
    void hundredThousandFilesInOneFolderAreComparedInParts() {
        fillFolder(100_000);
        ScanProgress first = scan();
        long mark = library.mark();
        disk.delete("big/f00077");
        disk.file("big/f99999", 12);
        disk.file("big/new", 3); // of another size than the one that goes, whose move it would be

        scan();

        assertThat(first.found()).isEqualTo(100_008);
        assertThat(library.count()).isEqualTo(100_008);
        assertThat(library.mark()).isEqualTo(mark + 3);
    }

    @Test
    void folderThatWasEmptiedIsOneJob() {
        fillFolder(20_000);
        disk.file("big/deep/inside", 1);
        scan();
        long mark = library.mark();
        disk.delete("big");
        disk.file("big/left", 1);

        // so much at once is taken out only when the person said so (ADR 113)
        new Scan(new Scan.Order(LOCATION_ID, "things", VOLUME_ID, TOP, true), disk, library.writer(), _ -> { }).run();

        assertThat(library.tree()).hasSize(9).containsKey("big/left");
        assertThat(library.mark()).isEqualTo(mark + 20_000 + 1 + 1);
    }

    @Test
    void cancelledScanKeepsWhatItWroteAndTheNextGoesOn() {
        fillFolder(60_000);
        AtomicReference<Scan> running = new AtomicReference<>();
        AtomicInteger committed = new AtomicInteger();
        Transactor counting = new Transactor() {
            @Override
            public <T> CompletableFuture<T> submit(Job<T> job) {
                CompletableFuture<T> reply = library.writer().submit(job);
                return reply.whenComplete((_, _) -> {
                    if (committed.incrementAndGet() == 3) {
                        running.get().cancel();
                    }
                });
            }
        };

        ScanProgress end = scan(counting, running);
        int kept = library.count();
        scan();

        assertThat(end.state()).isEqualTo(State.CANCELLED);
        assertThat(kept).isBetween(8_000, 59_000);
        assertThat(library.count()).isEqualTo(60_008);
    }

    @Test
    void whatACancelledScanMissedIsMissedByTheNext() {
        fillFolder(20_000);
        disk.file("zz/gone", 1); // read before the large folder
        disk.file("zz/stays", 1);
        scan();
        disk.delete("zz/gone");
        disk.file("big/new", 1);
        AtomicReference<Scan> running = new AtomicReference<>();
        AtomicInteger committed = new AtomicInteger();
        Transactor counting = new Transactor() {
            @Override
            public <T> CompletableFuture<T> submit(Job<T> job) {
                return library.writer().submit(job).whenComplete((_, _) -> {
                    if (committed.incrementAndGet() == 2) { // what is known, and the first part
                        running.get().cancel();
                    }
                });
            }
        };

        ScanProgress end = scan(counting, running);
        boolean wasLeft = library.tree().containsKey("zz/gone");
        scan();

        assertThat(end.state()).isEqualTo(State.CANCELLED);
        assertThat(wasLeft).isTrue();
        assertThat(library.tree()).doesNotContainKey("zz/gone").containsKey("zz/stays");
    }

    @Test
    void scanThatDiesAtAnyBatchIsMadeGoodByTheNext() {
        fillFolder(40_000);
        for (int batches = 0; batches < 13; batches++) { // the first job asks what is known
            AtomicInteger left = new AtomicInteger(batches);
            Transactor dying = new Transactor() {
                @Override
                public <T> CompletableFuture<T> submit(Job<T> job) {
                    if (left.getAndDecrement() > 0) {
                        return library.writer().submit(job);
                    }
                    CompletableFuture<T> lost = new CompletableFuture<>();
                    lost.cancel(false);
                    return lost;
                }
            };

            ScanProgress end = scan(dying, new AtomicReference<>());

            assertThat(end.state()).isEqualTo((batches - 1) * 4_000 > 40_008 ? State.DONE : State.FAILED);
            assertThat(library.tree()).hasSize(library.count());
        }

        assertThat(scan().state()).isEqualTo(State.DONE);
        assertThat(library.count()).isEqualTo(40_008);
    }

    @Test
    void nothingIsHungBelowRowsOfABatchThatWasUndone() {
        fillFolder(20_000);
        AtomicInteger jobs = new AtomicInteger();
        Transactor failingOnce = new Transactor() {
            @Override
            public <T> CompletableFuture<T> submit(Job<T> job) {
                boolean fails = jobs.incrementAndGet() == 3;
                return library.writer().submit(tx -> {
                    T result = job.run(tx);
                    if (fails) {
                        throw new CoreException.StorageFailed(TOP, "the disk is full");
                    }
                    return result;
                });
            }
        };

        ScanProgress end = scan(failingOnce, new AtomicReference<>());

        assertThat(end.state()).isEqualTo(State.FAILED);
        assertThat(end.failure()).contains("storage_failed");
        assertThat(library.count()).isLessThanOrEqualTo(4_000);
        assertThat(scan().state()).isEqualTo(State.DONE);
        assertThat(library.tree()).hasSize(20_008);
    }

    @Test
    void writerThatIsBusyIsAskedAgain() {
        AtomicInteger refusals = new AtomicInteger(3);
        Transactor busy = new Transactor() {
            @Override
            public <T> CompletableFuture<T> submit(Job<T> job) {
                return refusals.getAndDecrement() > 0 ? CompletableFuture.failedFuture(new CoreException.Busy())
                        : library.writer().submit(job);
            }
        };

        ScanProgress end = scan(busy, new AtomicReference<>());

        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(library.count()).isEqualTo(7);
    }

    @Test
    void walkWaitsForAWriterThatIsBehind() {
        fillFolder(60_000);
        AtomicInteger submitted = new AtomicInteger();
        AtomicInteger mostWaiting = new AtomicInteger();
        CountDownLatch fourWait = new CountDownLatch(4);
        AtomicBoolean begun = new AtomicBoolean();
        Transactor slow = new Transactor() {
            @Override
            public <T> CompletableFuture<T> submit(Job<T> job) {
                if (!begun.getAndSet(true)) {
                    return library.writer().submit(job); // what is known is asked before the walk
                }
                mostWaiting.accumulateAndGet(submitted.incrementAndGet(), Math::max);
                fourWait.countDown();
                return library.writer().submit(tx -> {
                    awaitQuietly(fourWait);
                    return job.run(tx);
                }).whenComplete((_, _) -> submitted.decrementAndGet());
            }
        };

        ScanProgress end = scan(slow, new AtomicReference<>());

        assertThat(end.state()).isEqualTo(State.DONE);
        assertThat(mostWaiting).hasValue(4);
        assertThat(library.count()).isEqualTo(60_008);
    }

    @Test
    void locationTakenOutOfTheLibraryEndsItsScan() {
        disk.afterListing("a", library::removeLocation);

        ScanProgress end = scan();

        assertThat(end.failure()).contains("not_found");
        assertThat(library.count()).isZero();
    }

    @Test
    void progressIsToldAndEndsWithTheEnd() {
        fillFolder(50_000);
        List<ScanProgress> told = new ArrayList<>();
        var order = new Scan.Order(LOCATION_ID, "things", VOLUME_ID, TOP);

        new Scan(order, disk, library.writer(), told::add).run();

        assertThat(told).hasSizeGreaterThanOrEqualTo(2);
        assertThat(told.getFirst().state()).isEqualTo(State.RUNNING);
        assertThat(told.getLast().state()).isEqualTo(State.DONE);
        assertThat(told).extracting(ScanProgress::found).isSorted();
        assertThat(told).filteredOn(progress -> progress.state() != State.RUNNING).hasSize(1);
    }

    private void fillFolder(int files) {
        for (int i = 0; i < files; i++) {
            disk.file("big/f%05d".formatted(i), 1);
        }
        disk.delete("b");
        disk.file("b/three", 3);
    }

    private ScanProgress scan() {
        return scan(library.writer(), new AtomicReference<>());
    }

    private ScanProgress scan(Transactor writer, AtomicReference<Scan> running) {
        var order = new Scan.Order(LOCATION_ID, "things", VOLUME_ID, TOP);
        running.set(new Scan(order, disk, writer, _ -> { }));
        return running.get().run();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

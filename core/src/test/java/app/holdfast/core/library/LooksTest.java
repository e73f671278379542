package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.store.LibraryStore;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.volume.Volumes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Looks at folders that changed, and scans of the whole location that come at the same time or follow from one.
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LooksTest {

    private static final DeviceId DEVICE = new DeviceId("44".repeat(32));
    private static final LocationId LOCATION = new LocationId(new UUID(1, 1));
    private static final long SECONDS_MAX = 30;
    private static final int FILES = 150; // more than may go without asking

    @TempDir
    private Path folder;
    private Path top;
    private LibraryStore store;
    private Locations locations;
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<CoreEvent> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void watchOneLocation() throws Exception {
        top = Files.createDirectories(folder.toRealPath().resolve("things/many")).getParent();
        for (int i = 0; i < FILES; i++) {
            Files.writeString(top.resolve("many/" + i), "x");
        }
        Path data = Files.createDirectories(folder.resolve("data"));
        Random random = new Random(7);
        Surroundings around = new Surroundings(System::currentTimeMillis, random::nextLong, Thread::new,
                folder.resolve("memory"), new FakeSigning(DEVICE));
        LibraryStore.create(data, DEVICE, "laptop", around);
        store = LibraryStore.open(data, around, _ -> { });
        Moments moments = new Moments();
        moments.listen(heard::add);
        locations = new Locations(store, Whereabouts.of(DEVICE, Volumes.ofThisSystem(), data), work, moments,
                _ -> { });
        locations.watch();
        locations.add(new Command.AddLocation(LOCATION, top, Optional.empty())).get();
        assertThat(ended().state()).isEqualTo(State.DONE);
        assertThat(locations.watch(LOCATION)).isEqualTo(LocationRow.Watch.LIVE);
    }

    @AfterEach
    void close() {
        locations.close();
        work.shutdownNow();
        store.close();
    }

    private ScanProgress ended() throws InterruptedException {
        CoreEvent told = heard.poll(SECONDS_MAX, TimeUnit.SECONDS);
        assertThat(told).isInstanceOf(CoreEvent.ScanEnded.class);
        return ((CoreEvent.ScanEnded) told).result();
    }

    @Test
    void aScanThatIsAskedForWhileChangesAreLookedAtIsCarriedOut() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        store.writer().submit(_ -> {
            awaitQuietly(goOn);
            return true;
        });
        Files.writeString(top.resolve("new"), "x");
        while (!locations.isScanning()) {
            Thread.onSpinWait();
        }

        locations.rescan(LOCATION, false).get();
        goOn.countDown();
        ScanProgress last = ended();

        assertThat(last.state()).isEqualTo(State.DONE);
        assertThat(last.found()).isEqualTo(FILES + 2);
        assertThat(locations.scans()).extracting(ScanProgress::state).containsExactly(State.DONE);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aPersonIsAskedWhenMostOfAWatchedLocationGoes() throws Exception {
        Files.move(top.resolve("many"), folder.resolve("many"));

        ScanProgress asked = ended();
        locations.rescan(LOCATION, true).get();
        ScanProgress confirmed = ended();

        assertThat(asked.failure()).contains("mostly_gone");
        assertThat(confirmed.state()).isEqualTo(State.DONE);
        assertThat(confirmed.found()).isZero();
        assertThat(locations.watch(LOCATION)).isEqualTo(LocationRow.Watch.LIVE);
    }
}

package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.LocationRow;
import app.holdfast.core.index.IgnoreRules;
import app.holdfast.core.index.Scan;
import app.holdfast.core.model.LocationId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchesTest {

    private static final long SECONDS_MAX = 60;
    private static final LocationId LOCATION = new LocationId(new UUID(1, 1));

    @TempDir
    private Path folder;
    private final ExecutorService work = Executors.newCachedThreadPool();
    private final BlockingQueue<List<Scan.Part>> looks = new LinkedBlockingQueue<>();
    private final Watches watches = new Watches(work, (_, parts) -> looks.add(parts), Path.of("/nowhere"));

    @AfterEach
    void close() {
        watches.close();
        work.shutdownNow();
    }

    @Test
    void aLocationThatTheSystemDoesNotWatchIsSaidToBeReadAgainInstead() throws Exception {
        watches.start();

        watches.watch(LOCATION, folder.resolve("the system says no"));
        LocationRow.Watch refused = watches.state(LOCATION);
        watches.watch(LOCATION, Files.createDirectories(folder.resolve("watched")).toRealPath());
        LocationRow.Watch watched = watches.state(LOCATION);
        watches.forget(LOCATION);

        assertThat(refused).isEqualTo(LocationRow.Watch.REREAD);
        assertThat(watched).isEqualTo(LocationRow.Watch.LIVE);
        assertThat(watches.state(LOCATION)).isEqualTo(LocationRow.Watch.NONE);
    }

    @Test
    void whatIsNotWatchedIsReadAgainAndAgainUntilItIsForgotten() throws Exception {
        try (Watches soon = new Watches(work, (_, parts) -> looks.add(parts), Path.of("/nowhere"),
                Duration.ofMillis(1))) {
            soon.start();
            soon.watch(LOCATION, folder.resolve("the system says no"));

            for (int i = 0; i < 3; i++) {
                assertThat(looks.poll(SECONDS_MAX, TimeUnit.SECONDS)).as("look %s", i)
                        .containsExactly(new Scan.Part(folder.resolve("the system says no"), true));
            }
            soon.forget(LOCATION);
            assertThat(soon.state(LOCATION)).isEqualTo(LocationRow.Watch.NONE);
        }
    }

    @Test
    void whatTheRulesNoLongerLeaveOutIsWatched() throws Exception {
        Path top = Files.createDirectories(folder.resolve("top")).toRealPath();
        Path left = Files.createDirectories(top.resolve("left"));
        Files.writeString(top.resolve(IgnoreRules.FILE), "left/");
        watches.start();
        watches.watch(LOCATION, top);

        Files.writeString(top.resolve(IgnoreRules.FILE), "");
        await(new Scan.Part(top, true));
        Files.writeString(left.resolve("file"), "x");

        await(new Scan.Part(left, false));
        assertThat(watches.state(LOCATION)).isEqualTo(LocationRow.Watch.LIVE);
    }

    /// Waits until this is looked at.
    private void await(Scan.Part wanted) throws InterruptedException {
        List<Scan.Part> seen = new ArrayList<>();
        while (!seen.contains(wanted)) {
            List<Scan.Part> parts = looks.poll(SECONDS_MAX, TimeUnit.SECONDS);
            assertThat(parts).as("after %s", seen).isNotNull();
            seen.addAll(parts);
        }
    }

    @Test
    void theFirstChangeIsSeenSoonAndManyAreSeenTogether() {
        assertThat(Watches.delayMillis(Duration.ofHours(1).toNanos())).isEqualTo(40);
        assertThat(Watches.delayMillis(Duration.ofMillis(10).toNanos())).isEqualTo(240);
        assertThat(Watches.delayMillis(0)).isEqualTo(250);
    }

    @Test
    void aProgramThatEndsAfterOneCommandWatchesNothing() {
        watches.watch(LOCATION, folder);

        assertThat(watches.state(LOCATION)).isEqualTo(LocationRow.Watch.NONE);
    }
}

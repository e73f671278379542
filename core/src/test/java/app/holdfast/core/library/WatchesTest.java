package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.LocationRow;
import app.holdfast.core.model.LocationId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchesTest {

    private static final LocationId LOCATION = new LocationId(new UUID(1, 1));

    @TempDir
    private Path folder;
    private final ExecutorService work = Executors.newCachedThreadPool();
    private final Watches watches = new Watches(work, (_, _) -> true, Path.of("/nowhere"));

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

package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Checkup.Standing;
import app.holdfast.core.model.DeviceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device asks its peers how they stand, and does not wait for ever.
class PollTest {

    private static final DeviceId SILENT = new DeviceId("02".repeat(32));

    @TempDir
    Path folder;

    private TestDevice laptop;

    @BeforeEach
    void linkOne() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        laptop.desk.greeted(SILENT, new SyncSession(laptop.desk, SILENT));
    }

    @AfterEach
    void close() {
        laptop.close();
    }

    @Test
    void whoHasNotAnsweredWhenTheLibraryClosesIsSilent() {
        Poll poll = new Poll(List.of(SILENT));
        laptop.desk.poll(poll);
        assertThat(poll.promised()).isNotDone();

        laptop.desk.endPolls();

        assertThat(poll.promised()).isCompletedWithValue(Map.of(SILENT, Standing.SILENT));
    }

    @Test
    void nobodyIsAskedOnceTheLibraryCloses() {
        laptop.desk.endPolls();
        Poll poll = new Poll(List.of(SILENT));

        laptop.desk.poll(poll);

        assertThat(poll.promised()).isCompletedWithValue(Map.of(SILENT, Standing.SILENT));
    }
}

package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.TrailMark;
import app.holdfast.core.clock.Author;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailsTest {

    private static final DeviceId DEVICE = new DeviceId("33".repeat(32));
    private static final Author AUTHOR = new Author(new UUID(5, 5));

    @TempDir
    private Path data;

    /// A program that is started each day, and each time writes little.
    @Test
    void aTrailDoesNotGrowForEverWhereTheProgramIsStartedOften() throws Exception {
        Surroundings around = new Surroundings(() -> 9_000_000, new Random(9)::nextLong, Thread::new,
                data.resolve("memory"), new FakeSigning(DEVICE));
        LibraryStore.create(data, DEVICE, "laptop", around);
        try (LibraryFiles files = LibraryFiles.open(data); Connection connection = files.catalogue(false);
                Prepared prepared = new Prepared(connection)) {
            connection.setAutoCommit(false);
            long sequence = 0;
            for (int start = 0; start < 60; start++) {
                Trails trails = new Trails(prepared, new Authors(prepared));
                for (int i = 0; i < 100; i++) {
                    trails.add(AUTHOR, new TrailMark(++sequence, sequence, sequence));
                }
            }

            long kept = prepared.first("select count(*) from trail", row -> row.getLong(1)).orElseThrow();
            long newest = prepared.first("select max(last) from trail", row -> row.getLong(1)).orElseThrow();

            assertThat(kept).isBetween((long) Trails.KEPT, Trails.KEPT + 512L);
            assertThat(newest).isEqualTo(sequence);
        }
    }
}

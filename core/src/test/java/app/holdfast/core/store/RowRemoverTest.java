package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.Models;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowRemoverTest {

    @TempDir
    private Path data;

    /// A comparison takes rows out that nothing else in its job speaks of.
    @Test
    void whoShowsFilesHearsOfALocationThatIsTakenOut() throws Exception {
        try (LocationFixture library = LocationFixture.create(data)) {
            var topics = library.writer().submit(tx -> {
                new RowRemover(tx).remove(Models.LOCATION, LocationFixture.LOCATION_ID.value());
                return tx.topics();
            }).get();

            assertThat(topics).contains(Topic.LOCATIONS, Topic.ENTRIES);
        }
    }
}

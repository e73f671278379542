package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Models;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person copies a device's data directory and runs both (R7): two devices with one key.
class ClonedDirectoryTest {

    private static final UUID TRIPS = new UUID(7, 1);
    private static final UUID WORK = new UUID(7, 2);

    @TempDir
    Path folder;

    private TestDevice laptop;
    private TestDevice copy;
    private TestDevice desktop;

    @BeforeEach
    void copyTheLaptop() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        TestDevice.pair(laptop, desktop);
        laptop.edit(TRIPS, Models.NAME, "Trips");
        TestDevice.talk(laptop, desktop);
        laptop.close();
        copyTree(folder.resolve("laptop"), folder.resolve("copy"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        copy = new TestDevice(folder.resolve("copy"), 1);
    }

    @AfterEach
    void close() {
        laptop.close();
        copy.close();
        desktop.close();
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static Author author(TestDevice device) throws Exception {
        return device.run(tx -> tx.state().author());
    }

    @Test
    void theTwoWriteUnderDifferentNames() throws Exception {
        assertThat(author(copy)).isNotEqualTo(author(laptop));
    }

    @Test
    void whatBothWriteReachesEverybody() throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Travels");
        copy.edit(WORK, Models.NAME, "Work");

        for (int round = 0; round < 2; round++) {
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(copy, desktop);
        }

        for (TestDevice device : new TestDevice[] {laptop, copy, desktop}) {
            assertThat(device.tag(TRIPS).orElseThrow().value(Models.NAME)).isEqualTo(new Value.Text("Travels"));
            assertThat(device.tag(WORK).orElseThrow().value(Models.NAME)).isEqualTo(new Value.Text("Work"));
        }
    }
}

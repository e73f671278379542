package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Models;
import app.holdfast.core.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The doctor looks at a library that is larger than the memory it has.
final class DoctorsMemoryTest {

    private static final int TAGS = 2_500;
    private static final int NAME_CHARACTERS = 16_000;
    private static final String MEMORY = "-Xmx32m";

    @TempDir
    private Path folder;

    @Test
    void aLibraryThatIsLargerThanTheMemoryIsCheckedAndRepaired() throws Exception {
        Path data = Files.createDirectory(folder.resolve("library"));
        Surroundings around = DoctorsMemoryChild.around(data);
        LibraryStore.create(data, DoctorsMemoryChild.DEVICE, "laptop", around);
        try (LibraryStore store = LibraryStore.open(data, around, _ -> { })) {
            for (int first = 0; first < TAGS; first += 100) {
                int from = first;
                assertThat(store.writer().submit(tx -> write(tx, from)).get(60, TimeUnit.SECONDS)).isTrue();
            }
        }

        Process child = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MEMORY, "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), DoctorsMemoryChild.class.getName(), data.toString()))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();

        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(DoctorsMemoryChild.DONE);
    }

    private static boolean write(Transaction tx, int from) {
        for (int i = from; i < from + 100; i++) {
            tx.shared().edit(Models.TAG, new UUID(0x7000L, i), Map.of(Models.NAME,
                    new Value.Text(Integer.toString(i).repeat(NAME_CHARACTERS / 4))));
        }
        return true;
    }
}

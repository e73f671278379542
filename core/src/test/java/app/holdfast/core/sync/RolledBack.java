package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Three devices, and the machine of one goes back to an earlier state, with the library and the notes outside of it
/// that would tell. Before that it wrote two tags more, and told the desktop.
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("what was prepared")
abstract class RolledBack {

    static final UUID EARLY = new UUID(7, 1);
    static final UUID LOST = new UUID(7, 2);
    static final UUID LOST_TOO = new UUID(7, 3);
    static final UUID NEW = new UUID(7, 4);
    static final UUID NEW_TOO = new UUID(7, 5);
    static final UUID NEWEST = new UUID(7, 6);

    private static final List<String> DEVICES = List.of("laptop", "desktop", "tablet");
    private static final String PREPARED = "prepared";

    /// For all tests of a class: how it is when one begins is made once, and in the places where it stays.
    @TempDir(factory = MemoryDisk.class)
    static Path folder;

    TestDevice laptop;
    TestDevice desktop;
    TestDevice tablet;

    @BeforeEach
    final void writeGoOnAndGoBack() throws Exception {
        if (!Files.exists(folder.resolve(PREPARED))) {
            prepare();
        }
        for (String name : DEVICES) {
            deleteTree(folder.resolve(name));
            copyTree(folder.resolve(PREPARED).resolve(name), folder.resolve(name));
        }
        open();
    }

    private void open() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        tablet = new TestDevice(folder.resolve("tablet"), 3);
    }

    private void prepare() throws Exception {
        open();
        for (TestDevice other : List.of(desktop, tablet)) {
            other.join(laptop.run(tx -> tx.state().library()));
        }
        for (TestDevice one : List.of(laptop, desktop, tablet)) {
            for (TestDevice other : List.of(laptop, desktop, tablet)) {
                if (!one.equals(other)) {
                    one.knows(other);
                }
            }
        }
        laptop.edit(EARLY, Models.NAME, "early");
        laptop.edit(EARLY, Models.COLOR, "green");
        meet();
        laptop.close();
        Path prepared = Files.createDirectory(folder.resolve(PREPARED));
        copyTree(folder.resolve("laptop"), prepared.resolve("laptop"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        writeWhatIsLost();
        TestDevice.talk(laptop, desktop);
        close();
        copyTree(folder.resolve("desktop"), prepared.resolve("desktop"));
        copyTree(folder.resolve("tablet"), prepared.resolve("tablet"));
    }

    /// Two names, which it will give again.
    void writeWhatIsLost() throws Exception {
        laptop.edit(LOST, Models.NAME, "lost");
        laptop.edit(LOST_TOO, Models.NAME, "lost too");
    }

    @AfterEach
    final void close() {
        laptop.close();
        desktop.close();
        tablet.close();
    }

    final void meet() throws Exception {
        for (int round = 0; round < 3; round++) {
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(desktop, tablet);
            TestDevice.talk(laptop, tablet);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void deleteTree(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    final void assertAllHold(UUID... tags) throws Exception {
        for (TestDevice device : List.of(laptop, desktop, tablet)) {
            for (UUID tag : tags) {
                assertThat(device.tag(tag)).as("%s on %s", tag, device.id).isPresent();
            }
            assertThat(device.hash()).isEqualTo(desktop.hash());
        }
    }
}

package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    private static final long SECONDS_MAX = 60;

    @TempDir
    private Path temp;
    private Path top;
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore changed = new Semaphore(0);

    @BeforeEach
    void makeTop() throws Exception {
        top = Files.createDirectories(temp.toRealPath().resolve("top/a/b")).getParent().getParent();
        Files.createDirectories(top.resolve("lost+found"));
    }

    @AfterEach
    void end() {
        work.shutdownNow();
    }

    /// Waits until all of these are due.
    private Set<Scan.Part> await(Watch watch, Scan.Part... wanted) throws InterruptedException {
        Set<Scan.Part> seen = new HashSet<>();
        while (!seen.containsAll(List.of(wanted))) {
            assertThat(changed.tryAcquire(SECONDS_MAX, TimeUnit.SECONDS)).as("%s", seen).isTrue();
            seen.addAll(watch.take());
        }
        return seen;
    }

    private Scan.Part flat(String folder) {
        return new Scan.Part(folder.isEmpty() ? top : top.resolve(folder), false);
    }

    @Test
    void theFolderOfWhatChangedIsDue() throws Exception {
        try (Watch watch = new Watch(top, IgnoreRules.read(top), work, changed::release)) {
            Files.writeString(top.resolve("a/b/file"), "x");
            await(watch, flat("a/b"));

            Files.delete(top.resolve("a/b/file"));
            await(watch, flat("a/b"));

            Files.move(top.resolve("a/b"), top.resolve("moved"));
            await(watch, flat("a"), flat(""), new Scan.Part(top.resolve("moved"), true));
        }
    }

    @Test
    void newFoldersAreWatchedAndLeftOutOnesAreNot() throws Exception {
        try (Watch watch = new Watch(top, IgnoreRules.read(top), work, changed::release)) {
            Files.writeString(top.resolve("lost+found/file"), "x");
            Files.createDirectory(top.resolve("new"));
            Set<Scan.Part> seen = await(watch, new Scan.Part(top.resolve("new"), true));

            Files.writeString(top.resolve("new/file"), "x");
            seen.addAll(await(watch, flat("new")));
            assertThat(seen).doesNotContain(flat("lost+found"));
        }
    }

    @Test
    void aChangeOfTheRulesMakesAllDue() throws Exception {
        try (Watch watch = new Watch(top, IgnoreRules.read(top), work, changed::release)) {
            Files.writeString(top.resolve(IgnoreRules.FILE), "*.tmp");

            await(watch, new Scan.Part(top, true));
        }
    }

    @Test
    void whatLiesInAFolderThatIsDueWithAllBelowItIsDueOnce() throws Exception {
        try (Watch watch = new Watch(top, IgnoreRules.read(top), work, changed::release)) {
            var moved = new Scan.Part(top.resolve("c"), true);
            watch.put(List.of(flat("c/b"), new Scan.Part(top.resolve("c/b/d"), true), moved, flat("ca"), flat("")));

            assertThat(watch.take()).containsExactly(flat(""), moved, flat("ca"));
        }
    }

    @Test
    void whatIsPutBackIsDueAgainAndTooMuchIsAll() throws Exception {
        try (Watch watch = new Watch(top, IgnoreRules.read(top), work, changed::release)) {
            watch.put(List.of(flat("a")));
            assertThat(watch.take()).containsExactly(flat("a"));
            assertThat(watch.take()).isEmpty();

            for (int i = 0; i <= Watch.FOLDERS_MAX; i++) {
                watch.put(List.of(flat("f" + i)));
            }
            assertThat(watch.take()).containsExactly(new Scan.Part(top, true));
        }
    }
}

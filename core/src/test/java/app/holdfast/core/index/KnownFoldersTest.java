package app.holdfast.core.index;

import static app.holdfast.core.store.LocationFixture.LOCATION_ID;
import static app.holdfast.core.store.LocationFixture.VOLUME_ID;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.store.Job;
import app.holdfast.core.store.LocationFixture;
import app.holdfast.core.store.LocationFixture.Row;
import app.holdfast.core.store.Transactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders that look as before are passed over, and no others (ADR 240).
class KnownFoldersTest {

    private static final long SEED = Long.getLong("seed", 20261127);
    private static final int NEVER = Integer.MAX_VALUE;

    @TempDir
    private Path temp;
    private Path top;
    private LocationFixture library;
    private final Disk disk = LinuxDisk.ofThisSystem();
    private final AtomicInteger jobs = new AtomicInteger();

    @BeforeEach
    void openLibrary() throws Exception {
        top = Files.createDirectories(temp.toRealPath().resolve("top"));
        library = LocationFixture.create(Files.createDirectories(temp.resolve("data")));
    }

    @AfterEach
    void closeLibrary() {
        library.close();
    }

    @Test
    void nothingOfAnUnchangedTreeIsToldToTheWriter() throws IOException {
        new RandomTree(top, new SplittableRandom(SEED)).change(200);
        long found = scan(NEVER).found();

        ScanProgress again = scan(NEVER);

        assertThat(jobs).hasValue(1); // what is known was asked
        assertThat(again.found()).isEqualTo(found);
    }

    @Test
    void whatChangedDeepDownIsFoundAndTheRestIsStillKnown() throws IOException {
        Path deep = Files.createDirectories(top.resolve("a/b/c"));
        Files.writeString(deep.resolve("one"), "1");
        Files.createDirectories(top.resolve("other"));
        scan(NEVER);
        Files.writeString(deep.resolve("one"), "longer");

        scan(NEVER);

        assertThat(DiskTree.of(library.tree())).isEqualTo(DiskTree.read(top));
        scan(NEVER);
        assertThat(jobs).hasValue(1);
    }

    @Test
    void foldersThatSwapTheirNamesHaveTheirOwnFilesAfterwards() throws IOException {
        Files.writeString(Files.createDirectories(top.resolve("both/x/deep")).resolve("of x"), "1");
        Files.writeString(Files.createDirectories(top.resolve("both/y/deep")).resolve("of y"), "2");
        scan(NEVER);
        Files.move(top.resolve("both/x"), top.resolve("both/z"));
        Files.move(top.resolve("both/y"), top.resolve("both/x"));
        Files.move(top.resolve("both/z"), top.resolve("both/y"));

        scan(NEVER);

        assertThat(DiskTree.of(library.tree())).isEqualTo(DiskTree.read(top));
    }

    @Test
    void rulesThatChangedAreFollowedThoughNoFolderDid() throws IOException {
        Files.writeString(Files.createDirectories(top.resolve("a")).resolve("one.tmp"), "1");
        scan(NEVER);
        Files.writeString(top.resolve(IgnoreRules.FILE), "*.tmp\n");

        scan(NEVER);

        assertThat(library.tree()).containsOnlyKeys("a", IgnoreRules.FILE);
    }

    @Test
    void scansThatAreCancelledAnywhereHideNothingFromTheNext() throws IOException {
        System.out.println("KnownFoldersTest seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        RandomTree tree = new RandomTree(top, random);
        tree.change(120);
        scan(NEVER);
        for (int round = 0; round < 60; round++) {
            tree.change(1 + random.nextInt(8));
            scan(random.nextInt(40));

            ScanProgress whole = scan(NEVER);
            SortedMap<String, Row> rows = library.tree();

            assertThat(whole.state()).isIn(State.DONE, State.FAILED); // FAILED when most of it went
            if (whole.state() == State.DONE) {
                assertThat(DiskTree.of(rows)).as("round " + round).isEqualTo(DiskTree.read(top));
                assertThat(whole.found()).isEqualTo(rows.size());
            }
        }
    }

    /// @param folders after so many the scan is cancelled
    private ScanProgress scan(int folders) {
        jobs.set(0);
        AtomicReference<Scan> running = new AtomicReference<>();
        AtomicInteger left = new AtomicInteger(folders);
        Disk cancelling = new Disk() {
            @Override
            public Folder top(Path path) throws IOException {
                return disk.top(path);
            }

            @Override
            public boolean list(Folder folder, Children children) throws IOException {
                boolean all = disk.list(folder, children);
                if (left.decrementAndGet() == 0) {
                    running.get().cancel();
                }
                return all;
            }
        };
        Transactor counting = new Transactor() {
            @Override
            public <T> CompletableFuture<T> submit(Job<T> job) {
                jobs.incrementAndGet();
                return library.writer().submit(job);
            }
        };
        running.set(new Scan(new Scan.Order(LOCATION_ID, "things", VOLUME_ID, top), cancelling, counting, _ -> { }));
        return running.get().run();
    }
}

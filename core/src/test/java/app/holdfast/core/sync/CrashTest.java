package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Models;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A library as it lies on the disk after a write of a session, any of them; one whose process is killed there; and
/// one whose disk is full or fails there. Afterwards nothing that was acknowledged is lost, the file is sound, and the
/// two devices agree (ADR 210).
///
/// Needs `strace`, which does the harm; run by `mvn -Pcrash test`. `-Dholdfast.points=N` for so many failures of each
/// kind.
@Tag("crash")
final class CrashTest {

    private static final int POINTS = Integer.getInteger("holdfast.points", 100);
    private static final int KILLS = (POINTS + 4) / 5;
    /// After each how many writes a session is stopped; 1 for after all.
    private static final int STEP = Integer.getInteger("holdfast.step", 3);
    /// Fewer writes than that are no session.
    private static final int CALLS_MIN = 20;
    /// As many as the machine of the build has processors.
    private static final int THREADS = 2;
    /// Copies that wait to be looked at; the process stays stopped when there are more.
    private static final int COPIES_MAX = 8;
    private static final int FILES = 40;
    private static final String WRITES = "pwrite64";

    private static Path folder;
    private static Path sound;
    private final AtomicInteger killed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @BeforeAll
    static void pair() throws Exception {
        folder = MemoryDisk.make("holdfast-crash"); // no wait for a real one is what is tested
        sound = Files.createDirectory(folder.resolve("sound"));
        for (int i = 0; i < FILES; i++) {
            Files.createDirectories(sound.resolve("files"));
            Files.writeString(sound.resolve("files").resolve("file " + i), "x".repeat(i));
        }
        try (TestDevice laptop = new TestDevice(sound.resolve("laptop"), 1);
                TestDevice desktop = new TestDevice(sound.resolve("desktop"), 2)) {
            LibraryId library = laptop.run(tx -> tx.state().library());
            laptop.knows(desktop);
            desktop.join(library);
            desktop.knows(laptop);
            TestDevice.talk(laptop, desktop);
        }
    }

    @AfterAll
    static void tidy() throws IOException {
        delete(folder);
    }

    /// What a killed process leaves is what its files hold at that moment: so it is stopped at each write, its files
    /// are copied, and it goes on.
    @Test
    void nothingAcknowledgedIsLostWhateverWriteIsTheLast() throws Exception {
        Path at = copy(sound, folder.resolve("stopped"));
        var looked = new ArrayList<Future<?>>();
        var room = new Semaphore(COPIES_MAX);
        try (Patient patient = Patient.start(); var lookers = Executors.newFixedThreadPool(THREADS);
                Strace strace = Strace.stopping(patient, at.resolve("laptop"), WRITES, STEP)) {
            CompletableFuture<Optional<CrashChild.Ending>> session = CompletableFuture.supplyAsync(() ->
                    playThenClose(patient, at, strace));
            while (strace.isStopped()) {
                room.acquire();
                String name = "after write " + (1 + STEP * looked.size());
                Path copy = copy(at, folder.resolve(name));
                patient.goOn();
                looked.add(lookers.submit(() -> {
                    check(copy, name);
                    delete(copy);
                    room.release();
                    return true;
                }));
            }
            assertThat(session.get()).contains(CrashChild.Ending.DONE);
            for (Future<?> one : looked) {
                one.get();
            }
        }

        System.out.printf("crash: stopped after each %d. write, %d times%n", STEP, looked.size());
        assertThat(looked).hasSizeGreaterThan(POINTS / STEP);
    }

    private static Optional<CrashChild.Ending> playThenClose(Patient patient, Path at, Strace strace) {
        try {
            return patient.play(at);
        } catch (IOException e) {
            throw new CompletionException(e);
        } finally {
            strace.close();
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilledAtAnyWrite() throws Exception {
        harmAll(KILLS, WRITES, "signal=SIGKILL:when=%d");

        assertThat(killed.get()).isGreaterThan(KILLS * 3 / 4); // not every session has as many writes
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheDiskIsFullFromAnyWriteOn() throws Exception {
        harmAll(POINTS, WRITES, "error=ENOSPC:when=%d+");

        assertThat(refused.get()).isGreaterThan(POINTS / 2);
    }

    @Test
    void nothingAcknowledgedIsLostWhenAnyWriteFails() throws Exception {
        harmAll(POINTS, WRITES, "error=EIO:when=%d");

        assertThat(refused.get()).isGreaterThan(POINTS / 5); // the log's are nobody's trouble
    }

    @Test
    void nothingAcknowledgedIsLostWhenSyncingFailsFromAnyTimeOn() throws Exception {
        int points = harmAll(POINTS, "fsync,fdatasync", "error=EIO:when=%d+");

        assertThat(refused.get()).isGreaterThan(points / 2);
    }

    /// @return at how many calls, spread over all of a session
    private int harmAll(int pointsMax, String calls, String harm) throws Exception {
        long all = count(calls);
        assertThat(all).as(calls).isGreaterThan(CALLS_MIN);
        int points = (int) Math.min(pointsMax, all);
        var next = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < THREADS; i++) {
                String name = "at" + i;
                Callable<Boolean> work = () -> {
                    try (Ward ward = new Ward(folder.resolve(name + " warming"))) {
                        for (int point = next.getAndIncrement(); point < points; point = next.getAndIncrement()) {
                            harm(ward, folder.resolve(name), calls, harm.formatted(1 + point * all / points));
                        }
                    }
                    return true;
                };
                done.add(threads.submit(work));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        System.out.printf("crash: %s, %d points of %d calls, %d killed, %d told of it%n", harm, points, all,
                killed.get(), refused.get());
        return points;
    }

    /// A patient, and the next when it has died. Each has played before strace looks: what a JVM does to load its
    /// classes would all be traced. Confined to one thread.
    private static final class Ward implements AutoCloseable {

        private final Path warming;
        private Optional<Patient> patient = Optional.empty();

        private Ward(Path warming) {
            this.warming = warming;
        }

        private Patient patient() throws IOException {
            if (patient.isEmpty()) {
                Patient next = Patient.start();
                assertThat(next.play(copy(sound, warming))).contains(CrashChild.Ending.DONE);
                patient = Optional.of(next);
            }
            return patient.get();
        }

        private Optional<CrashChild.Ending> play(Path at, String calls, String how) throws IOException {
            Patient one = patient();
            try (Strace strace = Strace.harming(one, at.resolve("laptop"), calls, how)) {
                Optional<CrashChild.Ending> ending = one.play(at);
                if (ending.isEmpty()) {
                    strace.kill();
                    close();
                }
                return ending;
            }
        }

        @Override
        public void close() throws IOException {
            if (patient.isPresent()) {
                patient.get().close();
                patient = Optional.empty();
            }
        }
    }

    private void harm(Ward ward, Path at, String calls, String how) throws Exception {
        copy(sound, at);
        Optional<CrashChild.Ending> ending = ward.play(at, calls, how);
        if (ending.isEmpty()) {
            assertThat(how).as("what the process died of").contains("SIGKILL");
            killed.incrementAndGet();
        } else if (ending.get() == CrashChild.Ending.REFUSED) {
            refused.incrementAndGet();
        }
        check(at, how);
    }

    private static long count(String calls) throws Exception {
        Path at = copy(sound, folder.resolve("count"));
        Path trace = folder.resolve("trace");
        try (Patient patient = Patient.start();
                Strace _ = Strace.counting(patient, at.resolve("laptop"), calls, trace)) {
            assertThat(patient.play(at)).as(() -> patient.output().toString()).contains(CrashChild.Ending.DONE);
        }
        try (Stream<String> lines = Files.lines(trace)) {
            return lines.filter(line -> line.contains("(")).count();
        }
    }

    /// Replaces what is there. What was acknowledged comes first: it is noted while the library writes on.
    private static Path copy(Path from, Path to) throws IOException {
        delete(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted().toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void check(Path at, String how) throws Exception {
        List<Integer> acknowledged = Files.exists(at.resolve("acknowledged"))
                ? Files.readAllLines(at.resolve("acknowledged")).stream().map(Integer::valueOf).toList() : List.of();
        assertThat(integrity(at.resolve("laptop").resolve("database.db"))).as(how).isEqualTo("ok");
        try (TestDevice laptop = new TestDevice(at.resolve("laptop"), 1);
                TestDevice desktop = new TestDevice(at.resolve("desktop"), 2)) {
            for (int edit : acknowledged) {
                if (edit < CrashChild.EDITS) {
                    assertThat(value(laptop, CrashChild.tag(edit), Models.NAME)).as("%s, edit %s", how, edit)
                            .isEqualTo("edit " + edit);
                }
            }
            if (acknowledged.contains(CrashChild.SCANNED + 1)) {
                assertThat(laptop.entryIds(CrashChild.AT_LAPTOP)).as(how).hasSize(FILES);
            }
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(laptop, desktop);
            int last = acknowledged.stream().mapToInt(Integer::intValue).filter(what -> what < CrashChild.SCANNED)
                    .max().orElse(0);
            if (last >= CrashChild.OF_DESKTOP) {
                assertThat(value(laptop, CrashChild.tag(CrashChild.EDITS), Models.COLOR)).as(how)
                        .isGreaterThanOrEqualTo(CrashChild.colour(last - CrashChild.OF_DESKTOP));
            }
            if (acknowledged.contains(CrashChild.SCANNED + 2)) {
                assertThat(laptop.entryIds(CrashChild.AT_DESKTOP)).as(how).hasSize(FILES);
            }
            assertThat(desktop.hash()).as(how).isEqualTo(laptop.hash());
        }
    }

    private static String value(TestDevice device, UUID tag, String field) throws Exception {
        return device.tag(tag).isPresent() && device.tag(tag).get().value(field) instanceof Value.Text(String text)
                ? text : "";
    }

    private static String integrity(Path file) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var answer = statement.executeQuery("pragma integrity_check")) {
            return answer.getString(1);
        }
    }
}

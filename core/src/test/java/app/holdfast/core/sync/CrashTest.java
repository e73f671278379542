package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Models;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.LibraryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A library whose process is killed at the Nth write to its files, for a hundred N spread over all writes of a
/// session;
/// or whose disk is full or fails there, for thirty-four N of each kind. Afterwards nothing that was acknowledged is
/// lost, the file is sound, and the two devices agree.
///
/// Needs `strace`, which does the harm; run by `mvn -Pcrash test`.
@Tag("crash")
final class CrashTest {

    private static final int POINTS = Integer.getInteger("holdfast.points", 100);
    /// Full, failing once, failing for good: together as many.
    private static final int POINTS_OF_A_FAILURE = (POINTS + 2) / 3;
    private static final int SECONDS_MAX = 120;
    private static final int KILLED = 128 + 9;

    @TempDir
    private static Path folder;

    private static Path sound;
    private static List<String> java;
    private final AtomicInteger killed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @BeforeAll
    static void pair() throws Exception {
        sound = Files.createDirectory(folder.resolve("sound"));
        try (TestDevice laptop = new TestDevice(sound.resolve("laptop"), 1);
                TestDevice desktop = new TestDevice(sound.resolve("desktop"), 2)) {
            LibraryId library = laptop.run(tx -> tx.state().library());
            laptop.knows(desktop);
            desktop.join(library);
            desktop.knows(laptop);
            TestDevice.talk(laptop, desktop);
        }
        java = JavaStarts.prepare(folder, CrashChild.class, copySound("training").toString());
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilledAtAnyWrite() throws Exception {
        harmAll(POINTS, "pwrite64", "pwrite64:signal=SIGKILL:when=%d");

        assertThat(killed.get()).isGreaterThan(POINTS * 9 / 10);
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheDiskIsFullFromAnyWriteOn() throws Exception {
        harmAll(POINTS_OF_A_FAILURE, "pwrite64", "pwrite64:error=ENOSPC:when=%d+");

        assertThat(refused.get()).isGreaterThan(POINTS_OF_A_FAILURE / 2);
    }

    @Test
    void nothingAcknowledgedIsLostWhenAnyWriteFails() throws Exception {
        harmAll(POINTS_OF_A_FAILURE, "pwrite64", "pwrite64:error=EIO:when=%d");

        assertThat(refused.get()).isGreaterThan(POINTS_OF_A_FAILURE / 5); // the log's are nobody's trouble
    }

    @Test
    void nothingAcknowledgedIsLostWhenSyncingFailsFromAnyTimeOn() throws Exception {
        harmAll(POINTS_OF_A_FAILURE, "fsync,fdatasync", "fsync,fdatasync:error=EIO:when=%d+");

        assertThat(refused.get()).isGreaterThan(POINTS_OF_A_FAILURE / 2);
    }

    /// On two threads, because a child waits for its disk half of its time.
    private void harmAll(int pointsMax, String calls, String harm) throws Exception {
        long all = countCalls(calls);
        assertThat(all).as(calls).isGreaterThan(20);
        int points = (int) Math.min(pointsMax, all);
        var next = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < 2; i++) {
                String name = "at" + i;
                done.add(threads.submit(() -> {
                    for (int point = next.getAndIncrement(); point < points; point = next.getAndIncrement()) {
                        harm(name, calls, harm.formatted(1 + point * all / points));
                    }
                    return true;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        System.out.printf("crash: %s, %d points of %d calls, %d killed, %d told of it%n", harm, points, all,
                killed.get(), refused.get());
    }

    private void harm(String name, String calls, String how) throws Exception {
        Path at = copySound(name);
        int status = child(at, "-e", "trace=" + calls, "-e", "inject=" + how, "-o", "/dev/null");
        assertThat(status).as("%s: %s", how, output(at)).isIn(CrashChild.DONE, CrashChild.REFUSED, KILLED);
        if (status == KILLED) {
            killed.incrementAndGet();
        } else if (status == CrashChild.REFUSED) {
            refused.incrementAndGet();
        }
        check(at, how);
    }

    private static long countCalls(String calls) throws Exception {
        Path at = copySound("count");
        Path trace = folder.resolve("trace");
        assertThat(child(at, "-e", "trace=" + calls, "-o", trace.toString())).as(output(at))
                .isEqualTo(CrashChild.DONE);
        try (Stream<String> lines = Files.lines(trace)) {
            return lines.filter(line -> line.contains("(")).count();
        }
    }

    private static String output(Path at) throws IOException {
        return Files.readString(at.resolve("output"));
    }

    private static Path copySound(String name) throws IOException {
        Path at = folder.resolve(name);
        delete(at);
        try (Stream<Path> files = Files.walk(sound)) {
            for (Path file : files.toList()) {
                Files.copy(file, at.resolve(sound.relativize(file).toString()));
            }
        }
        return at;
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

    private static int child(Path at, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq"));
        for (String file : List.of("database.db", "database.db-wal", "sync.db", "sync.db-wal")) {
            command.addAll(List.of("-P", at.resolve("laptop").resolve(file).toString()));
        }
        command.addAll(List.of(options));
        command.addAll(java);
        command.add(at.toString());
        return run(at.resolve("output"), command);
    }

    private static int run(Path output, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as("the child ends").isTrue();
        return process.exitValue();
    }

    private static void check(Path at, String how) throws Exception {
        List<String> acknowledged = Files.exists(at.resolve("acknowledged"))
                ? Files.readAllLines(at.resolve("acknowledged")) : List.of();
        assertThat(integrity(at.resolve("laptop").resolve("database.db"))).as(how).isEqualTo("ok");
        try (TestDevice laptop = new TestDevice(at.resolve("laptop"), 1);
                TestDevice desktop = new TestDevice(at.resolve("desktop"), 2)) {
            for (String line : acknowledged) {
                var tag = laptop.tag(CrashChild.tag(Integer.parseInt(line)));
                assertThat(tag.map(view -> view.value(Models.NAME))).as("%s, edit %s", how, line)
                        .contains(new Value.Text("edit " + line));
            }
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(laptop, desktop);
            assertThat(desktop.hash()).as(how).isEqualTo(laptop.hash());
        }
    }

    private static String integrity(Path file) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var answer = statement.executeQuery("pragma integrity_check")) {
            return answer.getString(1);
        }
    }
}

package app.holdfast.core.sync;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// `strace` on a [Patient] that is already running: counts its calls to the files of one library, or has them fail, or
/// has the process killed or stopped at one. What it does ends when it is closed. Confined to one thread, but for
/// [#close].
final class Strace implements AutoCloseable {

    private static final List<String> FILES = List.of("database.db", "database.db-wal", "sync.db", "sync.db-wal");

    private final long pid;
    private final Process process;
    private final BufferedReader lines;

    private Strace(long pid, Process process) {
        this.pid = pid;
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    /// Every call is noted in a file.
    ///
    /// @param calls system calls, with commas between
    static Strace counting(Patient patient, Path library, String calls, Path trace) throws IOException {
        return attach(patient, library, List.of("-e", "trace=" + calls, "-o", trace.toString()));
    }

    /// @param harm what is done at the calls, in strace's words
    static Strace harming(Patient patient, Path library, String calls, String harm) throws IOException {
        return attach(patient, library, List.of("-e", "trace=" + calls, "-e", "inject=" + calls + ":" + harm, "-o",
                "/dev/null"));
    }

    /// The process is stopped after the first call and each that is so many after the last; whoever has this must go on
    /// asking [#isStopped].
    static Strace stopping(Patient patient, Path library, String calls, int step) throws IOException {
        return attach(patient, library, List.of("-e", "trace=" + calls, "-e",
                "inject=" + calls + ":signal=SIGSTOP:when=1+" + step));
    }

    private static Strace attach(Patient patient, Path library, List<String> what) throws IOException {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-p", Long.toString(patient.pid())));
        for (String file : FILES) {
            command.addAll(List.of("-P", library.resolve(file).toString()));
        }
        command.addAll(what);
        Strace strace = new Strace(patient.pid(), new ProcessBuilder(command).start());
        String line = strace.lines.readLine();
        while (line != null && !line.contains(" attached")) {
            line = strace.lines.readLine();
        }
        if (line == null) {
            throw new IOException("strace cannot attach to the process; is it allowed to?");
        }
        return strace;
    }

    /// Waits until the process, which is to be stopped at a call, is stopped with all its threads.
    ///
    /// @return whether it was; false when strace was closed
    boolean isStopped() throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains("--- SIGSTOP {")) {
            line = lines.readLine();
        }
        int stopped = 0;
        while (line != null && stopped < threads()) {
            line = lines.readLine();
            stopped += line != null && line.contains("--- stopped by SIGSTOP") ? 1 : 0;
        }
        return line != null;
    }

    private long threads() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.count();
        }
    }

    /// The process has died: strace would wait for its threads to say so, which they do not.
    void kill() {
        process.destroyForcibly();
    }

    /// Lets go of the process.
    @Override
    public void close() {
        process.toHandle().destroy(); // Process.destroy would close what is still read
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

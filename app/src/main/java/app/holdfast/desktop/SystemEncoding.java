package app.holdfast.desktop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/// Java reads the names of files as the locale says, once, at its start. Where no locale is set (cron, some services,
/// some desktops) a Linux name with an umlaut cannot be opened at all, and no option of Java changes that; so the
/// program starts itself again with a locale that can.
final class SystemEncoding {

    /// Set for the second start, so that there is no third on a system without `C.UTF-8`.
    private static final String AGAIN = "HOLDFAST_LOCALE_SET";
    private static final char UNREADABLE = '\uFFFD';

    private SystemEncoding() {}

    private static boolean knowsEveryName() {
        return !System.getProperty("os.name").startsWith("Linux")
                || System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8");
    }

    /// Whether the words arrived as they were typed.
    static boolean readable(Collection<String> words, Map<String, String> environment) {
        return knowsEveryName() || Stream.concat(words.stream(),
                Stream.of(environment.getOrDefault("HOLDFAST_DATA", ""))).noneMatch(SystemEncoding::isDamaged);
    }

    static boolean mustStartAgain(Map<String, String> environment) {
        return !knowsEveryName() && !environment.containsKey(AGAIN);
    }

    /// Runs this program with the same words once more and waits for it.
    ///
    /// @param threads for the one that passes a SIGTERM on
    /// @return its exit status
    static int startAgain(ThreadFactory threads) {
        try {
            var builder = new ProcessBuilder(ownCommandLine()).inheritIO();
            builder.environment().put(AGAIN, "1");
            builder.environment().put(builder.environment().containsKey("LC_ALL") ? "LC_ALL" : "LC_CTYPE", "C.UTF-8");
            Process second = builder.start();
            Runtime.getRuntime().addShutdownHook(threads.newThread(() -> end(second)));
            return second.waitFor();
        } catch (IOException e) {
            System.err.println("holdfast: set LC_ALL=C.UTF-8; without it this cannot start: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            return 1;
        }
    }

    private static void end(Process second) {
        second.destroy();
        try {
            second.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> ownCommandLine() throws IOException {
        String program = ProcessHandle.current().info().command().orElse("java");
        String all = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.ISO_8859_1);
        String[] words = all.split("\0", -1);
        words[0] = program;
        if (!all.chars().allMatch(c -> c < 0x80)) {
            throw new IOException("the program lies in a folder whose name needs a locale");
        }
        return List.of(words).subList(0, words.length - 1);
    }

    private static boolean isDamaged(String word) {
        return word.indexOf(UNREADABLE) >= 0;
    }
}

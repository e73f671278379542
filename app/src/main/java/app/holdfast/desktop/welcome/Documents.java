package app.holdfast.desktop.welcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The folder in which this person keeps documents, for the first page to propose. Any thread.
public final class Documents {

    /// Source: xdg-user-dirs, user-dirs.dirs(5); the last line counts, as in a shell.
    private static final Pattern LINE = Pattern.compile("(?m)^\\s*XDG_DOCUMENTS_DIR=\"(\\$HOME/)?([^\"]*)\"");
    private static final long BYTES_MAX = 64 << 10;

    private Documents() {
    }

    /// @param home   the person's home
    /// @param config where programs keep what they are told, as XDG_CONFIG_HOME says
    /// @return empty when there is none; the home itself is none
    public static Optional<Path> find(Path home, Path config) {
        Path named = named(home, config.resolve("user-dirs.dirs")).orElse(home.resolve("Documents"));
        return Files.isDirectory(named) && !named.equals(home) ? Optional.of(named) : Optional.empty();
    }

    private static Optional<Path> named(Path home, Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > BYTES_MAX) {
                return Optional.empty();
            }
            Matcher line = LINE.matcher(Files.readString(file));
            Optional<Path> last = Optional.empty();
            while (line.find()) {
                String path = line.group(2).replaceAll("\\\\(.)", "$1");
                last = line.group(1) == null && !path.startsWith("/") ? last
                        : Optional.of(home.resolve(path).normalize());
            }
            return last;
        } catch (IOException | InvalidPathException e) {
            return Optional.empty(); // a proposal, and nothing that anybody waits for
        }
    }
}

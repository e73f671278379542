package app.holdfast.desktop.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Hands files to the programs that the person's desktop has for them.
public final class Opener {

    private final Executor background;

    /// @param background starts the other program: not the screen's thread
    public Opener(Executor background) {
        this.background = background;
    }

    /// @param failed told on the background thread that there is nothing to open it with
    void open(Path file, Consumer<IOException> failed) {
        start(command(file.toString(), false), failed);
    }

    /// Shows it in its folder.
    void reveal(Path file, Consumer<IOException> failed) {
        Path parent = file.getParent();
        start(isLinux() ? command(String.valueOf(parent == null ? file : parent), false)
                : command(file.toString(), true), failed);
    }

    private void start(List<String> command, Consumer<IOException> failed) {
        background.execute(() -> {
            try {
                new ProcessBuilder(command).redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            } catch (IOException e) {
                failed.accept(e);
            }
        });
    }

    private static boolean isLinux() {
        return !system().contains("mac") && !system().contains("win");
    }

    private static List<String> command(String path, boolean reveal) {
        if (system().contains("mac")) {
            return reveal ? List.of("open", "-R", path) : List.of("open", path);
        }
        if (system().contains("win")) {
            return List.of("explorer.exe", reveal ? "/select," + path : path);
        }
        return List.of("xdg-open", path);
    }

    private static String system() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    }
}

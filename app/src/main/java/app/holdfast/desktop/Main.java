package app.holdfast.desktop;

import app.holdfast.desktop.cli.Arguments;
import app.holdfast.desktop.cli.CommandLineStart;
import app.holdfast.desktop.cli.Door;
import app.holdfast.desktop.cli.LogLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Where the program starts: the window without words, one command with them.
///
/// Nothing of JavaFX is loaded unless the window opens, and nothing at all of the library when a running instance
/// does the work.
public final class Main {

    private Main() {}

    public static void main(String[] words) {
        var door = new Door(System.getenv(), Thread.ofPlatform().daemon().name("holdfast-", 0).factory(),
                // a method reference would load JavaFX here and now
                (data, files) -> HoldfastApplication.open(data, files));
        System.exit(start(Arguments.of(words), door));
    }

    private static int start(Arguments arguments, Door door) {
        LogLevel.choose(arguments.verbose(), door.environment().getOrDefault("HOLDFAST_LOG", ""));
        var start = new CommandLineStart(arguments, door);
        if (!SystemEncoding.readable(arguments.all(), door.environment())) {
            return start.complain("bad_locale", "these words cannot be read, because no UTF-8 locale is set;"
                    + " set LC_ALL=C.UTF-8 and try again");
        }
        Optional<Path> data = start.data();
        if (data.isEmpty()) {
            return 2;
        }
        Optional<List<Path>> files = start.files();
        if (files.isEmpty()) {
            return 2;
        }
        boolean window = arguments.command().isEmpty() && arguments.all().stream().noneMatch("--"::equals);
        OptionalInt elsewhere = window ? start.showWindow(data.get(), files.get()) : start.inInstance(data.get());
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        if (SystemEncoding.mustStartAgain(door.environment())) {
            return SystemEncoding.startAgain(door.threads());
        }
        if (window) {
            return start.openWindow(() -> door.window().accept(data.get(), files.get()));
        }
        return start.run(data.get());
    }
}

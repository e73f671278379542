package app.holdfast.desktop.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;

/// What a process gives to the command typed to it, and an instance does not give to those of its callers.
///
/// @param environment its variables
/// @param threads     makes platform threads that do not keep the process alive
/// @param window      opens the window of a data directory, has it import files, and returns when it was closed
public record Door(Map<String, String> environment, ThreadFactory threads, BiConsumer<Path, List<Path>> window) {

    public Door {
        environment = Map.copyOf(environment);
    }
}

package app.holdfast.desktop.vaults;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The system's dialogs for files, as the page of vaults needs them. Each waits for the person.
///
/// @param open    a file that is there
/// @param vaults  snapshots that are there, one or several
/// @param save    where to write, of a name that is offered; the system asks before a file is replaced
public record VaultFiles(Supplier<Optional<Path>> open, Supplier<List<Path>> vaults,
        Function<String, Optional<Path>> save) {}

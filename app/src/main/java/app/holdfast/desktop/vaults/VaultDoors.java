package app.holdfast.desktop.vaults;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.Vaults;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// How the window reaches vaults.
///
/// @param listed     keeps the library's list up to date
/// @param aside      leaves no trace there: for snapshots that are only looked at
/// @param kept       has the list told from now on of a file that was opened aside, too
/// @param background runs files and derivations, many at once
/// @param workFactor of vaults that are made here, 0 to [Vaults#WORK_FACTOR_MAX]
public record VaultDoors(Vaults listed, Vaults aside, Consumer<Path> kept, Executor background, int workFactor) {

    /// Both doors of a library's window.
    public static VaultDoors of(Library library, Executor background, int workFactor) {
        Set<Path> kept = ConcurrentHashMap.newKeySet();
        Vaults aside = Holdfast.vaults((file, deed) -> {
            if (kept.contains(file)) {
                var _ = library.submit(new Command.NoteVault(file, deed));
            }
        });
        return new VaultDoors(Holdfast.vaults(library), aside, kept::add, background, workFactor);
    }
}

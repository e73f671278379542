package app.holdfast.desktop.cli;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.BadQuery;
import app.holdfast.core.api.Command.ForgetVault;
import app.holdfast.core.api.Command.NoteVault;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.SearchParser;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.VaultRow;
import app.holdfast.core.api.Vaults.Deed;
import app.holdfast.desktop.instance.InstanceClient;
import app.holdfast.desktop.instance.InstanceFailure;
import app.holdfast.desktop.instance.Request;
import app.holdfast.desktop.instance.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The library's list of files with vaults: shown, kept up to date, shortened by a person.
final class VaultListing {

    private static final int FOUND_MAX = 1_000;

    private final Invocation invocation;

    VaultListing(Invocation invocation) {
        this.invocation = invocation;
    }

    int show() throws CoreException {
        List<VaultRow> rows = invocation.session().library().ask(LibraryReader::vaults);
        invocation.answer(Shapes.list(rows, VaultShapes::row), () -> new VaultProse(invocation.words()).list(rows));
        return 0;
    }

    /// Files in locations of this device that are called like vaults and are not on the list.
    int showFound() throws CoreException {
        List<Path> found = invocation.session().library().ask(VaultListing::found);
        invocation.answer(Shapes.list(found, file -> Shapes.object().put("path", file.toString())),
                () -> new VaultProse(invocation.words()).found(found));
        return 0;
    }

    private static List<Path> found(LibraryReader reader) {
        List<Path> listed = reader.vaults().stream().flatMap(row -> row.here().stream()).toList();
        List<LocationRow> locations = reader.locations();
        List<Long> keys = reader.keys(new EntryScope.Query(calledLikeVaults()), EntrySort.BY_NAME).from(0, FOUND_MAX);
        return reader.rows(keys).stream().filter(row -> row.holder().here())
                .flatMap(row -> place(row, locations).stream()).filter(file -> !listed.contains(file))
                .sorted().toList();
    }

    private static SearchQuery calledLikeVaults() {
        try {
            return SearchParser.parse("ext:stronghold", ZoneOffset.UTC);
        } catch (BadQuery e) {
            throw new IllegalStateException("our own query", e);
        }
    }

    private static Optional<Path> place(EntryRow row, List<LocationRow> locations) {
        return locations.stream().filter(location -> location.id().equals(row.location())).findFirst()
                .flatMap(LocationRow::absolutePath).map(top -> top.resolve(row.path()));
    }

    /// @param file on this device
    int track(Path file, Deed deed) throws CoreException, CliException {
        Library library = invocation.session().library();
        Waiting.on(library.submit(new NoteVault(file, deed)));
        Path real = real(file);
        List<VaultRow> rows = library.ask(LibraryReader::vaults).stream()
                .filter(row -> row.here().equals(Optional.of(real))).toList();
        invocation.answer(rows.isEmpty() ? Shapes.object() : VaultShapes.row(rows.getFirst()),
                () -> new VaultProse(invocation.words()).list(rows));
        return 0;
    }

    /// @param typed a path on this device, or an id
    int forget(String typed) throws CoreException, CliException {
        Library library = invocation.session().library();
        Path file = invocation.path(typed);
        Path real = real(file);
        VaultRow row = library.ask(LibraryReader::vaults).stream()
                .filter(vault -> vault.id().toString().equalsIgnoreCase(typed)
                        || vault.here().filter(path -> path.equals(file) || path.equals(real)).isPresent())
                .findFirst().orElseThrow(() -> new CoreException.NotFound("vault", typed));
        Waiting.on(library.submit(new ForgetVault(row.id())));
        invocation.answer(Shapes.object().put("forgotten", row.id().toString()),
                () -> new Prose(invocation.words()).line("vault.forgotten", row.path()));
        return 0;
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    /// Has the library told what a command did to files, if there is a library: by the instance that has it open, or
    /// here. That it cannot be told changes nothing of what the command did.
    ///
    /// @param environment of this process
    static void note(Invocation invocation, Map<String, String> environment) {
        Map<Path, Deed> deeds = invocation.session().vaultsUsed();
        Path data = invocation.session().data();
        if (deeds.isEmpty() || !Holdfast.isInitialised(data)) {
            return;
        }
        var client = new InstanceClient(data, environment);
        deeds.forEach((file, deed) -> {
            try {
                var request = new Request(List.of("vault", "track", "--deed", Shapes.word(deed), file.toString()),
                        invocation.directory().toString(), true, false, "en");
                if (client.run(request, silent()).isEmpty()) {
                    Waiting.on(invocation.session().library().submit(new NoteVault(file, deed)));
                }
            } catch (CoreException | CliException | InstanceFailure e) {
                invocation.tell(invocation.words().get("vault.unlisted", String.valueOf(e.getMessage())));
            }
        });
    }

    private static Terminal silent() {
        return new Terminal(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false,
                _ -> Optional.empty());
    }
}

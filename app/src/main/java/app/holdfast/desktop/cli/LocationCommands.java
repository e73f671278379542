package app.holdfast.desktop.cli;

import app.holdfast.core.api.Command.AddLocation;
import app.holdfast.core.api.Command.CancelScan;
import app.holdfast.core.api.Command.KeepLocation;
import app.holdfast.core.api.Command.PauseScan;
import app.holdfast.core.api.Command.RemoveLocation;
import app.holdfast.core.api.Command.RescanLocation;
import app.holdfast.core.api.Command.ResumeScan;
import app.holdfast.core.api.CopyCounts;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.model.LocationId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Folders in the library: add, list, scan again, take out.
@Command(name = "location", description = "${bundle:location}")
final class LocationCommands {

    private final Invocation invocation;

    LocationCommands(Invocation invocation) {
        this.invocation = invocation;
    }

    /// One answer.
    private record Seen(List<LocationRow> rows, List<ScanProgress> scans, Map<LocationId, CopyCounts> copies) {

        static Seen of(LibraryReader reader, boolean withCopies) {
            List<LocationRow> rows = reader.locations();
            Map<LocationId, CopyCounts> copies = withCopies ? rows.stream()
                    .collect(Collectors.toMap(LocationRow::id, row -> reader.copies(row.id()))) : Map.of();
            return new Seen(rows, reader.scans(), copies);
        }
    }

    @Command(name = "add", description = "${bundle:location.add}")
    int add(@Parameters(paramLabel = "PATH", description = "${bundle:location.add.path}") String typed,
            @Option(names = "--name", paramLabel = "N", description = "${bundle:location.add.name}")
                    @Nullable String name,
            @Option(names = "--wait", description = "${bundle:location.wait}") boolean wait)
            throws CoreException, CliException {
        if (typed.isBlank()) {
            throw new CliException("usage", "location add wants a folder");
        }
        Path folder = invocation.path(typed);
        Library library = invocation.session().library();
        var id = new LocationId(invocation.session().newId());
        return scanning(library, id, wait, new AddLocation(id, folder, Optional.ofNullable(name)));
    }

    @Command(name = "list", description = "${bundle:location.list}")
    int list(@Option(names = "--copies", description = "${bundle:location.copies}") boolean copies)
            throws CoreException, CliException {
        Seen seen = invocation.session().library().ask(reader -> Seen.of(reader, copies));
        invocation.answer(Shapes.list(seen.rows(), row -> copies
                        ? Shapes.location(row, Objects.requireNonNull(seen.copies().get(row.id())))
                        : Shapes.location(row)),
                () -> new Prose(invocation.words()).locations(seen.rows(), seen.scans(), seen.copies()));
        return 0;
    }

    @Command(name = "rescan", description = "${bundle:location.rescan}")
    int rescan(@Parameters(paramLabel = "ID", description = "${bundle:location.id}") String typed,
            @Option(names = "--wait", description = "${bundle:location.wait}") boolean wait,
            @Option(names = "--confirm", description = "${bundle:location.confirm}") boolean confirmed)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        LocationId id = Finding.location(library, typed).id();
        return scanning(library, id, wait, new RescanLocation(id, confirmed));
    }

    @Command(name = "pause", description = "${bundle:location.pause}")
    int pause(@Parameters(paramLabel = "ID", description = "${bundle:location.id}") String typed)
            throws CoreException, CliException {
        return pause(typed, true);
    }

    @Command(name = "resume", description = "${bundle:location.resume}")
    int resume(@Parameters(paramLabel = "ID", description = "${bundle:location.id}") String typed)
            throws CoreException, CliException {
        return pause(typed, false);
    }

    private int pause(String typed, boolean wait) throws CoreException, CliException {
        Library library = invocation.session().library();
        LocationId id = Finding.location(library, typed).id();
        Waiting.on(library.submit(wait ? new PauseScan(id) : new ResumeScan(id)));
        show(library, id);
        return 0;
    }

    @Command(name = "cancel", description = "${bundle:location.cancel}")
    int cancel(@Parameters(paramLabel = "ID", description = "${bundle:location.id}") String typed)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        LocationId id = Finding.location(library, typed).id();
        Waiting.on(library.submit(new CancelScan(id)));
        show(library, id);
        return 0;
    }

    @Command(name = "keep", description = "${bundle:location.keep}")
    int keep(@Parameters(paramLabel = "ID", description = "${bundle:location.id}") String typed)
            throws CoreException, CliException {
        return keep(typed, true);
    }

    @Command(name = "drop", description = "${bundle:location.drop}")
    int drop(@Parameters(paramLabel = "ID", description = "${bundle:location.id}") String typed)
            throws CoreException, CliException {
        return keep(typed, false);
    }

    private int keep(String typed, boolean kept) throws CoreException, CliException {
        Library library = invocation.session().library();
        LocationId id = Finding.location(library, typed).id();
        Waiting.on(library.submit(new KeepLocation(id, kept)));
        show(library, id);
        return 0;
    }

    @Command(name = "remove", description = "${bundle:location.remove}")
    int remove(@Parameters(paramLabel = "ID", description = "${bundle:location.id}") String typed)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        LocationRow row = Finding.location(library, typed);
        Waiting.on(library.submit(new RemoveLocation(row.id())));
        invocation.answer(Shapes.object().put("removed", row.id().toString()),
                () -> new Prose(invocation.words()).line("location.removed", row.name()));
        return 0;
    }

    /// A library opened for this command is closed when it ends, so the scan must have ended before.
    private int scanning(Library library, LocationId id, boolean wait, app.holdfast.core.api.Command command)
            throws CoreException, CliException {
        boolean waits = wait || invocation.session().host() == Session.Host.COMMAND;
        if (waits) {
            try (var watch = new ScanWatch(invocation, library, id)) {
                Waiting.on(library.submit(command));
                watch.untilEnded();
            }
        } else {
            Waiting.on(library.submit(command));
        }
        show(library, id);
        return 0;
    }

    private void show(Library library, LocationId id) throws CoreException {
        LocationRow row = library.ask(reader -> reader.location(id))
                .orElseThrow(() -> new CoreException.NotFound("location", id.toString()));
        List<ScanProgress> scans = library.ask(LibraryReader::scans);
        invocation.answer(Shapes.location(row),
                () -> new Prose(invocation.words()).locations(List.of(row), scans, Map.of()));
    }
}

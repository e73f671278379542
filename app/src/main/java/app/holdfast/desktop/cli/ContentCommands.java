package app.holdfast.desktop.cli;

import app.holdfast.core.api.Command.LimitReading;
import app.holdfast.core.api.Command.PauseReading;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Reading;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reading what files have in them, by which their copies are known.
@Command(name = "content", description = "${bundle:content}")
final class ContentCommands {

    private final Invocation invocation;

    ContentCommands(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "status", description = "${bundle:content.status}")
    int status() throws CoreException {
        Reading reading = invocation.session().library().ask(LibraryReader::reading);
        invocation.answer(Shapes.object().put("paused", reading.paused())
                .put("bytesPerSecond", reading.bytesPerSecond().orElse(null)).put("left", reading.left()),
                () -> text(reading));
        return 0;
    }

    private String text(Reading reading) {
        Prose prose = new Prose(invocation.words());
        String rate = reading.bytesPerSecond().map(bytes -> prose.line("content.limited", prose.size(bytes)))
                .orElseGet(() -> prose.line("content.unlimited"));
        return (reading.paused() ? prose.line("content.paused") : "") + prose.line("content.left", reading.left())
                + rate;
    }

    @Command(name = "rate", description = "${bundle:content.rate}")
    int rate(@Parameters(paramLabel = "RATE", description = "${bundle:content.rate.rate}") String typed)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        Waiting.on(library.submit(new LimitReading(Rate.parse(typed))));
        return status();
    }

    @Command(name = "pause", description = "${bundle:content.pause}")
    int pause() throws CoreException, CliException {
        Waiting.on(invocation.session().library().submit(new PauseReading(true)));
        return status();
    }

    @Command(name = "resume", description = "${bundle:content.resume}")
    int resume() throws CoreException, CliException {
        Waiting.on(invocation.session().library().submit(new PauseReading(false)));
        return status();
    }

    @Command(name = "copies", description = "${bundle:content.copies}")
    int copies(@Parameters(paramLabel = "FILE", description = "${bundle:file}") String typed,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", converter = Range.Limit.class,
                    description = "${bundle:search.limit}") int limit) throws CoreException, CliException {
        EntryRow row = Finding.file(invocation, typed);
        if (row.copies() == 0) {
            throw new CliException("not_read", "what " + row.name() + " has in it is not known yet; files are read"
                    + " while the window or holdfast serve runs");
        }
        if (row.copies() == 1) {
            invocation.answer(Shapes.found(1, List.of(row)),
                    () -> new Prose(invocation.words()).found(1, List.of(row)));
            return 0;
        }
        return new Searching(invocation).show(new EntryScope.Copies(row.id()), EntrySort.BY_NAME, limit);
    }
}

package app.holdfast.desktop.cli;

import app.holdfast.core.api.Command.DeleteRecords;
import app.holdfast.core.api.Command.PutRecord;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.NameOrder;
import app.holdfast.core.api.RecordRow;
import app.holdfast.core.model.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// Searches that a person keeps under a name, on all devices.
@Command(name = "searches", description = "${bundle:searches}")
final class SearchCommands {

    private static final String MODEL = "search";
    private static final String NAME = "name";
    private static final String QUERY = "query";

    private final Invocation invocation;

    SearchCommands(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "list", description = "${bundle:searches.list}")
    int list() throws CoreException {
        List<RecordRow> rows = rows(invocation.session().library());
        invocation.answer(Shapes.list(rows, SearchCommands::shape), () -> table(rows));
        return 0;
    }

    @Command(name = "save", description = "${bundle:searches.save}")
    int save(@Parameters(paramLabel = "NAME", description = "${bundle:searches.name}") String name,
            @Parameters(paramLabel = "QUERY", description = "${bundle:search.query}") String query)
            throws CoreException, CliException {
        if (name.isBlank()) {
            throw new CliException("usage", "searches save wants a name");
        }
        var _ = Searching.parse(query);
        Library library = invocation.session().library();
        Optional<UUID> known = rows(library).stream().filter(row -> text(row, NAME).equals(name)).map(RecordRow::id)
                .findFirst();
        UUID id = known.isPresent() ? known.get() : invocation.session().newId();
        Waiting.on(library.submit(new PutRecord(MODEL, id,
                Map.of(NAME, new Value.Text(name), QUERY, new Value.Text(query)))));
        RecordRow row = find(library, name);
        invocation.answer(shape(row), () -> table(List.of(row)));
        return 0;
    }

    @Command(name = "run", description = "${bundle:searches.run}")
    int run(@Parameters(paramLabel = "NAME", description = "${bundle:searches.name}") String name,
            @Option(names = "--sort", paramLabel = "ORDER", defaultValue = "name", converter = Ordering.class,
                    description = "${bundle:search.sort}") EntrySort sort,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", converter = Range.Limit.class,
                    description = "${bundle:search.limit}") int limit) throws CoreException, CliException {
        RecordRow row = find(invocation.session().library(), name);
        return new Searching(invocation).search(text(row, QUERY), List.of(), sort, limit);
    }

    @Command(name = "delete", description = "${bundle:searches.delete}")
    int delete(@Parameters(paramLabel = "NAME", description = "${bundle:searches.name}") String name)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        RecordRow row = find(library, name);
        Waiting.on(library.submit(new DeleteRecords(MODEL, List.of(row.id()))));
        invocation.answer(Shapes.object().put("deleted", row.id().toString()),
                () -> new Prose(invocation.words()).line("searches.deleted", text(row, NAME)));
        return 0;
    }

    private static List<RecordRow> rows(Library library) {
        return library.ask(reader -> reader.records(MODEL)).stream()
                .sorted(Comparator.comparing(row -> text(row, NAME), NameOrder.NAMES)).toList();
    }

    private static RecordRow find(Library library, String name) throws CoreException {
        return rows(library).stream().filter(row -> text(row, NAME).equals(name) || row.id().toString().equals(name))
                .findFirst().orElseThrow(() -> new CoreException.NotFound("search", name));
    }

    private static String text(RecordRow row, String field) {
        return row.value(field) instanceof Value.Text(String text) ? text : "";
    }

    private static ObjectNode shape(RecordRow row) {
        return Shapes.object().put("id", row.id().toString()).put(NAME, text(row, NAME)).put(QUERY, text(row, QUERY));
    }

    static String table(List<RecordRow> rows) {
        var lines = new StringBuilder();
        rows.forEach(row -> lines.append(TextTable.printable(text(row, NAME) + "  " + text(row, QUERY)))
                .append('\n'));
        return lines.toString();
    }
}

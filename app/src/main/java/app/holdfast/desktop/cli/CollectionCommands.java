package app.holdfast.desktop.cli;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.Command.AddToCollection;
import app.holdfast.core.api.Command.CreateCollection;
import app.holdfast.core.api.Command.DeleteCollection;
import app.holdfast.core.api.Command.RemoveFromCollection;
import app.holdfast.core.api.Command.RenameCollection;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.EntryId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Collections, and files in them.
@Command(name = "collection", description = "${bundle:collection}")
final class CollectionCommands {

    private final Invocation invocation;

    CollectionCommands(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "create", description = "${bundle:collection.create}")
    int create(@Parameters(paramLabel = "NAME", description = "${bundle:collection.name}") String name)
            throws CoreException, CliException {
        var id = new CollectionId(invocation.session().newId());
        Waiting.on(invocation.session().library().submit(new CreateCollection(id, name)));
        return answer(id);
    }

    @Command(name = "rename", description = "${bundle:collection.rename}")
    int rename(@Parameters(index = "0", paramLabel = "COLLECTION", description = "${bundle:collection.id}")
                    String typed,
            @Parameters(index = "1", paramLabel = "NAME", description = "${bundle:collection.name}") String name)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        CollectionId id = Finding.collection(library, typed).id();
        Waiting.on(library.submit(new RenameCollection(id, name)));
        return answer(id);
    }

    @Command(name = "delete", description = "${bundle:collection.delete}")
    int delete(@Parameters(paramLabel = "COLLECTION", description = "${bundle:collection.id}") String typed)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        CollectionRow row = Finding.collection(library, typed);
        Waiting.on(library.submit(new DeleteCollection(row.id())));
        invocation.answer(Shapes.object().put("deleted", row.id().toString()),
                () -> new Prose(invocation.words()).line("collection.deleted", row.name(), row.entries()));
        return 0;
    }

    @Command(name = "list", description = "${bundle:collection.list}")
    int list() throws CoreException {
        List<CollectionRow> rows = invocation.session().library().ask(LibraryReader::collections);
        invocation.answer(Shapes.list(rows, Shapes::collection),
                () -> new Prose(invocation.words()).collections(rows));
        return 0;
    }

    @Command(name = "show", description = "${bundle:collection.show}")
    int show(@Parameters(paramLabel = "COLLECTION", description = "${bundle:collection.id}") String typed,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", converter = Range.Limit.class,
                    description = "${bundle:search.limit}") int limit) throws CoreException, CliException {
        CollectionId id = Finding.collection(invocation.session().library(), typed).id();
        return new Searching(invocation).show(new EntryScope.Collected(id), EntrySort.BY_NAME, limit);
    }

    @Command(name = "add", description = "${bundle:collection.add}")
    int add(@Parameters(index = "0", paramLabel = "COLLECTION", description = "${bundle:collection.id}") String typed,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "${bundle:file}")
                    List<String> files) throws CoreException, CliException {
        Library library = invocation.session().library();
        CollectionId id = Finding.collection(library, typed).id();
        Waiting.on(library.submit(new AddToCollection(id, entries(files))));
        return answer(id);
    }

    @Command(name = "remove", description = "${bundle:collection.remove}")
    int remove(@Parameters(index = "0", paramLabel = "COLLECTION", description = "${bundle:collection.id}")
                    String typed,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "${bundle:file}")
                    List<String> files) throws CoreException, CliException {
        Library library = invocation.session().library();
        CollectionId id = Finding.collection(library, typed).id();
        Waiting.on(library.submit(new RemoveFromCollection(id, entries(files))));
        return answer(id);
    }

    private List<EntryId> entries(List<String> files) throws CoreException, CliException {
        List<EntryId> ids = new ArrayList<>();
        for (String file : files) {
            ids.add(Finding.file(invocation, file).id());
        }
        return ids;
    }

    private int answer(CollectionId id) throws CoreException {
        CollectionRow row = invocation.session().library().ask(LibraryReader::collections).stream()
                .filter(collection -> collection.id().equals(id)).findFirst()
                .orElseThrow(() -> new CoreException.NotFound("collection", id.toString()));
        invocation.answer(Shapes.collection(row), () -> new Prose(invocation.words()).collections(List.of(row)));
        return 0;
    }
}

package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.model.TagId;
import java.util.ArrayList;
import java.util.List;

/// Finds entries by name and tag.
final class Searching {

    /// What [LibraryReader#rows] takes at once.
    private static final int WINDOW_ROWS = 1_000;

    private final Invocation invocation;

    Searching(Invocation invocation) {
        this.invocation = invocation;
    }

    int search(String query, List<String> typedTags, int limit) throws CoreException, CliException {
        Library library = invocation.session().library();
        List<TagId> tags = new ArrayList<>();
        for (String typed : typedTags) {
            tags.add(Finding.tag(library, typed).id());
        }
        return show(new EntryScope.Search(query, tags), limit);
    }

    int show(EntryScope scope, int limit) throws CoreException {
        Library library = invocation.session().library();
        Found found = library.ask(reader -> read(reader, scope, limit));
        invocation.answer(Shapes.found(found.total(), found.rows()),
                () -> new Prose(invocation.words()).found(found.total(), found.rows()));
        return 0;
    }

    private static Found read(LibraryReader reader, EntryScope scope, int limit) {
        EntryKeys keys = reader.keys(scope, EntrySort.BY_NAME);
        List<EntryRow> rows = new ArrayList<>();
        for (int first = 0; first < Math.min(limit, keys.count()); first += WINDOW_ROWS) {
            rows.addAll(reader.rows(keys.from(first, Math.min(WINDOW_ROWS, limit - first))));
        }
        return new Found(keys.count(), rows);
    }

    private record Found(long total, List<EntryRow> rows) {}
}

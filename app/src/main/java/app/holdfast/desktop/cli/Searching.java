package app.holdfast.desktop.cli;

import app.holdfast.core.api.BadQuery;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.SearchParser;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SearchQuery.Term;
import app.holdfast.core.api.TagRow;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds entries by what a person asks for.
final class Searching {

    /// What [LibraryReader#rows] takes at once.
    private static final int WINDOW_ROWS = 1_000;

    private final Invocation invocation;

    Searching(Invocation invocation) {
        this.invocation = invocation;
    }

    int search(String query, List<String> typedTags, EntrySort sort, int limit) throws CoreException, CliException {
        Library library = invocation.session().library();
        List<Term> terms = new ArrayList<>(parse(query).terms());
        for (String typed : typedTags) {
            terms.add(new Term(true, new SearchQuery.Test.Tagged(path(library, Finding.tag(library, typed)))));
        }
        return show(new EntryScope.Query(new SearchQuery(terms)), sort, limit);
    }

    private static List<String> path(Library library, TagRow tag) throws CoreException {
        List<TagRow> tags = library.ask(LibraryReader::tags);
        List<String> names = new ArrayList<>();
        for (Optional<TagRow> at = Optional.of(tag); at.isPresent();) {
            TagRow row = at.get();
            names.addFirst(row.name());
            at = tags.stream().filter(above -> row.parent().filter(above.id()::equals).isPresent()).findFirst();
        }
        return names;
    }

    /// @throws CliException that points at what is wrong
    static SearchQuery parse(String query) throws CliException {
        try {
            return SearchParser.parse(query, ZoneId.systemDefault());
        } catch (BadQuery e) {
            throw new CliException("bad_query", reason(e) + ", at character " + (e.offset() + 1)
                    + " of the query; docs/search.md has the whole language");
        }
    }

    private static String reason(BadQuery e) {
        return switch (e.reason()) {
            case UNKNOWN_KEY -> "\"" + e.word() + ":\" is not known (name, path, in, tag, kind, ext, size, date,"
                    + " device, on, location, rating, note, copies, only, is);"
                    + " a name with a colon goes in quotation marks";
            case VALUE -> "\"" + e.word() + "\" does not fit here";
            case OPEN_QUOTE -> "a quotation does not end";
            case NOTHING -> "something is missing" + (e.word().isEmpty() ? "" : " after \"" + e.word() + ":\"");
            case LONG -> "the query is too long";
        };
    }

    int show(EntryScope scope, EntrySort sort, int limit) throws CoreException {
        Library library = invocation.session().library();
        Found found = library.ask(reader -> read(reader, scope, sort, limit));
        invocation.answer(Shapes.found(found.total(), found.rows()),
                () -> new Prose(invocation.words()).found(found.total(), found.rows()));
        return 0;
    }

    private static Found read(LibraryReader reader, EntryScope scope, EntrySort sort, int limit) {
        EntryKeys keys = reader.keys(scope, sort);
        List<EntryRow> rows = new ArrayList<>();
        for (int first = 0; first < Math.min(limit, keys.count()); first += WINDOW_ROWS) {
            rows.addAll(reader.rows(keys.from(first, Math.min(WINDOW_ROWS, limit - first))));
        }
        return new Found(keys.count(), rows);
    }

    private record Found(long total, List<EntryRow> rows) {}
}

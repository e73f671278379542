package app.holdfast.desktop.search;

import app.holdfast.core.api.BadQuery;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.NameOrder;
import app.holdfast.core.api.RecordRow;
import app.holdfast.core.api.SearchParser;
import app.holdfast.core.api.SearchParser.Piece;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.Value;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The query that is shown, and searches kept under a name.
public final class SearchModel {

    public static final int NAME_CHARS_MAX = 200;

    private static final String MODEL = "search";
    private static final String NAME = "name";
    private static final String QUERY = "query";

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final Supplier<UUID> newIds;
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);
    private final ObservableList<Saved> saved = FXCollections.observableArrayList();
    private final List<Subscription> watching = new ArrayList<>();
    private Filters.Known known = new Filters.Known(List.of(), List.of(), List.of());

    /// What is asked for.
    ///
    /// @param problem why it cannot be understood; empty when it can
    record Shown(String query, List<Pill> pills, String problem) {
        private static final Shown NOTHING = new Shown("", List.of(), "");
    }

    /// A search under a name.
    public record Saved(UUID id, String name, String query) {}

    public SearchModel(Live live, Words words, Toasts toasts, Supplier<UUID> newIds) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.newIds = newIds;
        watching.add(live.watchCalmly(reader -> reader.records(MODEL), this::showSaved));
        watching.add(live.watchCalmly(SearchModel::known, answer -> known = answer));
    }

    private static Filters.Known known(LibraryReader reader) {
        return new Filters.Known(reader.tags(), reader.devices(),
                reader.volumes().stream().map(VolumeRow::label).toList());
    }

    ReadOnlyObjectProperty<Shown> shown() {
        return shown.getReadOnlyProperty();
    }

    /// By name.
    public ObservableList<Saved> saved() {
        return saved;
    }

    /// Shows another query.
    ///
    /// @param query empty for none
    /// @return what it asks for; empty when it cannot be understood
    public Optional<SearchQuery> show(String query) {
        try {
            List<Piece> pieces = SearchParser.pieces(query, words.zone());
            shown.set(new Shown(query, Pill.of(pieces, words), ""));
            return Optional.of(new SearchQuery(pieces.stream().map(Piece::term).toList()));
        } catch (BadQuery e) {
            shown.set(new Shown(query, List.of(), problem(e)));
            return Optional.empty();
        }
    }

    private String problem(BadQuery e) {
        return switch (e.reason()) {
            case UNKNOWN_KEY -> words.get(Text.QUERY_UNKNOWN, e.word());
            case VALUE -> words.get(Text.QUERY_VALUE, e.word());
            case OPEN_QUOTE -> words.get(Text.QUERY_QUOTE);
            case NOTHING -> words.get(Text.QUERY_NOTHING, e.word());
            case LONG -> words.get(Text.QUERY_LONG);
        };
    }

    List<Filters.Group> filters() {
        return new Filters(words).groups(known);
    }

    /// The query with one more filter.
    ///
    /// @param query that can be understood; otherwise it stays
    public String with(String query, String term) {
        try {
            return QueryText.with(query, SearchParser.pieces(query, words.zone()), term);
        } catch (BadQuery e) {
            return query;
        }
    }

    /// What finds the same as a place whose files are shown.
    ///
    /// @param location empty for none
    /// @param folder   in it; empty for its top
    /// @param tag      with those above it, separated by `/`; empty for none
    public static String here(String location, String folder, String tag) {
        List<String> terms = new ArrayList<>();
        if (!location.isBlank()) {
            terms.add(QueryText.term("location", location));
        }
        if (!folder.isBlank()) {
            terms.add(QueryText.term("in", folder));
        }
        if (!tag.isBlank()) {
            terms.add(QueryText.term("tag", tag));
        }
        return String.join(" ", terms);
    }

    String without(Pill pill) {
        return QueryText.without(shown.get().query(), pill.piece());
    }

    /// Only what is no filter: parts of names.
    String withoutFilters() {
        String query = shown.get().query();
        for (Pill pill : shown.get().pills().reversed()) {
            query = QueryText.without(query, pill.piece());
        }
        return query;
    }

    /// Whether a name can be taken.
    static boolean isName(String name) {
        return !name.isBlank() && name.strip().length() <= NAME_CHARS_MAX;
    }

    /// Keeps what is shown under a name, in place of what had it.
    void save(String name) {
        String query = shown.get().query();
        UUID id = saved.stream().filter(each -> each.name().equals(name.strip())).findFirst().map(Saved::id)
                .orElseGet(newIds);
        put(new Saved(id, name.strip(), query), () -> toasts.done(words.get(Text.SEARCH_SAVED, name.strip())));
    }

    /// Forgets one; can be taken back.
    void delete(Saved search) {
        live.submit(new Command.DeleteRecords(MODEL, List.of(search.id())), () -> toasts.done(
                words.get(Text.SEARCH_DELETED, search.name()), new Toasts.Action(words.get(Text.TOAST_UNDO),
                        () -> put(search, () -> { }))), this::failed);
    }

    private void put(Saved search, Runnable done) {
        live.submit(new Command.PutRecord(MODEL, search.id(), Map.of(NAME, new Value.Text(search.name()), QUERY,
                new Value.Text(search.query()))), done, this::failed);
    }

    private void failed(Throwable failure) {
        toasts.failed(words.get(Text.SEARCH_FAILED), FailureText.of(failure, words.texts()));
    }

    public void close() {
        watching.forEach(Subscription::close);
    }

    private void showSaved(List<RecordRow> rows) {
        List<Saved> now = rows.stream().map(row -> new Saved(row.id(), text(row, NAME), text(row, QUERY)))
                .sorted(Comparator.comparing(Saved::name, NameOrder.NAMES)).toList();
        if (!saved.equals(now)) {
            saved.setAll(now);
        }
    }

    private static String text(RecordRow row, String field) {
        return row.value(field) instanceof Value.Text(String text) ? text : "";
    }

    /// What the screen does with a query.
    public record Doing(Consumer<String> add, Consumer<String> show) {}
}

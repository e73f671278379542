package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.FirstKeys;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.PlainText;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// A list of files: which are shown, in which order, which are selected, and the way that leads to them.
public final class BrowserModel {

    /// Places whose selection is remembered, so that going back finds it.
    private static final int REMEMBERED_MAX = 100;
    /// As many of what is found are shown before all of it is known.
    static final int FIRST_MAX = 1_000;

    private final Live live;
    private final Words words;
    private final Selection selection;
    private final ReadOnlyObjectWrapper<EntryScope> scope;
    private final ReadOnlyObjectWrapper<EntrySort> sort = new ReadOnlyObjectWrapper<>(EntrySort.BY_NAME);
    private final ReadOnlyObjectWrapper<PagedRows> rows;
    private final ReadOnlyBooleanWrapper read = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper();
    private final ObservableList<Crumb> trail = FXCollections.observableArrayList();
    private final ObservableList<Crumb> trailShown = FXCollections.unmodifiableObservableList(trail);
    private final Map<EntryScope, List<Long>> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EntryScope, List<Long>> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };
    private Subscription keys = () -> { };
    private Subscription way = () -> { };
    private boolean changing;
    /// The first answer about the newest list has not come.
    private boolean waiting;
    /// The newest list; answers about others come too late.
    private int asked;

    /// @param place where it leads
    public record Crumb(String name, Place place) {}

    public BrowserModel(Live live, Words words) {
        this.live = live;
        this.words = words;
        selection = new Selection(live);
        scope = new ReadOnlyObjectWrapper<>(new EntryScope.Search("", List.of()));
        rows = new ReadOnlyObjectWrapper<>(new PagedRows(live));
    }

    public ReadOnlyObjectProperty<EntryScope> scope() {
        return scope.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<EntrySort> sort() {
        return sort.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<PagedRows> rows() {
        return rows.getReadOnlyProperty();
    }

    /// Whether the first answer has come; until then nothing is said to be empty.
    public ReadOnlyBooleanProperty read() {
        return read.getReadOnlyProperty();
    }

    /// Such as `4,812 items, 96.4 GB`.
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /// Grows whenever the keys have changed and the view should put the selection where it was.
    public ReadOnlyIntegerProperty changes() {
        return changes.getReadOnlyProperty();
    }

    public ObservableList<Crumb> trail() {
        return trailShown;
    }

    public Selection selection() {
        return selection;
    }

    /// Shows these. What was selected there last is selected again.
    public void open(EntryScope next) {
        remembered.put(scope.get(), selection.keys());
        scope.set(next);
        start(remembered.getOrDefault(next, List.of()));
        way.close();
        way = live.watch(reader -> trail(reader, next), this::showTrail);
    }

    public void sortBy(EntrySort order) {
        if (!order.equals(sort.get())) {
            sort.set(order);
            start(selection.keys());
        }
    }

    /// The person selects other lines. Ignored while the list itself changes, which is not the person's doing.
    public void select(List<Integer> indices) {
        if (!changing) {
            PagedRows shown = rows.get();
            selection.set(indices.stream().filter(i -> i >= 0 && i < shown.size()).map(shown::keyAt).toList());
        }
    }

    /// Where the selected lines are now.
    public List<Integer> selectedIndices() {
        return rows.get().indicesOf(selection.keys());
    }

    /// The folder or list above this one.
    public Optional<Place> above() {
        return trail.size() > 1 ? Optional.of(trail.get(trail.size() - 2).place())
                : scope.get() instanceof EntryScope.Search ? Optional.empty() : Optional.of(Place.ALL_FILES);
    }

    public void close() {
        asked++;
        keys.close();
        way.close();
        rows.get().close();
        selection.close();
    }

    private void start(List<Long> selected) {
        keys.close();
        rows.get().close();
        read.set(false);
        changing = true;
        waiting = true;
        PagedRows next = new PagedRows(live);
        EntryScope wantedScope = scope.get();
        EntrySort wantedSort = sort.get();
        selection.set(selected);
        int question = ++asked;
        if (wantedScope instanceof EntryScope.Query(SearchQuery query)) {
            live.once(reader -> reader.first(query, wantedSort, FIRST_MAX), answer -> {
                if (question == asked) {
                    showFirst(next, answer, question);
                }
            });
        } else {
            watchAll(next);
        }
    }

    private void watchAll(PagedRows list) {
        EntryScope of = scope.get();
        EntrySort order = sort.get();
        keys = live.watch(reader -> reader.keys(of, order), answer -> show(list, answer));
    }

    /// While a person types, some of what is found is enough; the rest is asked for when they pause.
    private void showFirst(PagedRows list, FirstKeys first, int question) {
        if (first.all()) {
            watchAll(list);
            return;
        }
        show(list, first.keys());
        summary.set(words.get(Text.BROWSER_MORE, first.keys().count()));
        live.calmly(() -> {
            if (question == asked) {
                watchAll(list);
            }
        });
    }

    /// The old list stays on the screen until the new one's keys are here: nothing flickers on the way.
    private void show(PagedRows list, EntryKeys answer) {
        changing = true;
        list.setKeys(answer);
        if (waiting) {
            waiting = false;
            rows.set(list);
        }
        List<Integer> still = list.indicesOf(selection.keys());
        changing = false;
        if (still.size() != selection.keys().size()) {
            select(still);
        }
        summary.set(answer.bytes() == 0 ? words.get(Text.BROWSER_ITEMS, answer.count())
                : words.get(Text.BROWSER_ITEMS_BYTES, answer.count(), words.size(answer.bytes())));
        read.set(true);
        changes.set(changes.get() + 1);
    }

    private void showTrail(List<Crumb> crumbs) {
        if (!trail.equals(crumbs)) {
            trail.setAll(crumbs);
        }
    }

    private List<Crumb> trail(LibraryReader reader, EntryScope of) {
        List<Crumb> crumbs = new ArrayList<>();
        switch (of) {
            case EntryScope.Folder folder -> {
                reader.location(folder.location()).ifPresent(location ->
                        crumbs.add(new Crumb(location.name(), Place.location(location.id()))));
                folder.folder().map(reader::trail).orElse(List.of()).forEach(step ->
                        crumbs.add(new Crumb(PlainText.shown(step.name()),
                                Place.folder(step.location(), step.id()))));
            }
            case EntryScope.Tagged tagged -> addTag(crumbs, reader.tags(), tagged.tag());
            case EntryScope.Collected collected -> reader.collections().stream()
                    .filter(each -> each.id().equals(collected.collection())).findFirst()
                    .ifPresent(row -> crumbs.add(new Crumb(row.name(), Place.collected(row.id()))));
            case EntryScope.Search _, EntryScope.Copies _ ->
                    crumbs.add(new Crumb(words.get(Text.PLACE_ALL_FILES), Place.ALL_FILES));
            case EntryScope.Query _ -> {
                crumbs.add(new Crumb(words.get(Text.PLACE_ALL_FILES), Place.ALL_FILES));
                crumbs.add(new Crumb(words.get(Text.PLACE_SEARCH), new Place.Files(of)));
            }
        }
        return List.copyOf(crumbs);
    }

    private static void addTag(List<Crumb> crumbs, List<TagRow> tags, TagId tag) {
        tags.stream().filter(each -> each.id().equals(tag)).findFirst().ifPresent(row -> {
            row.parent().ifPresent(parent -> addTag(crumbs, tags, parent));
            crumbs.add(new Crumb(row.name(), Place.tagged(row.id())));
        });
    }

    /// A file's line, if it has been read.
    Optional<EntryRow> rowAt(int index) {
        return index < 0 || index >= rows.get().size() ? Optional.empty()
                : Optional.ofNullable(rows.get().get(index).row());
    }
}

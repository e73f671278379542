package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.desktop.fx.Live;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What is selected in a list of files, by key, and the rows of it as they are now.
public final class Selection {

    /// Rows that one question reads; core takes no more.
    private static final int QUESTION_ROWS_MAX = 1_000;
    /// Files that one action may touch; more are refused with words.
    public static final int ACTION_MAX = 50_000;

    private final Live live;
    private final ObservableList<EntryRow> rows = FXCollections.observableArrayList();
    private final ObservableList<EntryRow> rowsShown = FXCollections.unmodifiableObservableList(rows);
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
    private List<Long> keys = List.of();
    private Subscription watching = () -> { };

    Selection(Live live) {
        this.live = live;
    }

    /// The first thousand at most, current.
    public ObservableList<EntryRow> rows() {
        return rowsShown;
    }

    public ReadOnlyIntegerProperty count() {
        return count.getReadOnlyProperty();
    }

    public List<Long> keys() {
        return keys;
    }

    public boolean tooManyToActOn() {
        return keys.size() > ACTION_MAX;
    }

    void set(List<Long> selected) {
        if (selected.equals(keys)) {
            return;
        }
        keys = List.copyOf(selected);
        count.set(keys.size());
        watching.close();
        if (keys.isEmpty()) {
            watching = () -> { };
            rows.clear();
            return;
        }
        List<Long> shown = keys.subList(0, Math.min(keys.size(), QUESTION_ROWS_MAX));
        watching = live.watch(reader -> reader.rows(shown), this::show);
    }

    /// All rows, however many, as they are now.
    void all(Consumer<List<EntryRow>> then) {
        List<Long> wanted = keys;
        live.once(reader -> read(reader, wanted), then);
    }

    void close() {
        watching.close();
    }

    private void show(List<EntryRow> read) {
        if (!rows.equals(read)) {
            rows.setAll(read);
        }
    }

    private static List<EntryRow> read(LibraryReader reader, List<Long> keys) {
        List<EntryRow> rows = new ArrayList<>(keys.size());
        for (int from = 0; from < keys.size(); from += QUESTION_ROWS_MAX) {
            rows.addAll(reader.rows(keys.subList(from, Math.min(keys.size(), from + QUESTION_ROWS_MAX))));
        }
        return List.copyOf(rows);
    }
}

package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.desktop.drives.DrivesModel;
import app.holdfast.desktop.drives.PlugIn;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.DataFormat;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import org.jspecify.annotations.Nullable;

/// The table of files: any number of lines, of which only those in sight are read.
final class EntryTable extends TableView<EntrySlot> {

    static final double ROW_PIXELS = 36;
    /// What is dragged: the files that are selected, which whoever takes them asks the model for.
    static final DataFormat FILES = new DataFormat("application/x-holdfast-selection");
    private static final PseudoClass AWAY = PseudoClass.getPseudoClass("away");

    private final BrowserModel model;
    private final Words words;
    private final DrivesModel drives;
    private final Map<EntrySort.Column, TableColumn<EntrySlot, EntryRow>> columns;
    private boolean showing;
    /// Another list has come and its selection is not in sight yet.
    private boolean fresh;

    /// @param opened told when a line is opened by a double click
    EntryTable(BrowserModel model, Words words, DrivesModel drives, Consumer<EntryRow> opened) {
        this.model = model;
        this.words = words;
        this.drives = drives;
        drives.onChange(this::refresh);
        setFixedCellSize(ROW_PIXELS);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        TableColumn<EntrySlot, EntryRow> name = column(Text.COLUMN_NAME, 288, "lead",
                () -> new EntryCells.Name(() -> !(model.scope().get() instanceof EntryScope.Folder)));
        TableColumn<EntrySlot, EntryRow> tags = column(Text.COLUMN_TAGS, 158, "", EntryCells.Tags::new);
        tags.setSortable(false);
        TableColumn<EntrySlot, EntryRow> size = column(Text.COLUMN_SIZE, 80, "num",
                () -> new EntryCells.Plain(row -> EntryCells.size(row, words)));
        TableColumn<EntrySlot, EntryRow> modified = column(Text.COLUMN_MODIFIED, 112, "",
                () -> new EntryCells.Plain(row -> words.date(row.modified())));
        TableColumn<EntrySlot, EntryRow> where = column(Text.COLUMN_WHERE, 122, "",
                () -> new EntryCells.Where(words, drives::plugIn));
        getColumns().setAll(List.of(name, tags, size, modified, where));
        columns = Map.of(EntrySort.Column.NAME, name, EntrySort.Column.SIZE, size,
                EntrySort.Column.MODIFIED, modified, EntrySort.Column.WHERE, where);
        showSort(model.sort().get());
        setSortPolicy(_ -> {
            if (getSortOrder().isEmpty()) {
                model.sortBy(EntrySort.BY_NAME);
                showSort(EntrySort.BY_NAME);
            } else {
                sort(getSortOrder().getFirst());
            }
            return true;
        });
        setRowFactory(_ -> row(opened));
        setItems(model.rows().get());
        model.rows().addListener((_, _, rows) -> {
            showing = true;
            setItems(rows);
            showing = false;
            fresh = true;
        });
        model.changes().addListener((_, _, _) -> showSelection());
        getSelectionModel().getSelectedIndices().addListener((ListChangeListener<Integer>) _ -> {
            if (!showing) {
                model.select(List.copyOf(getSelectionModel().getSelectedIndices()));
            }
        });
        setOnDragDetected(event -> {
            int count = model.selection().keys().size();
            if (count > 0 && event.isPrimaryButtonDown()) {
                startDragAndDrop(TransferMode.LINK).setContent(Map.of(FILES, count));
                event.consume();
            }
        });
        setPlaceholder(Nodes.label("", ""));
    }

    /// The line that has the focus, if it was read; otherwise the first that is selected.
    Optional<EntryRow> current() {
        return model.rowAt(getSelectionModel().getSelectedIndex());
    }

    private TableColumn<EntrySlot, EntryRow> column(Text title, double width, String styleClass,
            Supplier<TableCell<EntrySlot, EntryRow>> cells) {
        TableColumn<EntrySlot, EntryRow> column = new TableColumn<>(words.get(title));
        column.setPrefWidth(width);
        column.setMinWidth(64);
        if (!styleClass.isEmpty()) {
            column.getStyleClass().add(styleClass);
        }
        column.setCellValueFactory(slot -> slot.getValue().rowProperty());
        column.setCellFactory(_ -> cells.get());
        return column;
    }

    private void sort(TableColumn<EntrySlot, ?> by) {
        boolean ascending = by.getSortType() == TableColumn.SortType.ASCENDING;
        columns.forEach((key, column) -> {
            if (column.equals(by)) {
                model.sortBy(new EntrySort(key, ascending));
            }
        });
    }

    private void showSort(EntrySort order) {
        TableColumn<EntrySlot, EntryRow> column = columns.get(order.column());
        if (column != null) {
            column.setSortType(order.ascending() ? TableColumn.SortType.ASCENDING : TableColumn.SortType.DESCENDING);
            getSortOrder().setAll(List.of(column));
        }
    }

    private TableRow<EntrySlot> row(Consumer<EntryRow> opened) {
        TableRow<EntrySlot> row = new TableRow<>();
        row.itemProperty().flatMap(EntrySlot::rowProperty).addListener((_, _, entry) -> describe(row, entry));
        row.setOnMouseClicked(event -> {
            EntrySlot slot = row.getItem();
            EntryRow entry = slot == null ? null : slot.row();
            // The fourth click in a row opens too: the folder that the second one opened may show another right there.
            if (event.getClickCount() % 2 == 0 && event.getButton() == MouseButton.PRIMARY && entry != null) {
                opened.accept(entry);
            }
        });
        return row;
    }

    /// A row reads name, state and place.
    private void describe(TableRow<EntrySlot> row, @Nullable EntryRow entry) {
        row.pseudoClassStateChanged(AWAY, entry != null && !entry.holder().online());
        row.setAccessibleText(entry == null ? "" : words.get(
                entry.holder().online() ? Text.SPOKEN_FILE : Text.SPOKEN_FILE_AWAY,
                entry.name(), entry.holder().online() ? EntryCells.where(entry, words)
                        : drives.plugIn(entry.holder().volume()).map(PlugIn::line)
                                .orElseGet(() -> EntryCells.where(entry, words)), EntryCells.size(entry, words)));
    }

    /// Puts the selection where the model has it, after the list has changed under it.
    private void showSelection() {
        List<Integer> wanted = model.selectedIndices();
        boolean scroll = fresh;
        fresh = false;
        if (!wanted.equals(List.copyOf(getSelectionModel().getSelectedIndices()))) {
            showing = true;
            getSelectionModel().clearSelection();
            if (!wanted.isEmpty()) {
                int[] rest = wanted.stream().skip(1).mapToInt(Integer::intValue).toArray();
                getSelectionModel().selectIndices(wanted.getFirst(), rest);
            }
            showing = false;
        }
        if (scroll && !wanted.isEmpty()) {
            scrollTo(Math.max(0, wanted.getFirst() - 4));
        } else if (scroll && !getItems().isEmpty()) {
            scrollTo(0);
        }
    }
}

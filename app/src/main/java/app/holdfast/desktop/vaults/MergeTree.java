package app.holdfast.desktop.vaults;

import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.MergeRows.Group;
import app.holdfast.desktop.vaults.MergeRows.Line;
import app.holdfast.ui.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// What merging would do, and the boxes that choose clients. The space key ticks the client of the line.
final class MergeTree extends TreeTableView<Line> {

    private static final double ROW_PIXELS = 32;

    private final BooleanProperty choosing = new SimpleBooleanProperty();
    private final Set<String> left = new HashSet<>();
    private final Set<String> folded = new HashSet<>();
    private final Runnable chosen;

    /// @param chosen told when a box was ticked or cleared
    MergeTree(Words words, Runnable chosen) {
        this.chosen = chosen;
        setShowRoot(false);
        setFixedCellSize(ROW_PIXELS);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        setAccessibleText(words.get(Text.IMPORT_PREVIEW));
        Nodes.styled(this, "alt-icon merge-tree");
        TreeTableColumn<Line, Line> name = column(words.get(Text.COLUMN_NAME), 240);
        name.setCellFactory(_ -> new NameCell());
        TreeTableColumn<Line, Line> size = column(words.get(Text.COLUMN_SIZE), 72);
        size.setCellFactory(_ -> new TextCell(false));
        size.getStyleClass().add("num");
        TreeTableColumn<Line, Line> difference = column(words.get(Text.IMPORT_DIFFERENCE), 200);
        difference.setCellFactory(_ -> new TextCell(true));
        getColumns().setAll(List.of(name, size, difference));
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            TreeItem<Line> item = getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.SPACE && choosing.get() && item != null) {
                tick(item.getValue().client(), left.contains(item.getValue().client()));
                event.consume();
            }
        });
    }

    /// Whether there are boxes.
    BooleanProperty choosing() {
        return choosing;
    }

    /// Ids of the clients whose boxes are ticked.
    Set<String> ticked() {
        Set<String> ticked = new HashSet<>();
        getRoot().getChildren().forEach(item -> ticked.add(item.getValue().client()));
        ticked.removeAll(left);
        return ticked;
    }

    int clients() {
        return getRoot().getChildren().size();
    }

    void fill(List<Group> groups) {
        int before = getSelectionModel().getSelectedIndex();
        TreeItem<Line> root = new TreeItem<>();
        for (Group group : groups) {
            TreeItem<Line> item = new TreeItem<>(group.line());
            item.setExpanded(!folded.contains(group.line().client()));
            item.expandedProperty().addListener((_, _, open) -> remember(group.line().client(), open));
            group.steps().forEach(step -> item.getChildren().add(new TreeItem<>(step)));
            root.getChildren().add(item);
        }
        setRoot(root);
        getSelectionModel().select(Math.max(0, before));
    }

    private void remember(String client, boolean open) {
        if (open) {
            folded.remove(client);
        } else {
            folded.add(client);
        }
    }

    private void tick(String client, boolean wanted) {
        if (wanted) {
            left.remove(client);
        } else {
            left.add(client);
        }
        refresh();
        chosen.run();
    }

    private static TreeTableColumn<Line, Line> column(String name, double width) {
        TreeTableColumn<Line, Line> column = new TreeTableColumn<>(name);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().getValue()));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private final class NameCell extends TreeTableCell<Line, Line> {

        private final CheckBox box = new CheckBox();
        private final Label name = Nodes.label("", "name");
        private final HBox both = Nodes.row(4, box, name);

        NameCell() {
            box.setFocusTraversable(false);
            box.setOnAction(_ -> tick(getItem().client(), box.isSelected()));
            choosing.addListener((_, _, _) -> showBox());
        }

        @Override
        protected void updateItem(@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            setGraphic(empty || line == null ? null : both);
            if (!empty && line != null) {
                name.setText(line.name());
                box.setSelected(!left.contains(line.client()));
                box.setAccessibleText(line.name());
                Nodes.mark(name, "t-medium", line.whole());
                Nodes.mark(name, "subtle", choosing.get() && left.contains(line.client()));
                setAccessibleText(line.spoken());
                showBox();
            }
        }

        private void showBox() {
            Line line = getItem();
            Nodes.show(box, choosing.get() && line != null && line.whole());
        }
    }

    private static final class TextCell extends TreeTableCell<Line, Line> {

        private final boolean difference;
        private final Label label = Nodes.label("", "");

        TextCell(boolean difference) {
            this.difference = difference;
            if (!difference) {
                Nodes.styled(this, "num");
            }
        }

        @Override
        protected void updateItem(@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            setGraphic(empty || line == null ? null : label);
            if (empty || line == null) {
                return;
            }
            label.setText(difference ? line.difference() : line.size());
            Nodes.mark(label, "muted", !difference || line.tone() == MergeRows.Tone.PLAIN);
            Nodes.mark(label, "fg-online", difference && line.tone() == MergeRows.Tone.ADDED);
            Nodes.mark(label, "fg-syncing", difference && line.tone() == MergeRows.Tone.CHANGED);
            Nodes.mark(label, "fg-danger", difference && line.tone() == MergeRows.Tone.LOOK);
        }
    }
}

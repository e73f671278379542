package app.holdfast.desktop.vaults;

import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.ContentRows.Branch;
import app.holdfast.desktop.vaults.ContentRows.Kind;
import app.holdfast.desktop.vaults.ContentRows.Line;
import app.holdfast.desktop.vaults.ContentRows.Mark;
import app.holdfast.ui.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// What an open vault holds, as a tree of clients, vaults and records. One tab stop; what is folded and chosen outlives
/// a change.
final class ContentTree extends TreeTableView<Line> {

    private static final double ROW_PIXELS = 36;

    private final Set<String> folded = new HashSet<>();

    ContentTree(Words words) {
        setShowRoot(false);
        setFixedCellSize(ROW_PIXELS);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        setAccessibleText(words.get(Text.VAULT_CONTENT));
        Nodes.styled(this, "alt-icon content-tree");
        TreeTableColumn<Line, Line> name = column(words.get(Text.COLUMN_NAME), 300);
        name.setCellFactory(_ -> new NameCell());
        TreeTableColumn<Line, Line> size = column(words.get(Text.COLUMN_SIZE), 80);
        size.setMinWidth(72);
        size.setCellFactory(_ -> Nodes.styled(new TextCell(Line::size), "num"));
        size.getStyleClass().add("num");
        TreeTableColumn<Line, Line> note = column(words.get(Text.VAULT_COLUMN_NOTE), 170);
        note.setCellFactory(_ -> new NoteCell());
        TreeTableColumn<Line, Line> changed = column(words.get(Text.VAULT_COLUMN_CHANGED), 110);
        changed.setMinWidth(110);
        changed.setCellFactory(_ -> new TextCell(Line::changed));
        getColumns().setAll(List.of(name, size, note, changed));
    }

    Optional<Line> chosen() {
        return Optional.ofNullable(getSelectionModel().getSelectedItem()).map(TreeItem::getValue);
    }

    void fill(List<Branch> branches) {
        Optional<String> before = chosen().map(ContentTree::key);
        TreeItem<Line> root = new TreeItem<>();
        branches.forEach(branch -> root.getChildren().add(item(branch)));
        setRoot(root);
        before.ifPresent(key -> choose(root, key));
        if (getSelectionModel().isEmpty() && !branches.isEmpty()) {
            getSelectionModel().select(0);
        }
    }

    private TreeItem<Line> item(Branch branch) {
        TreeItem<Line> item = new TreeItem<>(branch.line());
        String key = key(branch.line());
        item.setExpanded(!folded.contains(key));
        item.expandedProperty().addListener((_, _, open) -> {
            if (open) {
                folded.remove(key);
            } else {
                folded.add(key);
            }
        });
        branch.below().forEach(below -> item.getChildren().add(item(below)));
        return item;
    }

    private void choose(TreeItem<Line> from, String key) {
        for (TreeItem<Line> item : from.getChildren()) {
            if (key(item.getValue()).equals(key)) {
                getSelectionModel().select(item);
            }
            choose(item, key);
        }
    }

    private static String key(Line line) {
        return line.kind() + " " + line.path().client() + "/" + line.path().vault().orElse("") + "/" + line.id();
    }

    private static TreeTableColumn<Line, Line> column(String name, double width) {
        TreeTableColumn<Line, Line> column = new TreeTableColumn<>(name);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().getValue()));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private static final class NameCell extends TreeTableCell<Line, Line> {

        private final FontIcon icon = Nodes.icon(RemixiconMZ.SHIELD_USER_LINE, "");
        private final Label name = Nodes.label("", "name");
        private final HBox both = Nodes.row(8, icon, name);
        private final Tooltip id = new Tooltip();

        @Override
        protected void updateItem(@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            setGraphic(empty || line == null ? null : both);
            setTooltip(empty || line == null ? null : id);
            if (!empty && line != null) {
                icon.setIconCode(ikon(line.kind()));
                name.setText(line.name());
                Nodes.mark(name, "t-mono", !line.named());
                Nodes.mark(name, "t-medium", line.kind() == Kind.CLIENT && line.named());
                Nodes.mark(name, "subtle", line.mark() == Mark.GONE);
                id.setText(line.id());
                setAccessibleText(line.spoken());
            }
        }

        private static Ikon ikon(Kind kind) {
            return switch (kind) {
                case CLIENT -> RemixiconMZ.SHIELD_USER_LINE;
                case VAULT -> RemixiconAL.FOLDER_LINE;
                case RECORD, VALUE -> RemixiconAL.KEY_2_LINE;
                case STORE -> RemixiconAL.DATABASE_2_LINE;
            };
        }
    }

    private static final class NoteCell extends TreeTableCell<Line, Line> {

        private final Label label = Nodes.label("", "");

        @Override
        protected void updateItem(@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            setGraphic(empty || line == null || line.note().isEmpty() ? null : label);
            if (!empty && line != null) {
                label.setText(line.note());
                Nodes.mark(label, "muted", line.mark() == Mark.NONE);
                Nodes.mark(label, "badge", line.mark() != Mark.NONE);
                Nodes.mark(label, "conflict", line.mark() == Mark.ENDS);
            }
        }
    }

    private static final class TextCell extends TreeTableCell<Line, Line> {

        private final Function<Line, String> text;

        TextCell(Function<Line, String> text) {
            this.text = text;
            Nodes.styled(this, "muted");
        }

        @Override
        protected void updateItem(@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty || line == null ? "" : text.apply(line));
        }
    }
}

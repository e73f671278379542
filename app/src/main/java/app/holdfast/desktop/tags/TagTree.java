package app.holdfast.desktop.tags;

import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Swatch;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// All tags as a tree: colour, name, digit, count. What is folded and what is chosen outlives a change of the tags.
public final class TagTree extends TreeView<TagRow> {

    private static final double ROW_PIXELS = 32;

    private final TagsModel model;
    private final Words words;
    private final Set<TagId> folded = new HashSet<>();
    private boolean filling;

    public TagTree(TagsModel model, Words words) {
        this.model = model;
        this.words = words;
        setShowRoot(false);
        setFixedCellSize(ROW_PIXELS);
        getStyleClass().add("alt-icon");
        setCellFactory(_ -> new Cell());
        setAccessibleText(words.get(Text.PLACE_ALL_TAGS));
        model.tags().addListener((ListChangeListener<TagRow>) _ -> fill());
        fill();
    }

    public Optional<TagRow> chosen() {
        return Optional.ofNullable(getSelectionModel().getSelectedItem()).map(TreeItem::getValue);
    }

    /// Whether the tree changes itself at the moment, so that a new choice is not the person's.
    public boolean isFilling() {
        return filling;
    }

    public void choose(TagId tag) {
        find(getRoot(), tag).ifPresent(item -> getSelectionModel().select(item));
    }

    private void fill() {
        filling = true;
        Optional<TagId> before = chosen().map(TagRow::id);
        TreeItem<TagRow> root = new TreeItem<>();
        Map<TagId, TreeItem<TagRow>> items = new HashMap<>();
        for (TagRow tag : model.tags()) {
            TreeItem<TagRow> item = new TreeItem<>(tag);
            item.setExpanded(!folded.contains(tag.id()));
            item.expandedProperty().addListener((_, _, open) -> remember(tag.id(), open));
            items.put(tag.id(), item);
            tag.parent().map(items::get).filter(Objects::nonNull).orElse(root).getChildren().add(item);
        }
        setRoot(root);
        before.ifPresent(this::choose);
        filling = false;
    }

    private void remember(TagId tag, boolean open) {
        if (open) {
            folded.remove(tag);
        } else {
            folded.add(tag);
        }
    }

    private static Optional<TreeItem<TagRow>> find(TreeItem<TagRow> from, TagId tag) {
        List<TreeItem<TagRow>> children = from.getChildren();
        for (TreeItem<TagRow> item : children) {
            if (item.getValue().id().equals(tag)) {
                return Optional.of(item);
            }
            Optional<TreeItem<TagRow>> below = find(item, tag);
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }

    private final class Cell extends TreeCell<TagRow> {

        private final Swatch swatch = new Swatch();
        private final Label name = Nodes.label("", "name");
        private final Label number = Nodes.label("", "kbd");
        private final Label count = Nodes.label("", "t-caption subtle tree-count");
        private final HBox box = Nodes.row(8, swatch, name, Nodes.spring(), number, count);

        @Override
        protected void updateItem(@Nullable TagRow tag, boolean empty) {
            super.updateItem(tag, empty);
            if (empty || tag == null) {
                setGraphic(null);
                return;
            }
            swatch.set(tag.color());
            name.setText(tag.name());
            count.setText(words.count(tag.entries()));
            model.numberOf(tag).ifPresent(digit -> number.setText(String.valueOf(digit)));
            Nodes.show(number, model.numberOf(tag).isPresent());
            setAccessibleText(words.get(Text.SPOKEN_TAG, tag.name(), words.count(tag.entries())));
            setGraphic(box);
        }
    }
}

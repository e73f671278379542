package app.holdfast.desktop.library;

import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.EmptyState;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.tags.TagDialog;
import app.holdfast.desktop.tags.TagTree;
import app.holdfast.desktop.tags.TagsModel;
import app.holdfast.ui.Text;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// All tags at the left, the files of the one that is chosen at the right.
final class TagsPage extends VBox {

    private final LibraryModel library;
    private final TagsModel tags;
    private final Words words;
    private final Dialogs dialogs;
    private final TagTree tree;
    private final FilesView files;
    private final StackPane right = Nodes.grown(new StackPane());

    TagsPage(LibraryModel library, Words words, Dialogs dialogs, FilesView files) {
        this.library = library;
        this.tags = library.parts().tags();
        this.words = words;
        this.dialogs = dialogs;
        this.files = files;
        tree = Nodes.grown(new TagTree(tags, words));
        VBox left = Nodes.styled(new VBox(Nodes.styled(new HBox(finder()), "filterbar"), tree), "pane-left");
        getChildren().addAll(toolbar(), Nodes.grown(new HBox(left, right)));
        tree.getSelectionModel().selectedItemProperty().addListener((_, _, item) -> {
            if (item != null && !tree.isFilling()) {
                library.navigation().replace(new Place.Tags(Optional.of(item.getValue().id())));
            }
        });
        tree.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        tree.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            menu().ifPresent(menu -> menu.show(tree, event.getScreenX(), event.getScreenY()));
            event.consume();
        });
        tags.tags().addListener((ListChangeListener<TagRow>) _ -> showRight());
        showRight();
    }

    /// Called when the page comes into sight.
    ///
    /// @param tag the one to be chosen; null keeps the one that was
    void show(@Nullable TagId tag) {
        if (tag != null) {
            tree.choose(tag);
        }
        if (tree.chosen().isEmpty() && !tags.tags().isEmpty()) {
            tree.choose(tags.tags().getFirst().id());
        }
        tree.chosen().filter(_ -> tag == null).ifPresent(row ->
                library.navigation().replace(new Place.Tags(Optional.of(row.id()))));
        showRight();
    }

    void openFilters() {
        files.openFilters();
    }

    void focus() {
        tree.requestFocus();
    }

    private Node toolbar() {
        Label facts = Nodes.label("", "muted");
        Runnable count = () -> facts.setText(words.get(Text.TAGS_SUMMARY, tags.tags().size()));
        tags.tags().addListener((ListChangeListener<TagRow>) _ -> count.run());
        count.run();
        Button make = Nodes.button(words.get(Text.TAG_NEW), RemixiconAL.ADD_LINE, "primary");
        make.setOnAction(_ -> TagDialog.create(tags, words, dialogs, null));
        return Nodes.styled(new HBox(Nodes.label(words.get(Text.TAGS_TITLE), "t-heading"), facts, Nodes.spring(), make),
                "toolbar page");
    }

    /// Finds as one types; Enter on a name that is new makes it a tag.
    private Node finder() {
        TextField field = Nodes.grown(new TextField());
        field.setPromptText(words.get(Text.TAG_FIND_OR_ADD));
        field.setMaxHeight(USE_PREF_SIZE);
        field.textProperty().addListener((_, _, text) -> {
            if (!text.isBlank()) {
                tags.matching(text).stream().findFirst().ifPresent(tag -> tree.choose(tag.id()));
            }
        });
        field.setOnAction(_ -> {
            String name = field.getText();
            boolean known = tags.tags().stream().anyMatch(tag -> tag.name().equalsIgnoreCase(name.strip()));
            if (!known && tags.isName(name)) {
                tags.create(name, null, null);
            }
            field.clear();
            tree.requestFocus();
        });
        return field;
    }

    private void showRight() {
        if (tree.chosen().isPresent()) {
            right.getChildren().setAll(files);
            return;
        }
        Button make = Nodes.button(words.get(Text.TAG_NEW), RemixiconAL.ADD_LINE, "primary");
        make.setOnAction(_ -> TagDialog.create(tags, words, dialogs, null));
        right.getChildren().setAll(new EmptyState(RemixiconMZ.PRICE_TAG_3_LINE, words.get(Text.EMPTY_TAGS),
                words.get(Text.EMPTY_TAGS_DETAIL), make));
    }

    private Optional<ContextMenu> menu() {
        return tree.chosen().map(tag -> Menus.ofTag(tag, tags, words, dialogs));
    }

    private void key(KeyEvent event) {
        boolean menu = event.getCode() == KeyCode.CONTEXT_MENU || event.getCode() == KeyCode.F10 && event.isShiftDown();
        if (event.getCode() == KeyCode.F2) {
            tree.chosen().ifPresent(tag -> TagDialog.edit(tags, words, dialogs, tag));
        } else if (event.getCode() == KeyCode.DELETE) {
            tree.chosen().ifPresent(tag -> TagDialog.delete(tags, words, dialogs, tag));
        } else if (event.getCode() == KeyCode.ENTER) {
            files.focus();
        } else if (menu) {
            var bounds = tree.localToScreen(tree.getBoundsInLocal());
            double y = bounds.getMinY() + 32 * (tree.getSelectionModel().getSelectedIndex() + 1);
            menu().ifPresent(shown -> shown.show(tree, bounds.getMinX() + 48, Math.min(y, bounds.getMaxY())));
        } else {
            return;
        }
        event.consume();
    }
}

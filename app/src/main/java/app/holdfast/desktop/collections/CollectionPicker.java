package app.holdfast.desktop.collections;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// Puts what is selected into a collection: type a few letters, Enter. A name that is new becomes a collection.
public final class CollectionPicker {

    private static final double ROW_PIXELS = 32;
    private static final double LIST_PIXELS = 8 * ROW_PIXELS + 2;

    private final CollectionsModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final Actions actions;
    private final TextField field = new TextField();
    private final ListView<CollectionRow> list = new ListView<>();
    private final Button create = Nodes.button("", RemixiconAL.ADD_LINE, "quiet");
    private final DialogFrame frame;

    /// @param add    told of the collection that is chosen
    /// @param create told of a name to be made one
    public record Actions(Consumer<CollectionRow> add, Consumer<String> create) {}

    private CollectionPicker(CollectionsModel model, Words words, Dialogs dialogs, int count, Actions actions) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        this.actions = actions;
        frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.COLLECTION_PICK, count),
                new VBox(field, list, create));
    }

    /// @param count how many files are to be put in
    public static void open(CollectionsModel model, Words words, Dialogs dialogs, int count, Actions actions) {
        new CollectionPicker(model, words, dialogs, count, actions).open();
    }

    private void open() {
        field.setPromptText(words.get(Text.COLLECTION_FIND_OR_ADD));
        field.setAccessibleText(words.get(Text.COLLECTION_FIND_OR_ADD));
        field.textProperty().addListener((_, _, _) -> fill());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.setFixedCellSize(ROW_PIXELS);
        list.setPrefHeight(LIST_PIXELS);
        list.setCellFactory(_ -> new Cell());
        list.setFocusTraversable(false);
        create.setOnAction(_ -> create());
        fill();
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame)).focus(field);
        dialogs.open(frame, () -> { });
    }

    private void fill() {
        String text = field.getText();
        List<CollectionRow> found = model.matching(text);
        list.getItems().setAll(found);
        list.getSelectionModel().selectFirst();
        create.setText(words.get(Text.COLLECTION_CREATE_NAMED, text.strip()));
        Nodes.show(create, model.isFree(text));
    }

    private void key(KeyEvent event) {
        var selection = list.getSelectionModel();
        if (event.getCode() == KeyCode.DOWN) {
            selection.selectNext();
        } else if (event.getCode() == KeyCode.UP) {
            selection.selectPrevious();
        } else if (event.getCode() == KeyCode.ENTER) {
            choose(selection.getSelectedItem());
        } else {
            return;
        }
        list.scrollTo(Math.max(0, selection.getSelectedIndex() - 3));
        event.consume();
    }

    private void choose(@Nullable CollectionRow chosen) {
        if (chosen != null) {
            dialogs.close(frame);
            actions.add().accept(chosen);
        } else if (create.isVisible()) {
            create();
        }
    }

    private void create() {
        dialogs.close(frame);
        actions.create().accept(field.getText());
    }

    private final class Cell extends ListCell<CollectionRow> {

        private final Label name = Nodes.label("", "name");
        private final Label count = Nodes.label("", "t-caption subtle");
        private final HBox box = Nodes.row(8, Nodes.icon(RemixiconMZ.STACK_LINE, ""), name, Nodes.spring(), count);

        Cell() {
            setOnMouseClicked(event -> {
                if (getItem() != null && event.getButton() == MouseButton.PRIMARY) {
                    choose(getItem());
                }
            });
        }

        @Override
        protected void updateItem(@Nullable CollectionRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                return;
            }
            name.setText(row.name());
            count.setText(words.count(row.entries()));
            setAccessibleText(words.get(Text.SPOKEN_COLLECTION, row.name(),
                    words.get(Text.BROWSER_ITEMS, row.entries())));
            setGraphic(box);
        }
    }
}

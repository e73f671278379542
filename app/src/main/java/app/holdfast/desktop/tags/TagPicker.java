package app.holdfast.desktop.tags;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Swatch;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
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
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// Puts tags on what is selected: type a few letters, Enter, and again. A name that is new becomes a tag.
public final class TagPicker {

    private static final double ROW_PIXELS = 32;
    private static final double LIST_PIXELS = 8 * ROW_PIXELS + 2;

    private final TagsModel model;
    private final Words words;
    private final ObservableList<EntryRow> selected;
    private final Actions actions;
    private final TextField field = new TextField();
    private final ListView<TagRow> list = new ListView<>();
    private final Button create = Nodes.button("", RemixiconAL.ADD_LINE, "quiet");

    /// @param toggle told of a tag to be put on or taken off
    /// @param create told of a name to be made a tag
    public record Actions(Consumer<TagRow> toggle, Consumer<String> create) {}

    /// @param selected what the tags are put on, current
    public TagPicker(TagsModel model, Words words, ObservableList<EntryRow> selected, Actions actions) {
        this.model = model;
        this.words = words;
        this.selected = selected;
        this.actions = actions;
    }

    public void open(Dialogs dialogs) {
        ListChangeListener<TagRow> tagsChanged = _ -> fill();
        ListChangeListener<EntryRow> filesChanged = _ -> list.refresh();
        field.setPromptText(words.get(Text.TAG_FIND_OR_ADD));
        field.textProperty().addListener((_, _, _) -> fill());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.setFixedCellSize(ROW_PIXELS);
        list.setPrefHeight(LIST_PIXELS);
        list.setCellFactory(_ -> new Cell());
        list.setFocusTraversable(false);
        create.setOnAction(_ -> create());
        model.tags().addListener(tagsChanged);
        selected.addListener(filesChanged);
        fill();
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.TAG_PICK, selected.size()),
                new VBox(field, list, create));
        Runnable closed = () -> {
            model.tags().removeListener(tagsChanged);
            selected.removeListener(filesChanged);
        };
        Button done = Nodes.button(words.get(Text.TAG_PICK_DONE), "primary");
        done.setOnAction(_ -> {
            dialogs.close(frame);
            closed.run();
        });
        frame.foot(Nodes.spring(), done).focus(field);
        dialogs.open(frame, closed);
    }

    private void fill() {
        String text = field.getText();
        TagRow before = list.getSelectionModel().getSelectedItem();
        List<TagRow> found = model.matching(text);
        list.getItems().setAll(found);
        if (before != null && found.contains(before)) {
            list.getSelectionModel().select(before);
        } else {
            list.getSelectionModel().selectFirst();
        }
        boolean isNew = model.isName(text)
                && model.tags().stream().noneMatch(tag -> tag.name().equalsIgnoreCase(text.strip()));
        create.setText(words.get(Text.TAG_CREATE_NAMED, text.strip()));
        Nodes.show(create, isNew);
    }

    private void key(KeyEvent event) {
        var selection = list.getSelectionModel();
        if (event.getCode() == KeyCode.DOWN) {
            selection.selectNext();
        } else if (event.getCode() == KeyCode.UP) {
            selection.selectPrevious();
        } else if (event.getCode() == KeyCode.ENTER) {
            TagRow chosen = selection.getSelectedItem();
            if (chosen != null) {
                actions.toggle().accept(chosen);
                field.selectAll();
            } else if (create.isVisible()) {
                create();
            }
        } else {
            return;
        }
        list.scrollTo(Math.max(0, selection.getSelectedIndex() - 3));
        event.consume();
    }

    private void create() {
        actions.create().accept(field.getText().strip());
        field.clear();
        field.requestFocus();
    }

    /// How many of the selected files have it: none, some or all.
    private int having(TagId tag) {
        return (int) selected.stream().filter(entry -> TagsModel.has(entry, tag)).count();
    }

    private final class Cell extends ListCell<TagRow> {

        private final FontIcon check = Nodes.icon(RemixiconAL.CHECKBOX_BLANK_LINE, "");
        private final Swatch swatch = new Swatch();
        private final Label name = Nodes.label("", "name");
        private final Label number = Nodes.label("", "kbd");
        private final HBox box = Nodes.row(8, check, swatch, name, Nodes.spring(), number);

        Cell() {
            setOnMouseClicked(event -> {
                TagRow tag = getItem();
                if (tag != null && event.getButton() == MouseButton.PRIMARY) {
                    actions.toggle().accept(tag);
                    field.requestFocus();
                }
            });
        }

        @Override
        protected void updateItem(@Nullable TagRow tag, boolean empty) {
            super.updateItem(tag, empty);
            if (empty || tag == null) {
                setGraphic(null);
                return;
            }
            int having = having(tag.id());
            boolean all = having == selected.size() && having > 0;
            check.setIconCode(all ? RemixiconAL.CHECKBOX_LINE
                    : having > 0 ? RemixiconAL.CHECKBOX_INDETERMINATE_LINE : RemixiconAL.CHECKBOX_BLANK_LINE);
            Nodes.mark(check, "accent", having > 0);
            swatch.set(tag.color());
            name.setText("\u2003".repeat(tag.depth()) + tag.name());
            model.numberOf(tag).ifPresent(digit -> number.setText(String.valueOf(digit)));
            Nodes.show(number, model.numberOf(tag).isPresent());
            setAccessibleText(words.get(all ? Text.SPOKEN_TAG_ON : having > 0 ? Text.SPOKEN_TAG_SOME
                    : Text.SPOKEN_TAG_OFF, tag.name()));
            setGraphic(box);
        }
    }
}

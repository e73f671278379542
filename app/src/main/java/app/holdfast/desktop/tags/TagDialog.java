package app.holdfast.desktop.tags;

import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Swatch;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Asks for a tag's name, colour and parent: of a new tag, or of one that is there.
public final class TagDialog {

    private final TagsModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final TextField name = new TextField();
    private final HBox swatches = Nodes.row(4);
    private final ToggleGroup colors = new ToggleGroup();
    private final ComboBox<Parent> parents = new ComboBox<>();
    private final @Nullable TagRow tag;

    /// A parent as the list names it, indented by its depth.
    private record Parent(Optional<TagId> tag, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    private TagDialog(TagsModel model, Words words, Dialogs dialogs, @Nullable TagRow tag) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        this.tag = tag;
    }

    /// @param under the parent that is proposed; null for none
    public static void create(TagsModel model, Words words, Dialogs dialogs, @Nullable TagId under) {
        TagDialog dialog = new TagDialog(model, words, dialogs, null);
        dialog.fillParents(under);
        dialog.fillColors(null);
        dialog.open(words.get(Text.TAG_NEW), words.get(Text.TAG_CREATE));
    }

    public static void edit(TagsModel model, Words words, Dialogs dialogs, TagRow tag) {
        TagDialog dialog = new TagDialog(model, words, dialogs, tag);
        dialog.name.setText(tag.name());
        dialog.fillParents(tag.parent().orElse(null));
        dialog.fillColors(tag.color());
        dialog.open(words.get(Text.TAG_EDIT), words.get(Text.TAG_SAVE));
    }

    /// Asks whether to delete it: a deleted tag cannot come back with what it was put on.
    public static void delete(TagsModel model, Words words, Dialogs dialogs, TagRow tag) {
        dialogs.ask(words.get(Text.TAG_DELETE_TITLE, tag.name()), words.get(Text.TAG_DELETE_ASK, tag.entries()),
                words.get(Text.TAG_DELETE_VERB), () -> model.delete(tag));
    }

    private void open(String title, String verb) {
        VBox body = new VBox(Dialogs.field(words.get(Text.TAG_NAME), name, null),
                Dialogs.field(words.get(Text.TAG_COLOR), swatches, null),
                Dialogs.field(words.get(Text.TAG_PARENT), parents, null));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, title, body);
        Button save = Nodes.button(verb, "primary");
        save.setDefaultButton(true);
        save.disableProperty().bind(Bindings.createBooleanBinding(() -> !model.isName(name.getText()),
                name.textProperty()));
        save.setOnAction(_ -> {
            dialogs.close(frame);
            save();
        });
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame), save).focus(name);
        dialogs.open(frame, () -> { });
        name.selectAll();
    }

    private void save() {
        TagId under = parents.getValue().tag().orElse(null);
        Toggle chosen = colors.getSelectedToggle();
        TagColor color = chosen == null ? null : (TagColor) chosen.getUserData();
        if (tag == null) {
            model.create(name.getText(), under, color);
        } else {
            model.change(tag, name.getText(), under, color == null ? tag.color() : color);
        }
    }

    private void fillParents(@Nullable TagId under) {
        Parent none = new Parent(Optional.empty(), words.get(Text.TAG_NO_PARENT));
        parents.getItems().setAll(none);
        parents.setValue(none);
        for (TagRow row : model.parentsFor(tag)) {
            Parent parent = new Parent(Optional.of(row.id()), "\u2003".repeat(row.depth()) + row.name());
            parents.getItems().add(parent);
            if (row.id().equals(under)) {
                parents.setValue(parent);
            }
        }
    }

    private void fillColors(@Nullable TagColor chosen) {
        for (TagColor color : TagColor.values()) {
            ToggleButton button = Nodes.styled(new ToggleButton(null, new Swatch(color)), "swatch-button");
            String called = words.get(name(color));
            button.setTooltip(new Tooltip(called));
            button.setAccessibleText(called);
            button.setUserData(color);
            button.setToggleGroup(colors);
            button.setSelected(color == chosen);
            swatches.getChildren().add(button);
        }
    }

    private static Text name(TagColor color) {
        return switch (color) {
            case RED -> Text.COLOR_RED;
            case ORANGE -> Text.COLOR_ORANGE;
            case YELLOW -> Text.COLOR_YELLOW;
            case GREEN -> Text.COLOR_GREEN;
            case TEAL -> Text.COLOR_TEAL;
            case BLUE -> Text.COLOR_BLUE;
            case PURPLE -> Text.COLOR_PURPLE;
            case PINK -> Text.COLOR_PINK;
        };
    }
}

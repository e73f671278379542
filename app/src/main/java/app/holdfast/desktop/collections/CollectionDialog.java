package app.holdfast.desktop.collections;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.model.CollectionId;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Asks for a collection's name: of a new one, or of one that is there.
public final class CollectionDialog {

    private final Words words;
    private final Dialogs dialogs;
    private final TextField name = new TextField();

    private CollectionDialog(Words words, Dialogs dialogs) {
        this.words = words;
        this.dialogs = dialogs;
    }

    /// @param made told of the new one
    public static void create(CollectionsModel model, Words words, Dialogs dialogs, Consumer<CollectionId> made) {
        new CollectionDialog(words, dialogs).open(Text.COLLECTION_NEW, Text.COLLECTION_CREATE, model::isFree,
                typed -> model.create(typed, made));
    }

    public static void rename(CollectionsModel model, Words words, Dialogs dialogs, CollectionRow row) {
        CollectionDialog dialog = new CollectionDialog(words, dialogs);
        dialog.name.setText(row.name());
        dialog.open(Text.COLLECTION_RENAME, Text.COLLECTION_RENAME_VERB,
                typed -> model.isFree(typed) || typed.strip().equalsIgnoreCase(row.name()),
                typed -> model.rename(row, typed));
    }

    private void open(Text title, Text verb, Predicate<String> allowed, Consumer<String> named) {
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(title),
                new VBox(Dialogs.field(words.get(Text.COLLECTION_NAME), name, null)));
        name.setAccessibleText(words.get(Text.COLLECTION_NAME));
        Button save = Nodes.button(words.get(verb), "primary");
        save.setDefaultButton(true);
        save.disableProperty().bind(Bindings.createBooleanBinding(() -> !allowed.test(name.getText()),
                name.textProperty()));
        save.setOnAction(_ -> {
            dialogs.close(frame);
            named.accept(name.getText());
        });
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame), save).focus(name);
        dialogs.open(frame, () -> { });
        name.selectAll();
    }
}

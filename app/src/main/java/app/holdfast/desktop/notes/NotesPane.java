package app.holdfast.desktop.notes;

import app.holdfast.core.api.EntryRow;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Stars;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// Stars, the favourite's heart, the note and the fields of what is selected. Made once, so that the focus stays in it
/// while what it shows changes.
public final class NotesPane extends VBox {

    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");

    private final Words words;
    private final Actions actions;
    private final Stars stars;
    private final Button favorite;
    private final FontIcon heart = Nodes.icon(RemixiconAL.HEART_LINE, "");
    private final TextArea note = new TextArea();
    private final Draft noteDraft;
    private final VBox fields = Nodes.column(6);
    private final List<FieldLine> lines = new ArrayList<>();
    private final TextField newName = new TextField();
    private final TextField newValue = new TextField();
    private final VBox adding;
    private final Button add;
    private List<EntryRow> entries = List.of();

    /// @param rate     told 0 to 5
    /// @param favorite makes favourites of what is selected, or the contrary
    public record Actions(IntConsumer rate, Runnable favorite, NotesModel model) {}

    public NotesPane(Words words, Actions actions) {
        this.words = words;
        this.actions = actions;
        Nodes.styled(this, "notes");
        stars = new Stars(words, actions.rate());
        favorite = Nodes.iconButton(words.get(Text.NOTE_FAVORITE), RemixiconAL.HEART_LINE, "small favorite");
        favorite.setGraphic(heart);
        favorite.setOnAction(_ -> actions.favorite().run());
        noteDraft = new Draft((rows, text) -> actions.model().note(rows, text));
        draft(note, noteDraft);
        note.setWrapText(true);
        note.setAccessibleText(words.get(Text.NOTE_TEXT));
        Nodes.styled(note, "note");
        note.addEventFilter(KeyEvent.KEY_PRESSED, this::tabLeaves);
        add = Nodes.iconButton(words.get(Text.NOTE_FIELD_ADD), RemixiconAL.ADD_LINE, "tiny");
        add.setOnAction(_ -> showAdding(true));
        adding = adding();
        HBox head = Nodes.row(4, Nodes.label(words.get(Text.NOTE_FIELDS), "t-small t-medium muted"), Nodes.spring(),
                add);
        getChildren().addAll(Nodes.row(8, stars, Nodes.spring(), favorite),
                Nodes.column(8, Nodes.label(words.get(Text.NOTE_TEXT), "t-small t-medium muted"), note),
                Nodes.column(8, head, fields, adding));
        showAdding(false);
    }

    /// @param now empty when nothing is selected: what was written is saved
    public void set(Optional<Noting> now) {
        entries = now.map(Noting::entries).orElse(List.of());
        stars.set(now.isEmpty() ? Optional.of(0) : now.get().rating());
        Optional<Boolean> favored = now.flatMap(Noting::favorite);
        boolean all = favored.orElse(false);
        heart.setIconCode(all ? RemixiconAL.HEART_FILL : RemixiconAL.HEART_LINE);
        favorite.pseudoClassStateChanged(ON, all);
        String called = words.get(now.isPresent() && favored.isEmpty() ? Text.NOTE_FAVORITE_SOME
                : Text.NOTE_FAVORITE);
        favorite.setAccessibleText(called);
        favorite.getTooltip().setText(called);
        note.setPromptText(words.get(now.isPresent() && now.get().note().isEmpty() ? Text.NOTE_VARIOUS
                : Text.NOTE_WRITE));
        noteDraft.show(entries, now.flatMap(Noting::note).orElse(""));
        showFields(now.map(Noting::fields).orElse(List.of()));
    }

    public void focusNote() {
        note.requestFocus();
    }

    public void focusStars() {
        stars.requestFocus();
    }

    /// Lines are kept by name, so that one that is written in is not taken away under the hands.
    private void showFields(List<Noting.Field> now) {
        List<FieldLine> next = new ArrayList<>();
        for (Noting.Field field : now) {
            FieldLine line = lines.stream().filter(each -> each.name.equals(field.name())).findFirst()
                    .orElseGet(() -> new FieldLine(field.name()));
            line.set(field);
            next.add(line);
        }
        lines.stream().filter(line -> !next.contains(line)).forEach(line -> line.draft.show(List.of(), ""));
        if (!lines.equals(next)) {
            lines.clear();
            lines.addAll(next);
            fields.getChildren().setAll(next);
        }
    }

    private VBox adding() {
        newName.setPromptText(words.get(Text.NOTE_FIELD_NAME));
        newName.setAccessibleText(words.get(Text.NOTE_FIELD_NAME));
        newValue.setPromptText(words.get(Text.NOTE_FIELD_VALUE));
        newValue.setAccessibleText(words.get(Text.NOTE_FIELD_VALUE));
        Button save = Nodes.button(words.get(Text.NOTE_FIELD_SAVE), "small");
        save.setOnAction(_ -> addField());
        newName.setOnAction(_ -> newValue.requestFocus());
        newValue.setOnAction(_ -> addField());
        VBox box = Nodes.column(6, newName, Nodes.row(6, Nodes.grown(newValue), save));
        newValue.setMaxHeight(USE_PREF_SIZE);
        box.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                showAdding(false);
                add.requestFocus();
                event.consume();
            }
        });
        return box;
    }

    private void addField() {
        if (actions.model().field(entries, newName.getText(), newValue.getText())) {
            showAdding(false);
            add.requestFocus();
        }
    }

    private void showAdding(boolean shown) {
        newName.clear();
        newValue.clear();
        Nodes.show(adding, shown);
        if (shown) {
            newName.requestFocus();
        }
    }

    /// Tab goes on instead of writing a tab; with Ctrl it is written.
    private void tabLeaves(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB && !event.isControlDown() && !event.isAltDown()) {
            Node target = event.isShiftDown() ? favorite : lines.isEmpty() ? add : lines.getFirst().value;
            target.requestFocus();
            event.consume();
        }
    }

    private static void draft(TextInputControl field, Draft draft) {
        field.textProperty().bindBidirectional(draft.text());
        field.focusedProperty().addListener((_, _, focused) -> {
            if (!focused) {
                draft.save();
            }
        });
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                draft.revert();
                event.consume();
            }
        });
    }

    /// A field's name, its value to be changed, and a cross.
    private final class FieldLine extends HBox {

        private final String name;
        private final TextField value = Nodes.grown(new TextField());
        private final Draft draft;

        FieldLine(String name) {
            this.name = name;
            Nodes.styled(this, "field-line");
            draft = new Draft((rows, text) -> actions.model().field(rows, name, text));
            draft(value, draft);
            value.setOnAction(_ -> draft.save());
            value.setAccessibleText(name);
            value.setMaxHeight(USE_PREF_SIZE);
            Label label = Nodes.label(name, "t-small muted");
            label.setMinWidth(72);
            label.setPrefWidth(72);
            Button remove = Nodes.iconButton(words.get(Text.NOTE_FIELD_REMOVE, name), RemixiconAL.CLOSE_LINE,
                    "small");
            remove.setOnAction(_ -> actions.model().field(entries, name, ""));
            getChildren().addAll(label, value, remove);
        }

        void set(Noting.Field field) {
            value.setPromptText(field.value().isEmpty() ? words.get(Text.NOTE_VARIOUS) : "");
            draft.show(entries, field.value().orElse(""));
        }
    }
}

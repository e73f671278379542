package app.holdfast.desktop.notes;

import app.holdfast.core.api.EntryRow;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;

/// Asks for the note of some files, where there is no inspector to write it in.
public final class NoteDialog {

    private NoteDialog() {
    }

    /// @param entries at least one
    public static void open(NotesModel model, Words words, Dialogs dialogs, List<EntryRow> entries) {
        List<EntryRow> about = List.copyOf(entries);
        TextArea note = new TextArea(Noting.of(about).note().orElse(""));
        note.setWrapText(true);
        Nodes.tabLeaves(note);
        note.setAccessibleText(words.get(Text.NOTE_TEXT));
        Nodes.styled(note, "note");
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.NOTE_TEXT), new VBox(note));
        Button save = Nodes.button(words.get(Text.NOTE_SAVE), "primary");
        save.setOnAction(_ -> {
            if (model.note(about, note.getText())) {
                dialogs.close(frame);
            }
        });
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame), save).focus(note);
        dialogs.open(frame, () -> { });
    }
}

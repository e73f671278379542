package app.holdfast.desktop.notes;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.model.EntryId;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// A text about files while a person writes it: saved when the focus leaves or other files are selected, never
/// overwritten by what arrives meanwhile.
public final class Draft {

    private final StringProperty text = new SimpleStringProperty("");
    private final BiConsumer<List<EntryRow>, String> save;
    private List<EntryRow> entries = List.of();
    private String shown = "";

    /// @param save told of the files and the new text
    public Draft(BiConsumer<List<EntryRow>, String> save) {
        this.save = save;
    }

    /// What stands in the field.
    public StringProperty text() {
        return text;
    }

    /// These files are selected now. What was written about others is saved first.
    ///
    /// @param now  none when nothing is selected
    /// @param text what they have; empty when that is various
    public void show(List<EntryRow> now, String text) {
        boolean same = ids(now).equals(ids(entries));
        if (!same) {
            save();
        }
        boolean written = same && isWritten();
        entries = List.copyOf(now);
        if (!written) {
            shown = text;
            this.text.set(text);
        }
    }

    /// The focus leaves.
    public void save() {
        if (isWritten() && !entries.isEmpty()) {
            shown = text.get();
            save.accept(entries, shown);
        }
    }

    /// Escape: as it was.
    public void revert() {
        text.set(shown);
    }

    private boolean isWritten() {
        return !shown.equals(text.get());
    }

    private static List<EntryId> ids(List<EntryRow> rows) {
        return rows.stream().map(EntryRow::id).toList();
    }
}

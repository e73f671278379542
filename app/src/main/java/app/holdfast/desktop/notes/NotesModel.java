package app.holdfast.desktop.notes;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.model.EntryId;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

/// Everything one can note about files. Only files that differ are written, and undo gives each back what it had.
public final class NotesModel {

    public static final int STARS_MAX = 5;
    /// Characters of a note; core takes no more.
    public static final int NOTE_CHARS_MAX = 5_000;
    /// Characters of a field's name; core takes no more.
    public static final int FIELD_NAME_CHARS_MAX = 100;
    /// Characters of a field's value; core takes no more.
    public static final int FIELD_VALUE_CHARS_MAX = 1_000;

    private final Live live;
    private final Words words;
    private final Toasts toasts;

    /// One thing that can be noted: how it is read, and the command that writes it.
    private record Kind<V>(Function<EntryRow, V> before, BiFunction<List<EntryId>, V, Command> command) {}

    public NotesModel(Live live, Words words, Toasts toasts) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
    }

    /// @param stars 0 to 5; 0 takes them away
    public void rate(List<EntryRow> entries, int stars) {
        change(entries, stars, new Kind<>(row -> row.noted().rating(), Command.SetRating::new),
                count -> words.get(Text.NOTE_RATED, count, stars));
    }

    /// Makes all of them favourites; if all are, none.
    public void toggleFavorite(List<EntryRow> entries) {
        boolean wanted = !entries.stream().allMatch(row -> row.noted().favorite());
        change(entries, wanted, new Kind<>(row -> row.noted().favorite(), Command.SetFavorite::new),
                count -> words.get(wanted ? Text.NOTE_FAVORITE_ON : Text.NOTE_FAVORITE_OFF, count));
    }

    /// @param text blank takes the note away
    /// @return whether it was short enough
    public boolean note(List<EntryRow> entries, String text) {
        String stripped = text.strip();
        if (tooLong(stripped, NOTE_CHARS_MAX)) {
            return false;
        }
        change(entries, stripped, new Kind<>(row -> row.noted().note(), Command.SetNote::new),
                count -> words.get(stripped.isEmpty() ? Text.NOTE_TAKEN_OFF : Text.NOTE_SAVED, count));
        return true;
    }

    /// @param name  blank: nothing happens
    /// @param value blank takes the field away
    /// @return whether both were short enough
    public boolean field(List<EntryRow> entries, String name, String value) {
        String field = name.strip();
        if (field.isEmpty()) {
            return true;
        }
        if (tooLong(field, FIELD_NAME_CHARS_MAX) || tooLong(value.strip(), FIELD_VALUE_CHARS_MAX)) {
            return false;
        }
        Optional<String> wanted = Optional.of(value.strip()).filter(text -> !text.isEmpty());
        change(entries, wanted, new Kind<>(row -> Optional.ofNullable(row.noted().fields().get(field)),
                (ids, now) -> new Command.SetField(ids, field, now)),
                count -> words.get(wanted.isEmpty() ? Text.NOTE_FIELD_REMOVED : Text.NOTE_FIELD_SET, field, count));
        return true;
    }

    private boolean tooLong(String text, int most) {
        boolean is = text.length() > most;
        if (is) {
            toasts.failed(words.get(Text.NOTE_FAILED), words.get(Text.NOTE_TOO_LONG, most));
        }
        return is;
    }

    private <V> void change(List<EntryRow> entries, V now, Kind<V> kind, IntFunction<String> said) {
        Map<V, List<EntryId>> before = new LinkedHashMap<>();
        List<EntryId> changed = new ArrayList<>();
        for (EntryRow row : entries) {
            V was = kind.before().apply(row);
            if (!was.equals(now)) {
                before.computeIfAbsent(was, _ -> new ArrayList<>()).add(row.id());
                changed.add(row.id());
            }
        }
        if (changed.isEmpty()) {
            return;
        }
        Runnable back = () -> before.forEach((was, ids) -> submit(kind.command().apply(ids, was), () -> { }));
        submit(kind.command().apply(List.copyOf(changed), now), () ->
                toasts.done(said.apply(changed.size()), new Toasts.Action(words.get(Text.TOAST_UNDO), back)));
    }

    private void submit(Command command, Runnable done) {
        live.submit(command, done, failure ->
                toasts.failed(words.get(Text.NOTE_FAILED), FailureText.of(failure, words.texts())));
    }
}

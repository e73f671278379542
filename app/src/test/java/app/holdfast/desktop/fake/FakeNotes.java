package app.holdfast.desktop.fake;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.EntryRow;
import java.util.TreeMap;

/// What commands about notes make of a file's row.
public final class FakeNotes {

    private FakeNotes() {
    }

    /// @param command one that notes something, or any other, which changes nothing
    public static EntryRow after(Command command, EntryRow row) {
        EntryRow.Noted noted = row.noted();
        return switch (command) {
            case Command.SetNote(var entries, String text) when entries.contains(row.id()) ->
                    with(row, new EntryRow.Noted(text, noted.rating(), noted.favorite(), noted.fields()));
            case Command.SetRating(var entries, int rating) when entries.contains(row.id()) ->
                    with(row, new EntryRow.Noted(noted.note(), rating, noted.favorite(), noted.fields()));
            case Command.SetFavorite(var entries, boolean favorite) when entries.contains(row.id()) ->
                    with(row, new EntryRow.Noted(noted.note(), noted.rating(), favorite, noted.fields()));
            case Command.SetField set when set.entries().contains(row.id()) -> {
                var fields = new TreeMap<>(noted.fields());
                fields.remove(set.name());
                set.value().ifPresent(value -> fields.put(set.name(), value));
                yield with(row, new EntryRow.Noted(noted.note(), noted.rating(), noted.favorite(), fields));
            }
            default -> row;
        };
    }

    private static EntryRow with(EntryRow row, EntryRow.Noted noted) {
        return new EntryRow(row.key(), row.id(), row.name(), row.path(), row.parent(), row.kind(), row.size(),
                row.modified(), row.location(), row.holder(), row.tags(), noted);
    }
}

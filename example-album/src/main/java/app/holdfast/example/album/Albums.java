package app.holdfast.example.album;

import app.holdfast.core.api.Command;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What can be done to albums, as commands for `Library.submit`.
public final class Albums {

    private Albums() {
    }

    /// @param id a new one, of `Holdfast.newId()`
    public static Command create(UUID id, String title) {
        return new Command.PutRecord(AlbumExtension.ALBUM, id,
                Map.of(AlbumExtension.TITLE, new Value.Text(title)));
    }

    public static Command rename(UUID id, String title) {
        return create(id, title);
    }

    /// @param cover empty takes it away
    public static Command cover(UUID id, Optional<EntryId> cover) {
        Value value = cover.<Value>map(entry -> new Value.Ref(entry.value())).orElse(Value.NOTHING);
        return new Command.PutRecord(AlbumExtension.ALBUM, id, Map.of(AlbumExtension.COVER, value));
    }

    public static Command delete(UUID id) {
        return new Command.DeleteRecords(AlbumExtension.ALBUM, List.of(id));
    }
}

package app.holdfast.example.album;

import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.RecordRow;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An album as a screen would show it.
///
/// @param cover a file that is in the library, on whichever device
public record Album(UUID id, String title, Optional<EntryId> cover) {

    /// All albums by title; a question to observe: `library.observe(Album::all, listener)`.
    public static List<Album> all(LibraryReader reader) {
        return reader.records(AlbumExtension.ALBUM).stream().map(Album::of)
                .sorted(Comparator.comparing(Album::title)).toList();
    }

    private static Album of(RecordRow row) {
        String title = row.value(AlbumExtension.TITLE) instanceof Value.Text(String text) ? text : "";
        Optional<EntryId> cover = row.value(AlbumExtension.COVER) instanceof Value.Ref(UUID entry)
                ? Optional.of(new EntryId(entry)) : Optional.empty();
        return new Album(row.id(), title, cover);
    }
}

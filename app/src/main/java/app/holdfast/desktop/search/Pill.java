package app.holdfast.desktop.search;

import app.holdfast.core.api.SearchParser.Piece;
import app.holdfast.core.api.SearchQuery.Kind;
import app.holdfast.core.api.SearchQuery.State;
import app.holdfast.core.api.SearchQuery.Test;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.List;
import java.util.Optional;

/// A filter of a query, as it is shown above the files.
///
/// @param says what it wants, in the language of the window
record Pill(String says, Piece piece) {

    /// The filters among the terms; parts of names are none, they stand in the search field.
    static List<Pill> of(List<Piece> pieces, Words words) {
        return pieces.stream().flatMap(piece -> says(piece, words).stream()
                .map(says -> new Pill(piece.term().wanted() ? says : words.get(Text.FILTER_NOT, says), piece)))
                .toList();
    }

    private static Optional<String> says(Piece piece, Words words) {
        String value = QueryText.value(piece);
        return switch (piece.term().test()) {
            case Test.Name _, Test.Path _ -> Optional.empty();
            case Test.Below _ -> said(words, Text.FILTER_BELOW, value);
            case Test.Tagged(List<String> path) -> said(words, Text.FILTER_TAG, String.join(" / ", path));
            case Test.OfKind(Kind kind) -> Optional.of(kind(kind, words));
            case Test.Extension _ -> Optional.of("." + value);
            case Test.Size _ -> said(words, Text.FILTER_SIZE, value);
            case Test.Changed _ -> said(words, Text.FILTER_DATE, value);
            case Test.OnDevice _ -> said(words, Text.FILTER_DEVICE, value);
            case Test.OnVolume _ -> said(words, Text.FILTER_DRIVE, value);
            case Test.InLocation _ -> said(words, Text.FILTER_LOCATION, value);
            case Test.Rating _ -> said(words, Text.FILTER_RATING, value);
            case Test.Noted _ -> said(words, Text.FILTER_NOTE, value);
            case Test.Is(State state) -> Optional.of(state(state, words));
            case Test.Copies _ -> said(words, Text.FILTER_COPIES, value);
            case Test.OnlyOn _ -> said(words, Text.FILTER_ONLY, value);
        };
    }

    private static Optional<String> said(Words words, Text text, String value) {
        return Optional.of(words.get(text, value));
    }

    static String kind(Kind kind, Words words) {
        return words.get(switch (kind) {
            case FILE -> Text.FILTER_KIND_FILE;
            case FOLDER -> Text.FILTER_KIND_FOLDER;
            case LINK -> Text.FILTER_KIND_LINK;
            case OTHER -> Text.FILTER_KIND_OTHER;
            case IMAGE -> Text.FILTER_KIND_IMAGE;
            case VIDEO -> Text.FILTER_KIND_VIDEO;
            case AUDIO -> Text.FILTER_KIND_AUDIO;
            case DOCUMENT -> Text.FILTER_KIND_DOCUMENT;
            case ARCHIVE -> Text.FILTER_KIND_ARCHIVE;
            case CODE -> Text.FILTER_KIND_CODE;
        });
    }

    static String state(State state, Words words) {
        return words.get(switch (state) {
            case OFFLINE -> Text.FILTER_OFFLINE;
            case ONLINE -> Text.FILTER_ONLINE;
            case FAVORITE -> Text.FILTER_FAVORITE;
            case TAGGED -> Text.FILTER_TAGGED;
            case NOTED -> Text.FILTER_NOTED;
            case DUPLICATE -> Text.FILTER_DUPLICATE;
        });
    }
}

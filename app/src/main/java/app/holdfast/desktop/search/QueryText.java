package app.holdfast.desktop.search;

import app.holdfast.core.api.SearchParser.Piece;
import java.util.Locale;

/// Changes queries as text: puts a term in, takes one out. Pure.
final class QueryText {

    private QueryText() {
    }

    /// Such as `tag:"summer trips"`. A quotation mark in the value cannot be said, and a part without it is enough to
    /// find by.
    static String term(String key, String value) {
        String said = value.strip();
        int quote = said.indexOf('"');
        if (quote >= 0) {
            said = said.substring(0, quote).strip();
        }
        boolean plain = said.chars().noneMatch(Character::isWhitespace);
        return plain ? key + ":" + said : key + ":\"" + said + "\"";
    }

    /// Puts a term to the end, unless it is there.
    ///
    /// @param pieces of the query
    static String with(String query, Iterable<Piece> pieces, String term) {
        for (Piece piece : pieces) {
            if (piece.text().toLowerCase(Locale.ROOT).equals(term.toLowerCase(Locale.ROOT))) {
                return query;
            }
        }
        return query.isBlank() ? term : query.strip() + " " + term;
    }

    static String without(String query, Piece piece) {
        String before = query.substring(0, piece.start()).stripTrailing();
        String after = query.substring(piece.start() + piece.text().length()).stripLeading();
        return before.isEmpty() || after.isEmpty() ? before + after : before + " " + after;
    }

    /// What stands behind the key, without quotation marks.
    static String value(Piece piece) {
        String text = piece.text().substring(piece.text().indexOf(':') + 1);
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1)
                : text;
    }
}

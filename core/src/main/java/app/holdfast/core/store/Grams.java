package app.holdfast.core.store;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// Names as what the search index holds: every three letters that follow each other (ADR 131). Pure; any thread.
///
/// Letters are compared without case and in composed form. The tokenizer takes blanks and ASCII punctuation for the end
/// of a token, so those are written as letters of a private area. Two of them follow each name, so that the last two
/// letters are the beginning of a gram as well: one and two letters are found as beginnings of grams.
final class Grams {

    private static final int LENGTH = 3;
    /// Nobody's name is as long; what is longer is found nowhere.
    private static final int QUERY_LETTERS_MAX = 1_000;
    private static final int PRIVATE_AREA = 0xE000;
    private static final int ASCII_END = 0x80;

    private Grams() {
    }

    /// What the index holds for a name.
    static String document(String name) {
        int[] letters = composed(name);
        StringBuilder grams = new StringBuilder(letters.length * (LENGTH + 1));
        for (int i = 0; i < letters.length; i++) {
            for (int j = i; j < i + LENGTH; j++) {
                grams.appendCodePoint(j < letters.length ? letters[j] : PRIVATE_AREA);
            }
            grams.append(' ');
        }
        return grams.toString();
    }

    /// What finds the names with this part, for FTS5's match.
    ///
    /// @return empty when none has
    static Optional<String> query(String part) {
        int[] letters = composed(part);
        if (letters.length == 0 || letters.length > QUERY_LETTERS_MAX) {
            return Optional.empty();
        }
        StringBuilder query = new StringBuilder("\"");
        for (int i = 0; i < Math.max(1, letters.length - LENGTH + 1); i++) {
            for (int j = i; j < Math.min(i + LENGTH, letters.length); j++) {
                query.appendCodePoint(letters[j]);
            }
            query.append(' ');
        }
        query.setLength(query.length() - 1);
        return Optional.of(query.append(letters.length < LENGTH ? "\" *" : "\"").toString());
    }

    /// What finds the names that are this one, for FTS5's match.
    ///
    /// @return empty when none can be
    static Optional<String> whole(String name) {
        return query(name).map(_ -> document(name)).map(grams -> "^\"" + grams.substring(0, grams.length() - 1) + "\"");
    }

    /// How many letters are compared.
    static int letters(String part) {
        return composed(part).length;
    }

    private static int[] composed(String text) {
        String composed = Normalizer.isNormalized(text, Normalizer.Form.NFC) ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).codePoints()
                .map(letter -> isSeparator(letter) ? PRIVATE_AREA + letter : letter).toArray();
    }

    private static boolean isSeparator(int letter) {
        boolean alphanumeric = letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9';
        return letter < ASCII_END && !alphanumeric;
    }
}

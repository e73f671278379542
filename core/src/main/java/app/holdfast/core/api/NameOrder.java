package app.holdfast.core.api;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/// The order in which names are shown: as people look for them, and not by the numbers of their letters (ADR 251).
/// Letters stand with their base letter whatever their marks and case, "Ä" with "a"; digits count as the number that
/// they make, "2" before "10". The same on all devices and in all languages. Pure; any thread.
public final class NameOrder {

    /// Names that differ in marks, case and leading zeros only are put by their letters' numbers.
    public static final Comparator<String> NAMES = Comparator.comparing(NameOrder::key)
            .thenComparing(Comparator.naturalOrder());

    /// Letters that no decomposition takes apart.
    private static final Map<Integer, String> SPECIAL = Map.of((int) 'ß', "ss", (int) 'æ', "ae", (int) 'œ', "oe",
            (int) 'ø', "o", (int) 'ł', "l", (int) 'đ', "d", (int) 'ı', "i", (int) 'þ', "th");

    /// The block of combining diacritical marks.
    private static final int MARKS_FIRST = 0x300;
    private static final int MARKS_LAST = 0x36F;

    private NameOrder() {
    }

    /// What a name is put in order by: keys are compared letter by letter.
    ///
    /// A number is written as a 9 for each digit after its first, a 0, and its digits, so that longer ones are greater.
    public static String key(String name) {
        String letters = isAscii(name) ? name : base(name);
        StringBuilder key = new StringBuilder(letters.length() + 8);
        for (int at = 0; at < letters.length();) {
            char letter = letters.charAt(at);
            if (letter < '0' || letter > '9') {
                key.append(letter >= 'A' && letter <= 'Z' ? (char) (letter | 0x20) : letter);
                at++;
            } else {
                at = number(letters, at, key);
            }
        }
        return key.toString();
    }

    private static boolean isAscii(String name) {
        for (int at = 0; at < name.length(); at++) { // for each of a million names
            if (name.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String base(String name) {
        StringBuilder base = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT).codePoints().forEach(letter -> {
            String special = SPECIAL.get(letter);
            if (special != null) {
                base.append(special);
            } else if (letter < 0x80 || !losesMarks(letter)) {
                base.appendCodePoint(letter);
            } else {
                Normalizer.normalize(Character.toString(letter), Normalizer.Form.NFD).codePoints()
                        .filter(part -> part < MARKS_FIRST || part > MARKS_LAST)
                        .forEach(base::appendCodePoint);
            }
        });
        return base.toString();
    }

    /// Where a mark makes no letter of its own: unlike the Cyrillic short i, which is not an i.
    private static boolean losesMarks(int letter) {
        var script = Character.UnicodeScript.of(letter);
        return script == Character.UnicodeScript.LATIN || script == Character.UnicodeScript.GREEK
                || script == Character.UnicodeScript.INHERITED;
    }

    /// @return where the number ends
    private static int number(String letters, int from, StringBuilder key) {
        int end = from;
        while (end < letters.length() && letters.charAt(end) >= '0' && letters.charAt(end) <= '9') {
            end++;
        }
        int first = from;
        while (first < end - 1 && letters.charAt(first) == '0') {
            first++;
        }
        key.repeat('9', end - first - 1).append('0').append(letters, first, end);
        return end;
    }
}

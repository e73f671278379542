package app.holdfast.core.store;

import java.util.stream.IntStream;

/// Text as a pattern of SQLite's `glob`, which finds it whatever its case: `like` and `nocase` fold the case of ASCII
/// only. Pure; any thread.
final class Letters {

    private Letters() {
    }

    /// For each letter a class of all its cases; signs stand for themselves.
    static String pattern(String text) {
        StringBuilder pattern = new StringBuilder(4 * text.length());
        text.codePoints().forEach(letter -> {
            int[] cases = IntStream.of(letter, Character.toLowerCase(letter),
                    Character.toUpperCase(letter), Character.toTitleCase(letter)).distinct().toArray();
            boolean one = cases.length == 1 && letter != '*' && letter != '?' && letter != '[';
            pattern.append(one ? "" : "[");
            for (int each : cases) {
                pattern.appendCodePoint(each);
            }
            pattern.append(one ? "" : "]");
        });
        return pattern.toString();
    }
}

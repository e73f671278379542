package app.holdfast.core.api;

import java.util.regex.Pattern;

/// What a name may have in it, and how one is shown that has more: files have any name. Pure; any thread.
public final class PlainText {

    /// Lines, what a terminal obeys, and what turns text round.
    private static final Pattern OBEYED =
            Pattern.compile("[\\p{Cntrl}\\x80-\\x9F\\u2028-\\u202E\\u2066-\\u2069]");

    private PlainText() {
    }

    /// Without control characters, and without the signs that turn text round (UAX 9, explicit formatting), which
    /// would turn round what stands beside the name, too.
    public static boolean is(String text) {
        return text.chars().noneMatch(letter -> Character.isISOControl(letter)
                || letter >= 0x202A && letter <= 0x202E || letter >= 0x2066 && letter <= 0x2069);
    }

    /// For people to read: each sign that would be obeyed instead of shown becomes U+FFFD, so that a file `txt.exe`
    /// does not look like `exe.txt`, and a name takes one line.
    public static String shown(String name) {
        return OBEYED.matcher(name).replaceAll("\uFFFD");
    }
}

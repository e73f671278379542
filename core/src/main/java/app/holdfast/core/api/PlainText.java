package app.holdfast.core.api;

/// What a name may have in it. Pure; any thread.
public final class PlainText {

    private PlainText() {
    }

    /// Without control characters, and without the signs that turn text round (UAX 9, explicit formatting), which would
    /// turn round what stands beside the name, too.
    public static boolean is(String text) {
        return text.chars().noneMatch(letter -> Character.isISOControl(letter)
                || letter >= 0x202A && letter <= 0x202E || letter >= 0x2066 && letter <= 0x2069);
    }
}

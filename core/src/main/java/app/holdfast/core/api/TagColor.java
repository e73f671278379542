package app.holdfast.core.api;

import java.util.Locale;
import java.util.Optional;

/// The eight colours a tag may have; the screen decides how each looks in light and dark.
public enum TagColor {
    RED, ORANGE, YELLOW, GREEN, TEAL, BLUE, PURPLE, PINK;

    /// The name that databases, the wire and the command line use.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TagColor> of(String code) {
        for (TagColor color : values()) {
            if (color.code().equals(code)) {
                return Optional.of(color);
            }
        }
        return Optional.empty();
    }
}

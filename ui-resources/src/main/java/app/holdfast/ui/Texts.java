package app.holdfast.ui;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The words of one language. A language that has no bundle speaks English, with numbers written as that language
/// writes them.
public final class Texts {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final ResourceBundle words;

    private Texts(Locale locale, ResourceBundle words) {
        this.locale = locale;
        this.words = words;
    }

    public static Texts of(Locale locale) {
        return new Texts(locale, ResourceBundle.getBundle("app.holdfast.ui.texts", locale, NO_FALLBACK));
    }

    /// The language asked for by the system property `holdfast.locale` (a BCP 47 tag such as `de`), or the system's.
    public static Texts ofSystem() {
        String asked = System.getProperty("holdfast.locale", "");
        return of(asked.isBlank() ? Locale.getDefault(Locale.Category.DISPLAY) : Locale.forLanguageTag(asked));
    }

    public Locale locale() {
        return locale;
    }

    /// @param arguments what stands for `{0}`, `{1}`, ... in the text, written as the language writes numbers
    public String get(Text text, Object... arguments) {
        String pattern = words.getString(text.key());
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
    }
}

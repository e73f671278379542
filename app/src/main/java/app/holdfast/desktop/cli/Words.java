package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.ui.Texts;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The command line's words in the caller's language. Languages without a bundle read English.
///
/// @param bundle `app.holdfast.ui.cli`
record Words(ResourceBundle bundle, Locale locale) {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    static Words in(Locale locale) {
        return new Words(ResourceBundle.getBundle("app.holdfast.ui.cli", locale, NO_FALLBACK), locale);
    }

    /// Why core did not do it. What core says itself is English and names the thing; in other languages the sentence of
    /// the window comes first.
    String failure(CoreException failure) {
        String said = String.valueOf(failure.getMessage());
        if (isEnglish() || bundle.containsKey("error." + failure.code())) {
            return failure(failure.code(), said);
        }
        return FailureText.of(failure, Texts.of(locale)) + " (" + said + ")";
    }

    /// The same for what the command line itself refuses.
    ///
    /// @param said English
    String failure(String code, String said) {
        String key = "error." + code;
        return isEnglish() || !bundle.containsKey(key) ? said : get(key) + " (" + said + ")";
    }

    /// Whether the words are: so for every language that has no bundle.
    private boolean isEnglish() {
        return bundle.getLocale().getLanguage().isEmpty();
    }

    /// @param arguments for `{0}` and on; numbers are written as the language writes them
    String get(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
    }
}

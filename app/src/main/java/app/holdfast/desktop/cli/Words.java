package app.holdfast.desktop.cli;

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

    /// @param arguments for `{0}` and on; numbers are written as the language writes them
    String get(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
    }
}

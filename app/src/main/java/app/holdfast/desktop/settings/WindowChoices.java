package app.holdfast.desktop.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/// What a person chose for the window itself.
///
/// @param language    a BCP 47 tag of a language that Holdfast speaks; empty follows the system
/// @param lockMinutes after which an open vault that nobody uses locks itself; 0 for never
public record WindowChoices(String language, Scheme scheme, int lockMinutes) {

    public static final WindowChoices NONE = new WindowChoices("", Scheme.SYSTEM, 5);
    /// Languages that there are words for.
    public static final Set<String> LANGUAGES = Set.of("de", "en");

    /// Minutes that may be chosen.
    public static final List<Integer> LOCK_MINUTES = List.of(1, 5, 15, 60, 0);

    private static final String FILE = "window.properties";
    private static final String LANGUAGE = "language";
    private static final String SCHEME = "scheme";
    private static final String LOCK = "vault.lock.minutes";
    /// Bytes of the file that are looked at; a longer one is no file of ours.
    private static final long BYTES_MAX = 10_000;

    /// Light or dark.
    public enum Scheme {
        SYSTEM, LIGHT, DARK;

        /// As the system property `holdfast.scheme` has it; empty for the system's.
        public String code() {
            return this == SYSTEM ? "" : name().toLowerCase(Locale.ROOT);
        }

        /// What is no code is the system's.
        public static Scheme of(String code) {
            return Arrays.stream(values()).filter(scheme -> scheme.code().equals(code)).findFirst().orElse(SYSTEM);
        }
    }

    /// Whatever is not understood is as if it were not there: a window that opens matters more.
    public static WindowChoices read(Path data) {
        Path file = data.resolve(FILE);
        var properties = new Properties();
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > BYTES_MAX) {
                return NONE;
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            return NONE;
        }
        String language = properties.getProperty(LANGUAGE, "");
        return new WindowChoices(LANGUAGES.contains(language) ? language : "",
                Scheme.of(properties.getProperty(SCHEME, "")), minutes(properties.getProperty(LOCK, "")));
    }

    private static int minutes(String typed) {
        return LOCK_MINUTES.stream().filter(each -> typed.equals(String.valueOf(each))).findFirst()
                .orElse(NONE.lockMinutes());
    }

    /// Replaces the file as a whole.
    public void write(Path data) throws IOException {
        var properties = new Properties();
        properties.setProperty(LANGUAGE, language);
        properties.setProperty(SCHEME, scheme.code());
        properties.setProperty(LOCK, String.valueOf(lockMinutes));
        Path next = data.resolve(FILE + ".new");
        try (Writer writer = Files.newBufferedWriter(next)) {
            properties.store(writer, null);
        }
        Files.move(next, data.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}

package app.holdfast.desktop.cli;

import java.util.Locale;

/// How much is logged. Apart from [Logs], because a caller of an instance logs nothing and should not load what would.
public final class LogLevel {

    private static final String PROPERTY = "holdfast.log";

    private LogLevel() {}

    /// To be called before anything is logged.
    ///
    /// @param fromEnvironment error, warn, info, debug or trace; anything else counts as info
    public static void choose(boolean verbose, String fromEnvironment) {
        System.setProperty(PROPERTY, verbose ? "debug" : fromEnvironment.strip().toLowerCase(Locale.ROOT));
    }

    static String chosen() {
        return System.getProperty(PROPERTY, "");
    }
}

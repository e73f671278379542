package app.holdfast.desktop.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What has to be known of an argument list before anyone can be asked to carry it out: read in one pass, without the
/// parser of commands, whose start would cost more than most commands.
///
/// @param all     as typed
/// @param data    the value of `--data`, if given
/// @param command the first word that is no option of the program as a whole; empty asks for the window
/// @param second  the one that follows it, if any
/// @param files   snapshots that stand in the place of a command, for the window to import
public record Arguments(List<String> all, Optional<String> data, boolean json, boolean verbose,
        Optional<String> command, Optional<String> second, List<String> files) {

    /// Commands that are always carried out by the process they were typed to.
    private static final List<String> OWN = List.of("init", "serve", "demo", "help", "vault");
    /// Commands about vaults that need the library: its list of them, its devices.
    private static final List<String> OF_LIBRARY = List.of("list", "track", "forget", "sync", "offer");

    public Arguments {
        all = List.copyOf(all);
        files = List.copyOf(files);
    }

    public static Arguments of(String... arguments) {
        Optional<String> data = Optional.empty();
        Optional<String> command = Optional.empty();
        Optional<String> second = Optional.empty();
        List<String> files = new ArrayList<>();
        boolean json = false;
        boolean verbose = false;
        for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
            String argument = arguments[i];
            if (argument.equals("--json")) {
                json = true;
            } else if (argument.equals("--verbose")) {
                verbose = true;
            } else if (argument.startsWith("--data=")) {
                data = Optional.of(argument.substring("--data=".length()));
            } else if (argument.equals("--data")) {
                data = ++i < arguments.length ? Optional.of(arguments[i]) : Optional.of("");
            } else if (command.isEmpty() && isSnapshot(argument)) {
                files.add(argument);
            } else if (command.isEmpty()) {
                command = Optional.of(argument);
            } else if (second.isEmpty()) {
                second = Optional.of(argument);
            }
        }
        return new Arguments(List.of(arguments), data, json, verbose, command, second,
                command.isEmpty() ? files : List.of());
    }

    /// As desktops hand over files that are opened by double click.
    private static boolean isSnapshot(String argument) {
        return !argument.startsWith("-") && argument.toLowerCase(Locale.ROOT).endsWith(".stronghold");
    }

    /// Whether a running instance may carry it out. `-h`, `--version` and mistakes before the command may not.
    public boolean forInstance() {
        return command.isPresent() && !command.get().startsWith("-")
                && (!OWN.contains(command.get()) || isAboutVaultsOfTheLibrary());
    }

    private boolean isAboutVaultsOfTheLibrary() {
        return command.equals(Optional.of("vault")) && second.filter(OF_LIBRARY::contains).isPresent();
    }
}

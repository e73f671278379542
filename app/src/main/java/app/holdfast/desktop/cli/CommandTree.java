package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands, and the one place where their failures become words and exit statuses. A tree is made for every
/// command and used once.
public final class CommandTree {

    /// Exit status of a command that could not be carried out.
    public static final int FAILED = 1;
    /// Exit status of words that are no command.
    public static final int USAGE = 2;
    /// Not an exit status: another process has the library open and did not answer when it was asked; it may now.
    static final int BUSY_ELSEWHERE = -1;

    private static final Logger log = LoggerFactory.getLogger(CommandTree.class);

    private CommandTree() {}

    /// Understands and carries out one command. Blocks until it has ended.
    ///
    /// @return the exit status, or [#BUSY_ELSEWHERE] with nothing printed
    static int execute(Invocation invocation, List<String> arguments) {
        CommandLine line = new CommandLine(new RootCommand(invocation))
                .addSubcommand(new LocationCommands(invocation))
                .addSubcommand(new VolumeCommands(invocation))
                .addSubcommand(new TagCommands(invocation))
                .addSubcommand(new NotingCommands.Note(invocation))
                .addSubcommand(new NotingCommands.Rating(invocation))
                .addSubcommand(new NotingCommands.Favorite(invocation))
                .addSubcommand(new NotingCommands.Field(invocation))
                .addSubcommand(new CollectionCommands(invocation))
                .addSubcommand(new SearchCommands(invocation))
                .addSubcommand(new ContentCommands(invocation))
                .addSubcommand(new DeviceCommands(invocation))
                .addSubcommand(new SyncCommands(invocation))
                .addSubcommand(new LibraryCommands(invocation))
                .addSubcommand(new VaultCommands(invocation))
                .setResourceBundle(invocation.words().bundle())
                .setOut(invocation.terminal().out())
                .setErr(invocation.terminal().err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                // a file's name may begin with @, and a directory may be named like a command
                .setExpandAtFiles(false)
                .setAllowSubcommandsAsOptionParameters(true)
                .setParameterExceptionHandler((mistake, _) -> misunderstood(invocation, mistake))
                .setExecutionExceptionHandler((failure, _, _) -> failed(invocation, failure));
        writeHeadings(line, invocation.words());
        int status = line.execute(arguments.toArray(String[]::new));
        invocation.terminal().out().flush();
        invocation.terminal().err().flush();
        return status;
    }

    private static void writeHeadings(CommandLine line, Words words) {
        line.getCommandSpec().usageMessage().synopsisHeading(words.get("heading.usage") + " ")
                .parameterListHeading("%n").optionListHeading("%n" + words.get("heading.options") + "%n")
                .commandListHeading("%n" + words.get("heading.commands") + "%n");
        line.getSubcommands().values().forEach(command -> writeHeadings(command, words));
    }

    private static int misunderstood(Invocation invocation, ParameterException mistake) {
        List<String> meant = mistake instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions()
                : List.of();
        fail(invocation, "usage", mistake.getMessage() + (meant.isEmpty() ? ""
                : "; perhaps " + String.join(", ", meant)));
        if (!invocation.json()) {
            String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
            invocation.tell(invocation.words().get("usage.hint", command));
        }
        return USAGE;
    }

    private static int failed(Invocation invocation, Exception failure) {
        Exception said = rootOf(failure) instanceof CoreException core ? core : failure;
        switch (said) {
            case CoreException.InUse _ when invocation.session().host() == Session.Host.COMMAND -> {
                return BUSY_ELSEWHERE;
            }
            case CoreException core -> invocation.fail(core.code(), invocation.json()
                    ? String.valueOf(core.getMessage()) : invocation.words().failure(core));
            case CliException cli -> {
                fail(invocation, cli.code(), String.valueOf(cli.getMessage()));
                return cli.code().equals("usage") ? USAGE : FAILED;
            }
            default -> {
                log.error("a command failed unexpectedly", failure);
                fail(invocation, "internal", "this should not have happened: " + rootOf(failure));
            }
        }
        return FAILED;
    }

    /// Not what lies around it: SQL with a person's names in it, for one.
    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /// Scripts read English whatever the language.
    private static void fail(Invocation invocation, String code, String said) {
        invocation.fail(code, invocation.json() ? said : invocation.words().failure(code, said));
    }
}

package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import app.holdfast.desktop.instance.InstanceClient;
import app.holdfast.desktop.instance.InstanceFailure;
import app.holdfast.desktop.instance.Request;
import app.holdfast.desktop.instance.Terminal;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One start of the program for one command: hands it to the running instance, or carries it out here.
public final class CommandLineStart {

    /// A command waits this long for another process to let go of the library or to begin to listen for commands,
    /// unless the environment says otherwise.
    private static final long ELSEWHERE_SECONDS_MAX = 10;
    /// What opens the library to keep it waits only for one that is ending.
    private static final long ENDING_SECONDS_MAX = 2;
    /// Between two tries; looking for the library costs time that whoever has it needs.
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Arguments arguments;
    private final Door door;
    private final Terminal terminal;

    public CommandLineStart(Arguments arguments, Door door) {
        this(arguments, door, terminal(arguments.json()));
    }

    /// @param terminal where the answer goes
    CommandLineStart(Arguments arguments, Door door, Terminal terminal) {
        this.arguments = arguments;
        this.door = door;
        this.terminal = terminal;
    }

    /// Where the library lies that this start is about.
    ///
    /// @return empty when the words for it are no path; that was said then
    public Optional<Path> data() {
        try {
            if (arguments.data().isPresent() && arguments.data().get().isBlank()) {
                complain("usage", "--data wants a directory");
                return Optional.empty();
            }
            if (arguments.data().filter(CommandLineStart::isDamaged).isPresent()) {
                complain("usage", "the name of this directory is not in UTF-8: " + arguments.data().get());
                return Optional.empty();
            }
            return Optional.of(arguments.data().map(typed -> Path.of(typed).toAbsolutePath().normalize())
                    .orElseGet(() -> DataDirectory.byDefault(door.environment(), System.getProperty("os.name"),
                            home())));
        } catch (InvalidPathException e) {
            complain("usage", "this is no directory: " + e.getInput());
            return Optional.empty();
        }
    }

    /// Java has this sign for bytes that are no letters; a folder made with it would be another one.
    private static boolean isDamaged(String typed) {
        return typed.indexOf('\uFFFD') >= 0 && Files.notExists(Path.of(typed));
    }

    /// The person's own folder; Java's property alone comes from the password file, whatever `HOME` says.
    private Path home() {
        String home = door.environment().get("HOME");
        return Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
    }

    /// Carries out the command, here if no instance does.
    ///
    /// @return the exit status
    public int run(Path data) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds());
        while (true) {
            OptionalInt there = inInstance(data);
            if (there.isPresent()) {
                return there.getAsInt();
            }
            int here = here(data);
            if (here != CommandTree.BUSY_ELSEWHERE) {
                return here;
            }
            if (System.nanoTime() >= deadline) {
                CoreException failure = new CoreException.InUse(data);
                return complain(failure.code(), String.valueOf(failure.getMessage()));
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /// Has a running instance carry out the command, if it is one for it.
    ///
    /// @return the exit status; empty when none runs
    public OptionalInt inInstance(Path data) {
        return arguments.forInstance() ? inInstance(data, request()) : OptionalInt.empty();
    }

    /// The files that the window is to import, absolute; empty when a word is no path, which was said then.
    public Optional<List<Path>> files() {
        try {
            return Optional.of(arguments.files().stream().map(typed -> Path.of(typed).toAbsolutePath().normalize())
                    .toList());
        } catch (InvalidPathException e) {
            complain("usage", "this is no file: " + e.getInput());
            return Optional.empty();
        }
    }

    /// Has the window of a running instance come to the front, and import files.
    ///
    /// @return the exit status; empty when no instance runs
    public OptionalInt showWindow(Path data, List<Path> files) {
        var request = request();
        return inInstance(data, new Request(Stream.concat(Stream.of("show"),
                files.stream().map(Path::toString)).toList(), request.directory(), request.json(),
                request.interactive(), request.language()));
    }

    /// Opens the window. JavaFX says so where there is nothing to show one on, as over a plain ssh.
    ///
    /// @return the exit status
    public int openWindow(Runnable window) {
        try {
            window.run();
            return 0;
        } catch (UnsupportedOperationException e) {
            return complain("no_display", "there is no display for the window (" + e.getMessage()
                    + "); without one there are commands, which --help lists");
        }
    }

    /// Says why nothing was done.
    ///
    /// @return the exit status
    public int complain(String code, String message) {
        try (var session = Session.inProcess(Path.of(""), door)) {
            Invocation invocation = Invocation.of(request(), terminal, session);
            invocation.fail(code, invocation.json() ? message : invocation.words().failure(code, message));
        }
        return code.equals("usage") ? CommandTree.USAGE : CommandTree.FAILED;
    }

    private long waitSeconds() {
        if (!arguments.forInstance()) {
            return ENDING_SECONDS_MAX;
        }
        try {
            return Math.max(0, Integer.parseInt(door.environment().getOrDefault("HOLDFAST_WAIT", "").strip()));
        } catch (NumberFormatException e) {
            return ELSEWHERE_SECONDS_MAX;
        }
    }

    private OptionalInt inInstance(Path data, Request request) {
        try {
            return new InstanceClient(data, door.environment()).run(request, terminal);
        } catch (InstanceFailure e) {
            return OptionalInt.of(complain(e.code(), String.valueOf(e.getMessage())));
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    private int here(Path data) {
        try (var session = Session.inProcess(data, door)) {
            var invocation = Invocation.of(request(), terminal, session);
            int status = CommandTree.execute(invocation, arguments.all());
            VaultListing.note(invocation, door.environment());
            return status;
        }
    }

    private Request request() {
        return new Request(arguments.all(), Path.of("").toAbsolutePath().toString(), arguments.json(),
                terminal.interactive(), Locale.getDefault(Locale.Category.DISPLAY).toLanguageTag());
    }

    /// JSON is UTF-8 whatever the locale; so is text, except where a console has a code page of its own.
    private static Terminal terminal(boolean json) {
        boolean ownCodePage = !json && System.getProperty("os.name").startsWith("Windows");
        Charset charset = ownCodePage ? Charset.forName(System.getProperty("stdout.encoding", "UTF-8"))
                : StandardCharsets.UTF_8;
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal();
        return new Terminal(writer(FileDescriptor.out, charset), writer(FileDescriptor.err, charset), interactive,
                new Typed(console));
    }

    /// What is typed at this process.
    private record Typed(@Nullable Console console) implements Terminal.Questions {

        @Override
        public Optional<String> ask(String question) {
            return console == null ? Optional.empty() : Optional.ofNullable(console.readLine("%s", question));
        }

        @Override
        public Optional<byte[]> secret(String question, boolean fromInput) {
            try {
                return fromInput ? Optional.of(Passwords.line(System.in))
                        : console == null ? Optional.empty() : Passwords.typed(console, question);
            } catch (CliException e) {
                return Optional.empty();
            }
        }
    }

    private static PrintWriter writer(FileDescriptor descriptor, Charset charset) {
        OutputStream stream = new FileOutputStream(descriptor);
        return new PrintWriter(new OutputStreamWriter(stream, charset), false);
    }
}

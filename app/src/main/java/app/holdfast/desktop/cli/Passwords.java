package app.holdfast.desktop.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Where passwords come from: a file, standard input line by line, or the terminal without echo. Never an argument, and
/// never a string: the bytes are wiped by whoever asked for them. Confined to the command's thread.
final class Passwords {

    /// A longer one is refused.
    private static final int BYTES_MAX = 4096;

    private final Invocation invocation;
    private final boolean standardInput;

    Passwords(Invocation invocation, boolean standardInput) {
        this.invocation = invocation;
        this.standardInput = standardInput;
    }

    /// The password of a vault, UTF-8.
    ///
    /// @param prompt what the terminal shows
    /// @param file   whose first line it is, if one was named
    byte[] next(String prompt, Optional<Path> file) throws CliException {
        if (file.isPresent()) {
            return read(file.get());
        }
        if (invocation.session().host() != Session.Host.COMMAND) {
            return invocation.terminal().secret(prompt, standardInput).orElseThrow(Passwords::nobody);
        }
        return standardInput ? line(System.in) : typed(prompt);
    }

    /// A new password, typed twice at a terminal.
    byte[] fresh(Optional<Path> file) throws CliException {
        byte[] password = next(invocation.words().get("vault.prompt.new"), file);
        if (file.isEmpty() && !standardInput) {
            byte[] again = typed(invocation.words().get("vault.prompt.again"));
            boolean same = Arrays.equals(password, again);
            Arrays.fill(again, (byte) 0);
            if (!same) {
                Arrays.fill(password, (byte) 0);
                throw new CliException("password_differs", "the two passwords are not the same");
            }
        }
        return password;
    }

    private byte[] typed(String prompt) throws CliException {
        Console console = System.console();
        if (!invocation.terminal().interactive() || console == null) {
            throw nobody();
        }
        return typed(console, prompt).orElseThrow(() -> new CliException("cancelled", "no password was typed"));
    }

    private static CliException nobody() {
        return new CliException("no_terminal", "nobody can be asked for a password; use --password-file or"
                + " --password-stdin");
    }

    /// @return empty when the input has ended
    static Optional<byte[]> typed(Console console, String prompt) {
        char[] typed = console.readPassword("%s ", prompt);
        if (typed == null) {
            return Optional.empty();
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
        byte[] password = Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.limit());
        Arrays.fill(bytes.array(), (byte) 0);
        Arrays.fill(typed, '\0');
        return Optional.of(password);
    }

    private static byte[] read(Path path) throws CliException {
        try (InputStream in = Files.newInputStream(path)) {
            return line(in);
        } catch (IOException e) {
            throw new CliException("bad_path", "the password cannot be read from " + path + ": " + e.getMessage());
        }
    }

    /// Up to the end of the line, one byte at a time so that the next line is left there.
    static byte[] line(InputStream in) throws CliException {
        byte[] bytes = new byte[BYTES_MAX];
        int size = 0;
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (size == BYTES_MAX) {
                    throw new CliException("usage", "a password has at most " + BYTES_MAX + " bytes");
                }
                bytes[size++] = (byte) next;
            }
            boolean fromWindows = size > 0 && bytes[size - 1] == '\r';
            return Arrays.copyOf(bytes, fromWindows ? size - 1 : size);
        } catch (IOException e) {
            throw new CliException("bad_path", "the password cannot be read: " + e.getMessage());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}

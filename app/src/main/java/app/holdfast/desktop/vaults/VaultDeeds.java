package app.holdfast.desktop.vaults;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.Vaults;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.OpenVaults.Told;
import app.holdfast.ui.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What a person does inside of an open vault. Every change is saved at once; what failed is told as a sentence.
final class VaultDeeds {

    /// As core has it.
    private static final int SECRET_BYTES_MAX = 64 << 20;
    static final int HINT_BYTES_MAX = 24;

    private final OpenVaults open;
    private final Words words;
    private final Toasts toasts;
    private final VaultHistory history;

    VaultDeeds(OpenVaults open, Words words, Toasts toasts, VaultHistory history) {
        this.open = open;
        this.words = words;
        this.toasts = toasts;
        this.history = history;
    }

    /// @param secret is wiped, whatever happens
    /// @param told   of the failure in words; empty when it is done
    void put(Path file, RecordPath at, byte[] secret, String hint, Consumer<String> told) {
        wiping(file, secret, vault -> {
            vault.put(at, secret, hint.getBytes(StandardCharsets.UTF_8), true);
            return true;
        }, telling(file, Text.VAULT_HISTORY_CHANGED, told));
    }

    /// @param from a file with the secret, up to 64 MiB; it stays where it is
    void putFrom(Path file, RecordPath at, Path from, String hint, Consumer<String> told) {
        open.change(file, vault -> {
            byte[] secret = read(from);
            try {
                vault.put(at, secret, hint.getBytes(StandardCharsets.UTF_8), true);
                return true;
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }, telling(file, Text.VAULT_HISTORY_CHANGED, told));
    }

    void revoke(Path file, RecordPath at, String name) {
        open.change(file, vault -> {
            vault.revoke(at);
            return true;
        }, toasting(file, Text.VAULT_HISTORY_CHANGED, _ -> toasts.done(words.get(Text.VAULT_REVOKED_TOAST, name))));
    }

    void removeValue(Path file, String client, String key) {
        open.change(file, vault -> {
            vault.removeValue(client, key);
            return true;
        }, toasting(file, Text.VAULT_HISTORY_CHANGED, _ -> toasts.done(words.get(Text.VAULT_VALUE_REMOVED,
                ContentRows.printable(key)))));
    }

    void collect(Path file) {
        open.change(file, vault -> vault.collect(), toasting(file, Text.VAULT_HISTORY_CHANGED,
                count -> toasts.done(words.get(Text.VAULT_COLLECTED, count))));
    }

    /// @param name blank takes the name away
    void name(Path file, RecordPath what, String name, Consumer<String> told) {
        open.change(file, vault -> {
            vault.name(what, Optional.of(name));
            return true;
        }, telling(file, Text.VAULT_HISTORY_CHANGED, told));
    }

    /// Locks it with another password, in the way that it is locked now.
    ///
    /// @param password is wiped, whatever happens
    void password(Path file, byte[] password, Consumer<String> told) {
        relock(file, password, false, told);
    }

    /// Makes a snapshot of version 3 of one of version 2.
    ///
    /// @param password is wiped, whatever happens
    void migrate(Path file, byte[] password, Consumer<String> told) {
        relock(file, password, true, told);
    }

    private void relock(Path file, byte[] password, boolean migrate, Consumer<String> told) {
        wiping(file, password, vault -> {
            VaultContent now = vault.content();
            boolean same = !migrate || now.version() == 3;
            vault.relock(password, new Vaults.Locking(same ? now.version() : 3, same
                    ? Optional.of(now.derivation()) : Optional.empty(), Optional.empty(),
                    now.workFactor() >= 0 ? now.workFactor() : open.doors().workFactor()));
            return true;
        }, telling(file, Text.VAULT_HISTORY_RELOCKED, told));
    }

    private <T> void wiping(Path file, byte[] secret, OpenVaults.Deed<T> deed, Told<T> told) {
        if (open.at(file).isEmpty()) {
            Arrays.fill(secret, (byte) 0);
        }
        open.change(file, vault -> {
            try {
                return deed.on(vault);
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }, told);
    }

    void verify(Path file) {
        open.ask(file, vault -> vault.verify(), toasting(file, Text.VAULT_HISTORY_VERIFIED, check -> {
            if (check.unreadable().isEmpty()) {
                toasts.done(words.get(Text.VAULT_VERIFIED, check.records()));
            } else {
                toasts.failed(words.get(Text.VAULT_NOT_VERIFIED, check.unreadable().size(), check.records()),
                        words.get(Text.VAULT_NOT_VERIFIED_DETAIL));
            }
        }));
    }

    /// Gives a secret to whoever has to have it.
    ///
    /// @param taker wipes what it is given
    void secret(Path file, RecordPath at, Consumer<byte[]> taker) {
        open.ask(file, vault -> vault.secret(at), toasting(file, Text.VAULT_HISTORY_COPIED, taker));
    }

    /// Writes a secret into a file that only its owner can read.
    void save(Path file, RecordPath at, Path to) {
        open.ask(file, vault -> {
            byte[] secret = vault.secret(at);
            try {
                write(to, secret);
                return true;
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }, toasting(file, Text.VAULT_HISTORY_SAVED, _ -> toasts.news(words.get(Text.VAULT_SAVED,
                String.valueOf(to.getFileName())), words.get(Text.VAULT_SAVED_DETAIL))));
    }

    private <T> Told<T> telling(Path file, Text what, Consumer<String> told) {
        return new Told<>(_ -> {
            history.add(file, what);
            told.accept("");
        }, failure -> told.accept(problem(failure, words)));
    }

    private <T> Told<T> toasting(Path file, Text what, Consumer<T> done) {
        return new Told<>(value -> {
            history.add(file, what);
            done.accept(value);
        }, failure -> toasts.failed(words.get(Text.VAULT_FAILED, VaultsModel.name(String.valueOf(file.getFileName()))),
                problem(failure, words)));
    }

    static String problem(Throwable failure, Words words) {
        return failure instanceof IOException ? words.get(Text.VAULT_FILE_FAILED) : FailureText.of(failure,
                words.texts());
    }

    private static byte[] read(Path from) throws CoreException, IOException {
        try (InputStream in = Files.newInputStream(from)) {
            byte[] secret = in.readNBytes(SECRET_BYTES_MAX + 1);
            if (secret.length > SECRET_BYTES_MAX) {
                Arrays.fill(secret, (byte) 0);
                throw new CoreException.Refused("a secret has at most " + SECRET_BYTES_MAX + " bytes");
            }
            return secret;
        }
    }

    /// The person has already been asked whether a file that is there is to be replaced.
    private static void write(Path to, byte[] secret) throws IOException {
        boolean posix = to.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owners = posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0];
        Files.deleteIfExists(to);
        try (SeekableByteChannel out = Files.newByteChannel(to, Set.of(StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE), owners)) {
            ByteBuffer bytes = ByteBuffer.wrap(secret);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }
}

package app.holdfast.desktop.cli;

import app.holdfast.core.api.Vaults;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a vault is opened: options that all commands about one share.
final class VaultOptions {

    @Option(names = "--password-file", paramLabel = "PATH", description = "${bundle:vault.password_file}")
    private @Nullable String passwordFile;

    @Option(names = "--password-stdin", description = "${bundle:vault.password_stdin}")
    private boolean passwordStdin;

    @Option(names = "--kdf", paramLabel = "WAY", description = "${bundle:vault.kdf}")
    private @Nullable String derivation;

    @Option(names = "--salt-file", paramLabel = "PATH", description = "${bundle:vault.salt}")
    private @Nullable String saltFile;

    @Option(names = "--allow-work-factor", paramLabel = "N", defaultValue = "" + Vaults.WORK_FACTOR_UNASKED,
            converter = Range.WorkFactor.class, description = "${bundle:vault.allow}")
    private int workFactorMax = Vaults.WORK_FACTOR_UNASKED;

    Passwords passwords(Invocation invocation) throws CliException {
        if (passwordFile != null && passwordStdin) {
            throw new CliException("usage", "a password comes from a file or from standard input, not from both");
        }
        return new Passwords(invocation, passwordStdin);
    }

    Optional<Path> passwordFile(Invocation invocation) throws CliException {
        return passwordFile == null ? Optional.empty() : Optional.of(invocation.path(passwordFile));
    }

    Vaults.Opening opening(Invocation invocation) throws CliException {
        return new Vaults.Opening(Optional.ofNullable(derivation), saltFile == null ? Optional.empty()
                : Optional.of(invocation.path(saltFile)), workFactorMax);
    }

    /// @param workFactor of version 3
    Vaults.Locking locking(Invocation invocation, int version, int workFactor) throws CliException {
        Vaults.Opening opening = opening(invocation);
        return new Vaults.Locking(version, opening.derivation(), opening.saltFile(), workFactor);
    }
}

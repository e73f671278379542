package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultMerge;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a vault's file is merged into: looked at, agreed to, then written.
final class VaultImport {

    @Option(names = "--into", paramLabel = "VAULT", required = true, description = "${bundle:vault.import.into}")
    private String into = "";

    @Option(names = "--into-password-file", paramLabel = "PATH", description = "${bundle:vault.import.password}")
    private @Nullable String passwordFile;

    @Mixin
    private final VaultChoice choice = new VaultChoice();

    String into() {
        return into;
    }

    Optional<Path> passwordFile(Invocation invocation) throws CliException {
        return passwordFile == null ? Optional.empty() : Optional.of(invocation.path(passwordFile));
    }

    int run(Invocation invocation, OpenVault source, OpenVault target) throws CoreException, CliException {
        VaultMerge.Preview seen = target.preview(source, choice.merge());
        boolean writes = choice.agrees(invocation, seen);
        if (writes) {
            target.merge(source, seen);
            target.save();
        }
        invocation.answer(VaultShapes.imported(into, seen, writes),
                () -> new VaultProse(invocation.words()).imported(seen, writes));
        return 0;
    }
}

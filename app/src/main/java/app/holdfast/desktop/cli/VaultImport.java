package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What is merged into a vault, and what wins: looked at, agreed to, then written.
final class VaultImport {

    /// What counts as a yes, in the languages there are.
    private static final Set<String> YES = Set.of("y", "yes", "j", "ja");

    @Option(names = "--into", paramLabel = "VAULT", required = true, description = "${bundle:vault.import.into}")
    private String into = "";

    @Option(names = "--into-password-file", paramLabel = "PATH", description = "${bundle:vault.import.password}")
    private @Nullable String passwordFile;

    @Option(names = "--client", paramLabel = "ID", description = "${bundle:vault.import.client}")
    private List<String> clients = List.of();

    @Option(names = "--vault", paramLabel = "ID", description = "${bundle:vault.import.vault}")
    private List<String> vaults = List.of();

    @Option(names = "--record", paramLabel = "ID", description = "${bundle:vault.import.record}")
    private List<String> records = List.of();

    @Option(names = "--policy", paramLabel = "P", defaultValue = "keep-old", converter = PolicyWord.class,
            description = "${bundle:vault.import.policy}")
    private Policy policy = Policy.KEEP_OLD;

    @Option(names = "--preview", description = "${bundle:vault.import.preview}")
    private boolean preview;

    @Option(names = "--yes", description = "${bundle:vault.import.yes}")
    private boolean yes;

    String into() {
        return into;
    }

    Optional<Path> passwordFile(Invocation invocation) throws CliException {
        return passwordFile == null ? Optional.empty() : Optional.of(invocation.path(passwordFile));
    }

    int run(Invocation invocation, OpenVault source, OpenVault target) throws CoreException, CliException {
        VaultMerge.Preview seen = target.preview(source, new VaultMerge(policy, Set.copyOf(clients),
                Set.copyOf(vaults), Set.copyOf(records), true, Map.of()));
        boolean writes = !preview && (seen.changes() || seen.newClients() > 0);
        if (writes && !yes) {
            agree(invocation, seen);
        }
        if (writes) {
            target.merge(source, seen);
            target.save();
        }
        invocation.answer(VaultShapes.imported(into, seen, writes),
                () -> new VaultProse(invocation.words()).imported(seen, writes));
        return 0;
    }

    private static void agree(Invocation invocation, VaultMerge.Preview seen) throws CliException {
        if (!invocation.terminal().interactive()) {
            throw new CliException("no_terminal", "without --yes someone has to agree to what would be changed;"
                    + " --preview only shows it");
        }
        invocation.tell(new VaultProse(invocation.words()).imported(seen, false).strip());
        String answer = invocation.terminal().ask(invocation.words().get("vault.import.ask") + " ").orElse("");
        if (!YES.contains(answer.strip().toLowerCase(Locale.ROOT))) {
            throw new CliException("cancelled", "nothing was changed");
        }
    }

    /// `keep-old`, `replace`, `keep-both`.
    static final class PolicyWord implements ITypeConverter<Policy> {

        @Override
        public Policy convert(String typed) {
            for (Policy policy : Policy.values()) {
                if (typed.equals(policy.name().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                    return policy;
                }
            }
            throw new TypeConversionException("'" + typed + "' is none of keep-old, replace, keep-both");
        }
    }
}

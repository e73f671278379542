package app.holdfast.desktop.cli;

import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultMerge.Preview;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What of one vault goes into another, what wins, and whether a person agrees: options that merging and synchronizing
/// share.
final class VaultChoice {

    /// What counts as a yes, in the languages there are.
    private static final Set<String> YES = Set.of("y", "yes", "j", "ja");

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

    VaultMerge merge() {
        return new VaultMerge(policy, Set.copyOf(clients), Set.copyOf(vaults), Set.copyOf(records), true, Map.of());
    }

    /// Asks, if someone has to be asked.
    ///
    /// @return false when there is nothing to write
    boolean agrees(Invocation invocation, Preview seen) throws CliException {
        boolean writes = !preview && seen.isToBeSaved();
        if (writes && !yes) {
            ask(invocation, seen);
        }
        return writes;
    }

    boolean isOnlyPreview() {
        return preview;
    }

    /// Looked at before anything else, so that nobody agrees elsewhere in vain.
    void needsSomeone(Invocation invocation) throws CliException {
        if (!preview && !yes && !invocation.terminal().interactive()) {
            throw new CliException("no_terminal", "without --yes someone has to agree to what would be changed;"
                    + " --preview only shows it");
        }
    }

    private void ask(Invocation invocation, Preview seen) throws CliException {
        needsSomeone(invocation);
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

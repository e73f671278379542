package app.holdfast.core.api;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which parts of one vault are to be merged into another, and what wins. What is not chosen is left alone.
///
/// @param clients ids or paths of the source's clients; empty for all
/// @param vaults  of the source; empty for all of the clients chosen
/// @param records of the source; empty for all of the vaults chosen
/// @param store   whether the clients' Stores are merged too
/// @param into    ids or paths of clients and vaults in the source, and what they are in the target
public record VaultMerge(Policy policy, Set<String> clients, Set<String> vaults, Set<String> records, boolean store,
        Map<String, String> into) {

    public VaultMerge {
        clients = Set.copyOf(clients);
        vaults = Set.copyOf(vaults);
        records = Set.copyOf(records);
        into = Map.copyOf(into);
    }

    public static VaultMerge all(Policy policy) {
        return new VaultMerge(policy, Set.of(), Set.of(), Set.of(), true, Map.of());
    }

    /// What happens to something that both have, and have differently.
    public enum Policy {
        /// The target's stays.
        KEEP_OLD,
        /// The source's takes its place.
        REPLACE,
        /// The target's stays, and the source's is added under an id of its own.
        KEEP_BOTH
    }

    /// What merging does to one record or value.
    public enum Effect {
        /// Only the source has it.
        ADDED,
        /// Both have it differently; the source's takes its place.
        CHANGED,
        /// Both have it differently; the source's is added beside it.
        BESIDE,
        /// Both have it differently; the target's stays.
        KEPT,
        /// The source revoked this very version; the target's is revoked.
        REVOKED,
        /// The target revoked this very version; it does not come back.
        STAYS_REVOKED,
        /// Both have the same.
        SAME,
        /// The source's cannot be opened; nothing is done.
        UNREADABLE;

        /// Whether the source's secret goes over to the target.
        public boolean takes() {
            return this == ADDED || this == CHANGED || this == BESIDE;
        }
    }

    /// @param client   in the source
    /// @param vault    in the source; empty for a value of a Store
    /// @param record   in the source, or the key of a value
    /// @param conflict both have it, and have it differently
    public record Step(String client, String vault, String record, Effect effect, boolean conflict) {}

    /// @param steps       one for each record and value looked at
    /// @param newClients  how many the target does not have
    /// @param fingerprint of both vaults as they were
    public record Preview(List<Step> steps, int newClients, VaultMerge choice, String fingerprint) {

        public Preview {
            steps = List.copyOf(steps);
        }

        public long count(Effect effect) {
            return steps.stream().filter(step -> step.effect() == effect).count();
        }

        /// Whether merging would change anything in the file, be it a client with nothing in it.
        public boolean isToBeSaved() {
            return newClients > 0 || changes();
        }

        /// Whether merging would change any record or value.
        public boolean changes() {
            return steps.stream().anyMatch(step -> switch (step.effect()) {
                case ADDED, CHANGED, BESIDE, REVOKED -> true;
                case KEPT, STAYS_REVOKED, SAME, UNREADABLE -> false;
            });
        }
    }
}

package app.holdfast.core.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a vault holds, without any secret.
///
/// @param derivation the word for how its key is made
/// @param workFactor -1 in version 2
/// @param clients    in the order of the file
public record VaultContent(int version, String derivation, int workFactor, List<Client> clients) {

    public VaultContent {
        clients = List.copyOf(clients);
    }

    /// @param id   48 hexadecimal digits, as all ids here
    /// @param name given by a person, or known of an application
    public record Client(String id, Optional<String> name, List<Vault> vaults, List<Value> store) {

        public Client {
            vaults = List.copyOf(vaults);
            store = List.copyOf(store);
        }
    }

    /// @param usable an engine would use it: its key is listed
    public record Vault(String id, Optional<String> name, boolean usable, List<Record> records) {

        public Vault {
            records = List.copyOf(records);
        }
    }

    /// @param size    of the secret, bytes
    /// @param hint    hexadecimal, without the zeros at its end; empty when the record cannot be opened
    /// @param changed when Holdfast wrote it last; empty when another program did, since the format has no times
    public record Record(String id, Optional<String> name, int size, Optional<String> hint, boolean revoked,
            Optional<Instant> changed) {}

    /// @param key  as text
    /// @param size of the value, bytes
    public record Value(String key, int size, Optional<Instant> expires, boolean expired) {}
}

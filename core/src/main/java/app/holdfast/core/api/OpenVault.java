package app.holdfast.core.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An open vault. Changes are made in memory and reach the file with [#save]; closing forgets what was not saved, and
/// wipes. Safe for any thread. A vault that was locked meanwhile fails with [CoreException.VaultLocked].
public interface OpenVault extends AutoCloseable {

    VaultContent content() throws CoreException;

    /// Adds a record, or writes another secret into one.
    ///
    /// @param secret up to 64 MiB; wiped by the caller
    /// @param hint   at most 24 bytes
    /// @param named  whether the path is noted as its name, in the snapshot's own Store
    void put(RecordPath at, byte[] secret, byte[] hint, boolean named) throws CoreException;

    /// Marks a record as gone; its secret stays in the file until [#collect].
    void revoke(RecordPath at) throws CoreException;

    /// Takes revoked records, expired values and empty vaults out of the file.
    ///
    /// @return how many records and values
    int collect() throws CoreException;

    /// Puts a value into a client's Store.
    ///
    /// @param lifetime after which it counts as gone; empty for ever
    void putValue(String client, String key, byte[] value, Optional<Duration> lifetime) throws CoreException;

    void removeValue(String client, String key) throws CoreException;

    /// Gives a client, a vault or a record a name, kept inside the snapshot.
    ///
    /// @param name empty takes the name away
    void name(RecordPath what, Optional<String> name) throws CoreException;

    /// The secret itself, for whoever asked to have it; the caller wipes it.
    byte[] secret(RecordPath at) throws CoreException;

    /// Opens every record, without showing anything.
    Check verify() throws CoreException;

    /// Locks it with another password, or as another version, from the next [#save] on. Costs a derivation.
    void relock(byte[] password, Vaults.Locking locking) throws CoreException;

    /// What merging another vault into this one would do. Nothing is changed.
    VaultMerge.Preview preview(OpenVault source, VaultMerge choice) throws CoreException;

    /// Does what a preview says, in memory. Only for a preview of this vault since which neither changed.
    void merge(OpenVault source, VaultMerge.Preview preview) throws CoreException;

    /// Writes the file anew: a temporary sibling for its owner alone, synced, put in the place of the old one. The old
    /// file survives whatever fails, but where only its folder cannot be synced: then the new one is there, the failure
    /// says so, and the vault can be saved again. Fails when another program changed the file since it was read.
    void save() throws CoreException;

    /// Locks it when nothing was asked of it for so long: secrets are wiped, and what was not saved is lost. To be
    /// called now and then by whoever has a timer.
    ///
    /// @return whether it is locked
    boolean lockIfIdle(Duration idle);

    @Override
    void close();

    /// Names a record, a vault or a client. Each is an id of 48 hexadecimal digits, a name given with
    /// [OpenVault#name], or the path that an application uses.
    ///
    /// @param vault  empty for a client
    /// @param record empty for a client or a vault
    record RecordPath(String client, Optional<String> vault, Optional<String> record) {

        public static RecordPath of(String client, String vault, String record) {
            return new RecordPath(client, Optional.of(vault), Optional.of(record));
        }
    }

    /// @param records    how many were opened
    /// @param unreadable those that could not be, as `client/vault/record`
    record Check(int records, List<String> unreadable) {

        public Check {
            unreadable = List.copyOf(unreadable);
        }
    }
}

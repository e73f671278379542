package app.holdfast.core.api;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// The way to vaults: Stronghold snapshots in files. Blocks on files and on derivations, which take seconds and up to
/// gibibytes of memory; never call it from a screen's thread. Passwords are UTF-8 bytes that the caller wipes.
public interface Vaults {

    /// A work factor that is derived without asking: one GiB.
    int WORK_FACTOR_UNASKED = 20;
    /// What a person may allow at most: sixteen GiB.
    int WORK_FACTOR_MAX = 24;
    /// What new vaults have: half a GiB, seconds.
    int WORK_FACTOR_USUAL = 19;

    /// What was done to a vault's file.
    enum Deed {
        /// Opened, made or written, or only seen.
        SEEN,
        /// All its records were opened, and all did.
        VERIFIED,
        /// It was merged with another device's, and written.
        SYNCED
    }

    /// What can be told of a file without its password.
    Facts look(Path file) throws CoreException;

    /// Makes a vault with nothing in it. The file must not exist.
    OpenVault create(Path file, byte[] password, Locking locking) throws CoreException;

    /// Opens a vault. The file is read once and not kept open.
    OpenVault open(Path file, byte[] password, Opening opening) throws CoreException;

    /// @param version    2 or 3
    /// @param workFactor of version 3: opening takes 2 to this KiB
    /// @param size       bytes
    /// @param salted     a salt file of the Tauri plugin lies beside it
    record Facts(Path file, int version, OptionalInt workFactor, long size, boolean salted) {}

    /// @param derivation    the word for how the key is made; empty tries what is likely
    /// @param saltFile      where the salt lies; empty looks for `salt.txt` beside the vault
    /// @param workFactorMax what may be derived without asking, 0 to [#WORK_FACTOR_MAX]
    record Opening(Optional<String> derivation, Optional<Path> saltFile, int workFactorMax) {

        public static Opening usual() {
            return new Opening(Optional.empty(), Optional.empty(), WORK_FACTOR_UNASKED);
        }
    }

    /// How a vault is to be locked.
    ///
    /// @param version    3, or 2 for programs that cannot read that
    /// @param derivation the word for how the key is made; empty for what is usual in that version
    /// @param saltFile   for derivations that need one
    /// @param workFactor of version 3, 0 to [#WORK_FACTOR_MAX]
    record Locking(int version, Optional<String> derivation, Optional<Path> saltFile, int workFactor) {

        public static Locking usual() {
            return new Locking(3, Optional.empty(), Optional.empty(), WORK_FACTOR_USUAL);
        }
    }
}

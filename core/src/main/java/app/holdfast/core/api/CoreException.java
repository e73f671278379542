package app.holdfast.core.api;

import java.nio.file.Path;

/// Something went wrong that a person can understand and perhaps mend. The whole list is in this file.
///
/// Bugs are not in it: they are unchecked exceptions and end the task that hit them. [#code] is for scripts and never
/// changes; the message is English, for logs and the command line's default; the screen has its own texts by code.
public abstract sealed class CoreException extends Exception {

    private static final long serialVersionUID = 1;

    private final String code;

    private CoreException(String code, String message) {
        super(message);
        this.code = code;
    }

    /// A word for scripts, such as `in_use`.
    public final String code() {
        return code;
    }

    /// The data directory holds no library yet.
    public static final class NotInitialised extends CoreException {
        public NotInitialised(Path data) {
            super("not_initialised", "there is no library in " + data + "; make one with: holdfast init --name DEVICE");
        }
    }

    /// The data directory already holds one.
    public static final class AlreadyInitialised extends CoreException {
        public AlreadyInitialised(Path data) {
            super("already_initialised", data + " holds a library already");
        }
    }

    /// A plugged-in model cannot be taken; nothing was opened.
    public static final class BadExtension extends CoreException {
        public BadExtension(String reason) {
            super("bad_extension", "an extension cannot be used: " + reason + "; take it off the class path, or get"
                    + " another version of it");
        }
    }

    /// Another instance works in this data directory.
    public static final class InUse extends CoreException {
        public InUse(Path data) {
            super("in_use", data + " is in use by another Holdfast; end that one first");
        }
    }

    /// A file of the library is not what it should be; nothing was changed.
    public static final class DamagedLibrary extends CoreException {
        public DamagedLibrary(Path file, String reason) {
            super("damaged_library", file + " is damaged (" + reason + "); restore it from a backup, or move this file"
                    + " away, make a new library here and join again: another device has what it held");
        }
    }

    /// A newer version of the program has written in this library; this one would not know what. Nothing was changed.
    public static final class NewerLibrary extends CoreException {
        public NewerLibrary(Path file) {
            super("newer_library", file + " was written by a newer version of Holdfast; start that one");
        }
    }

    /// A file of ours may not be read or written, or the disk is full.
    public static final class StorageFailed extends CoreException {
        public StorageFailed(Path file, String reason) {
            super("storage_failed", file + ": " + reason);
        }
    }

    /// A folder that cannot be a location.
    public static final class BadFolder extends CoreException {

        private final Reason reason;

        public BadFolder(Path folder, Reason reason) {
            super("bad_folder", folder + " " + reason.words);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }

        public enum Reason {
            MISSING("does not exist"),
            NO_FOLDER("is not a folder"),
            UNREADABLE("may not be read"),
            OVERLAPS("lies inside or around a location that is already here"),
            LIBRARY("is where Holdfast keeps this library itself; add a folder with files of yours");

            private final String words;

            Reason(String words) {
                this.words = words;
            }
        }
    }

    /// Nothing has this id or path.
    public static final class NotFound extends CoreException {
        public NotFound(String what, String id) {
            super("not_found", "there is no " + what + " " + id);
        }
    }

    /// A value that cannot be taken: an empty name, a cycle of tags.
    public static final class Refused extends CoreException {
        public Refused(String reason) {
            super("refused", reason);
        }
    }

    /// Something that cannot be done with a drive as things are; nothing was changed.
    public static final class DriveRefused extends CoreException {

        private final Reason reason;
        private final String about;

        /// @param about what the reason names: a label, a device or a path
        public DriveRefused(Reason reason, String about) {
            this(reason, about, "");
        }

        /// @param command for the command line's reader: what to do, if anything
        public DriveRefused(Reason reason, String about, String command) {
            super("refused", reason.words.formatted(about) + (command.isEmpty() ? "" : ": holdfast " + command));
            this.reason = reason;
            this.about = about;
        }

        public Reason reason() {
            return reason;
        }

        /// What the reason names.
        public String about() {
            return about;
        }

        /// Why.
        public enum Reason {
            NO_DRIVE("%s does not lie on a drive of this device; shares and memory cannot be tracked"),
            SYSTEM("%s lies on the drive that this computer starts from, and that stays in it; to have it known on"
                    + " every device all the same, say --system"),
            OTHERS("another device looks after the drive %s; claim it"),
            OTHERS_UNMARKED("this looks like the drive %s, which another device looks after, without its marker; track"
                    + " it there, or claim it"),
            COPY("this drive says that it is %s, which is in the library already; say which is the copy"),
            UNHEARD("this drive belongs to the library, and this device has not heard of it yet; try again when the"
                    + " devices have met"),
            NOT_HERE("the drive %s is not mounted on this device; only who has it may claim it"),
            OWNER_HAS_IT("%s says that it has this drive; one of the two is a copy"),
            NOT_OURS("%s looks after this drive; forget it there"),
            ANOTHER("this drive does not say that it is %s"),
            NO_COPY("that device has no drive that says it is %s"),
            NOT_WRITTEN("the drive cannot be written to (%s); nothing was changed");

            private final String words;

            Reason(String words) {
                this.words = words;
            }
        }
    }

    /// A scan found most of a location gone; nothing was taken out.
    public static final class MostlyGone extends CoreException {
        public MostlyGone(long gone, long all) {
            super("mostly_gone", gone + " of " + all + " known files are not there; if that is right, say so with:"
                    + " holdfast location rescan ID --confirm");
        }
    }

    /// The ticket is no ticket, or only part of one.
    public static final class BadTicket extends CoreException {
        public BadTicket(String reason) {
            super("bad_ticket", "this ticket cannot be used: " + reason + "; ask for a new one");
        }
    }

    /// The other side did not take the ticket: expired, used, or unknown there.
    public static final class TicketRefused extends CoreException {
        public TicketRefused(String reason) {
            super("ticket_refused", "the other device refused the ticket: " + reason + "; ask for a new one");
        }
    }

    /// A person said no, or did not answer in time.
    public static final class PairingDeclined extends CoreException {
        public PairingDeclined(String reason) {
            super("pairing_declined", "nothing was shared: " + reason);
        }
    }

    /// This device shares a library with others already.
    public static final class AlreadyPaired extends CoreException {
        public AlreadyPaired(String with) {
            super("already_paired", "this device already shares a library with " + with
                    + "; a device belongs to one library");
        }
    }

    /// Nobody answered.
    public static final class Unreachable extends CoreException {
        public Unreachable(String who) {
            super("unreachable", who + " did not answer");
        }
    }

    /// Someone answered who is not the one asked for, or who does not let us in.
    public static final class NotAuthentic extends CoreException {
        public NotAuthentic(String reason) {
            super("not_authentic", reason);
        }
    }

    /// The address to listen on cannot be had.
    public static final class CannotListen extends CoreException {
        public CannotListen(String address, String reason) {
            super("cannot_listen", "cannot listen on " + address + ": " + reason);
        }
    }

    /// Too much waits to be done already; try again.
    public static final class Busy extends CoreException {
        public Busy() {
            super("busy", "too many changes wait to be written; try again in a moment");
        }
    }

    /// A file that is to be a vault and is none.
    public static final class NoVault extends CoreException {
        public NoVault(Path file, String reason) {
            super("no_vault", file + " is no Stronghold snapshot: " + reason);
        }
    }

    /// A vault of a version that is not read here.
    public static final class VaultVersion extends CoreException {
        public VaultVersion(Path file, String version) {
            super("vault_version", file + " is a Stronghold snapshot of version " + version
                    + "; versions 2 and 3 can be read. Open it with the program that made it, and save it anew");
        }
    }

    /// The password opens nothing. In version 2 that cannot be told from damage.
    public static final class WrongPassword extends CoreException {
        public WrongPassword(Path file, boolean mayBeDamaged) {
            super("wrong_password", "this password does not open " + file + (mayBeDamaged
                    ? "; or the file is damaged, which cannot be told apart in this version" : "")
                    + ". If the program that made it derives keys in another way, say which");
        }
    }

    /// A vault whose bytes make no sense. Nothing was changed.
    public static final class DamagedVault extends CoreException {

        private final long offset;

        /// @param offset bytes from the start of what `where` names
        public DamagedVault(Path file, String where, String reason, long offset) {
            super("damaged_vault", file + " is damaged: " + reason + ", at byte " + offset + " of " + where
                    + "; restore it from a backup");
            this.offset = offset;
        }

        public long offset() {
            return offset;
        }
    }

    /// Opening would take more memory than is taken without asking.
    public static final class VaultTooCostly extends CoreException {
        public VaultTooCostly(Path file, String wanted, String allowed) {
            super("vault_too_costly", "opening " + file + " takes " + wanted + ", and " + allowed
                    + " is allowed; allow more if you know who made this file");
        }
    }

    /// Another program wrote the file since it was read. Nothing was written.
    public static final class VaultChanged extends CoreException {
        public VaultChanged(Path file) {
            super("vault_changed", file + " was changed by another program meanwhile; nothing was written. Open it"
                    + " again");
        }
    }

    /// Another program writes the file at this moment.
    public static final class VaultInUse extends CoreException {
        public VaultInUse(Path file) {
            super("vault_in_use", file + " is being written by another program; try again in a moment");
        }
    }

    /// The vault was locked, by hand or after a while.
    public static final class VaultLocked extends CoreException {
        public VaultLocked(Path file) {
            super("vault_locked", file + " is locked; open it again with its password");
        }
    }

    /// The other device gives nothing of its vault: someone there said no, nobody answered, or it was locked.
    public static final class VaultNotGiven extends CoreException {

        private final Reason reason;

        public VaultNotGiven(String who, Reason reason) {
            super("vault_not_given", who + " gave nothing: " + reason.words);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }

        /// The ordinal is what travels, so new ones are added at the end.
        public enum Reason {
            DECLINED("a person there said no"),
            NOT_ANSWERED("nobody there agreed in time; open the vault there and offer it, then ask again"),
            LOCKED("its vault is locked; open it there, then ask again"),
            CHANGED("its vault changed since it said what it offers; ask again"),
            UNKNOWN("it does not know this exchange, or not any more; ask again"),
            REPEATED("this exchange was there before; ask again"),
            NONSENSE("it could not understand what was said; both need the same version of Holdfast"),
            BUSY("it is being asked already; try again in a moment"),
            TOO_LARGE("that is more than is given at once; choose some clients, vaults or records, and take the rest"
                    + " afterwards");

            private final String words;

            Reason(String words) {
                this.words = words;
            }
        }
    }

    /// What another device sent of its vault is not what it has to be. Nothing was changed.
    public static final class BadExchange extends CoreException {

        private final long offset;

        /// @param offset bytes from the start of what `where` names
        public BadExchange(String who, String where, String reason, long offset) {
            super("bad_exchange", "what " + who + " sent is refused: " + reason + ", at byte " + offset + " of " + where
                    + "; nothing was changed. Ask again");
            this.offset = offset;
        }

        public long offset() {
            return offset;
        }
    }

    /// The connection broke while a vault's records travelled. Nothing was changed.
    public static final class ExchangeCut extends CoreException {
        public ExchangeCut(String who) {
            super("exchange_cut", "the connection to " + who + " broke; nothing was changed. Go on when it is there"
                    + " again");
        }
    }
}

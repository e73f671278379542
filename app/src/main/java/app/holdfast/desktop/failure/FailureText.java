package app.holdfast.desktop.failure;

import app.holdfast.core.api.CoreException;
import app.holdfast.ui.Text;
import app.holdfast.ui.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What failed, in a person's words.
public final class FailureText {

    private static final Logger LOG = LoggerFactory.getLogger(FailureText.class);

    private FailureText() {
    }

    /// @param failure a [CoreException], or a bug, which is logged here with the code that the person is shown
    public static String of(Throwable failure, Texts texts) {
        if (failure instanceof CoreException known) {
            return known instanceof CoreException.DriveRefused drive ? texts.get(key(known), drive.about())
                    : texts.get(key(known));
        }
        String code = BugCode.of(failure);
        LOG.error("bug {}", code, failure);
        return texts.get(Text.FAILURE_BUG, code);
    }

    static Text key(CoreException failure) {
        return switch (failure) {
            case CoreException.NotInitialised _ -> Text.FAILURE_NOT_INITIALISED;
            case CoreException.AlreadyInitialised _ -> Text.FAILURE_ALREADY_INITIALISED;
            case CoreException.BadExtension _ -> Text.FAILURE_BAD_EXTENSION;
            case CoreException.InUse _ -> Text.FAILURE_IN_USE;
            case CoreException.DamagedLibrary _ -> Text.FAILURE_DAMAGED_LIBRARY;
            case CoreException.NewerLibrary _ -> Text.FAILURE_NEWER_LIBRARY;
            case CoreException.StorageFailed _ -> Text.FAILURE_STORAGE;
            case CoreException.BadFolder folder -> switch (folder.reason()) {
                case MISSING -> Text.FAILURE_FOLDER_MISSING;
                case NO_FOLDER -> Text.FAILURE_FOLDER_NO_FOLDER;
                case UNREADABLE -> Text.FAILURE_FOLDER_UNREADABLE;
                case OVERLAPS -> Text.FAILURE_FOLDER_OVERLAPS;
                case LIBRARY -> Text.FAILURE_FOLDER_LIBRARY;
            };
            case CoreException.NotFound _ -> Text.FAILURE_NOT_FOUND;
            case CoreException.Refused _ -> Text.FAILURE_REFUSED;
            case CoreException.DriveRefused drive -> key(drive.reason());
            case CoreException.MostlyGone _ -> Text.FAILURE_MOSTLY_GONE;
            case CoreException.BadTicket _ -> Text.FAILURE_BAD_TICKET;
            case CoreException.TicketRefused _ -> Text.FAILURE_TICKET_REFUSED;
            case CoreException.PairingDeclined _ -> Text.FAILURE_PAIRING_DECLINED;
            case CoreException.AlreadyPaired _ -> Text.FAILURE_ALREADY_PAIRED;
            case CoreException.Unreachable _ -> Text.FAILURE_UNREACHABLE;
            case CoreException.NotAuthentic _ -> Text.FAILURE_NOT_AUTHENTIC;
            case CoreException.CannotListen _ -> Text.FAILURE_CANNOT_LISTEN;
            case CoreException.Busy _ -> Text.FAILURE_BUSY;
            case CoreException.NoVault _ -> Text.FAILURE_VAULT_NONE;
            case CoreException.VaultVersion _ -> Text.FAILURE_VAULT_VERSION;
            case CoreException.WrongPassword _ -> Text.FAILURE_VAULT_PASSWORD;
            case CoreException.DamagedVault _ -> Text.FAILURE_VAULT_DAMAGED;
            case CoreException.VaultTooCostly _ -> Text.FAILURE_VAULT_COSTLY;
            case CoreException.VaultChanged _ -> Text.FAILURE_VAULT_CHANGED;
            case CoreException.VaultInUse _ -> Text.FAILURE_VAULT_IN_USE;
            case CoreException.VaultLocked _ -> Text.FAILURE_VAULT_LOCKED;
            case CoreException.VaultNotGiven given -> switch (given.reason()) {
                case DECLINED -> Text.FAILURE_VAULT_DECLINED;
                case NOT_ANSWERED, BUSY -> Text.FAILURE_VAULT_NOT_ANSWERED;
                case LOCKED -> Text.FAILURE_VAULT_LOCKED_THERE;
                case CHANGED, UNKNOWN, REPEATED -> Text.FAILURE_VAULT_ASK_AGAIN;
                case NONSENSE -> Text.FAILURE_VAULT_EXCHANGE;
                case TOO_LARGE -> Text.FAILURE_VAULT_TOO_LARGE;
            };
            case CoreException.BadExchange _ -> Text.FAILURE_VAULT_EXCHANGE;
            case CoreException.ExchangeCut _ -> Text.FAILURE_VAULT_CUT;
        };
    }

    private static Text key(CoreException.DriveRefused.Reason reason) {
        return switch (reason) {
            case NO_DRIVE -> Text.FAILURE_DRIVE_NONE;
            case SYSTEM -> Text.FAILURE_DRIVE_SYSTEM;
            case OTHERS -> Text.FAILURE_DRIVE_OTHERS;
            case OTHERS_UNMARKED -> Text.FAILURE_DRIVE_OTHERS_UNMARKED;
            case COPY -> Text.FAILURE_DRIVE_COPY;
            case UNHEARD -> Text.FAILURE_DRIVE_UNHEARD;
            case NOT_HERE -> Text.FAILURE_DRIVE_NOT_HERE;
            case OWNER_HAS_IT -> Text.FAILURE_DRIVE_OWNER_HAS_IT;
            case NOT_OURS -> Text.FAILURE_DRIVE_NOT_OURS;
            case ANOTHER -> Text.FAILURE_DRIVE_ANOTHER;
            case NO_COPY -> Text.FAILURE_DRIVE_NO_COPY;
            case NOT_WRITTEN -> Text.FAILURE_DRIVE_NOT_WRITTEN;
        };
    }
}

package app.holdfast.core.transport.pairing;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.pairing.PairingMessage.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The invitations that this device has made: which are alive, and why the others are not.
///
///     LIVE --first right proof--> BOUND to that device --declined here--> DEAD
///       |                           |
///       '---time over, 5 wrong proofs---------------------------------> DEAD --an hour after its time--> forgotten
///
/// An invitation is for one device: the first that proves that it holds the secret. That one may come again within the
/// invitation's time, so a link or a program that breaks off between the two commits of a pairing costs one more try.
/// The dead are remembered for an hour, so that whoever comes late is told why. Secrets are wiped when one dies.
///
/// It lives in memory: invitations of a former run are unknown. Any thread; each method locks for a moment.
public final class InvitationBook implements AutoCloseable {

    /// Invitations remembered; when one more is made the oldest is forgotten.
    static final int INVITATIONS_MAX = 32;
    /// An invitation dies when so many proofs for it were wrong.
    static final int WRONG_PROOFS_MAX = 5;
    private static final long REMEMBERED_MILLIS = 3_600_000;

    private final Deque<Entry> entries = new ArrayDeque<>();

    /// What follows from a proof.
    public sealed interface Answer {

        record Refused(Reason reason) implements Answer {}

        /// The invitation is this device's now.
        ///
        /// @param counterproof what shows that this side holds it as well
        /// @param digits       for two people to compare
        /// @param acceptAtOnce whether nobody is to be asked here
        record Proven(byte[] counterproof, String digits, boolean acceptAtOnce) implements Answer {}
    }

    /// Guarded by its book.
    private static final class Entry {
        private final byte[] name;
        private final byte[] secret;
        private final boolean acceptAtOnce;
        private final long expiresMillis;
        private @Nullable DeviceId boundTo;
        private @Nullable Reason dead;
        private int wrongProofs;

        private Entry(byte[] secret, boolean acceptAtOnce, long expiresMillis) {
            this.name = PairingProof.nameOf(secret);
            this.secret = secret;
            this.acceptAtOnce = acceptAtOnce;
            this.expiresMillis = expiresMillis;
        }

        private void die(Reason why) {
            if (dead == null) {
                dead = why;
                PairingProof.wipe(secret);
            }
        }
    }

    public synchronized void add(Invitation invitation, boolean acceptAtOnce) {
        if (entries.size() == INVITATIONS_MAX) {
            entries.removeFirst().die(Reason.NO_SUCH_INVITATION);
        }
        entries.addLast(new Entry(invitation.secret(), acceptAtOnce, 1_000 * invitation.expiresSeconds()));
    }

    /// Whether someone is expected, or is to be told why not any more. When not, strangers are refused inside the
    /// handshake.
    public synchronized boolean expectsAnyone(long nowMillis) {
        bury(nowMillis);
        return !entries.isEmpty();
    }

    /// Checks the joiner's proof; a right one binds the invitation to it.
    ///
    /// @param name of the invitation, as the joiner said
    public synchronized Answer prove(byte[] name, PairingProof exchange, byte[] proof, long nowMillis) {
        Entry entry = find(name, nowMillis);
        if (entry == null) {
            return new Answer.Refused(Reason.NO_SUCH_INVITATION);
        }
        if (entry.dead != null) {
            return new Answer.Refused(entry.dead);
        }
        if (!PairingProof.matches(exchange.ofJoiner(entry.secret), proof)) {
            entry.wrongProofs++;
            if (entry.wrongProofs == WRONG_PROOFS_MAX) {
                entry.die(Reason.WRONG_PROOF);
            }
            return new Answer.Refused(Reason.WRONG_PROOF);
        }
        if (entry.boundTo != null && !entry.boundTo.equals(exchange.joiner())) {
            return new Answer.Refused(Reason.USED);
        }
        entry.boundTo = exchange.joiner();
        return new Answer.Proven(exchange.ofInviter(entry.secret), exchange.digits(entry.secret), entry.acceptAtOnce);
    }

    /// The person here said no to whoever held it: nobody gets in with this invitation.
    public synchronized void declined(byte[] name, long nowMillis) {
        Entry entry = find(name, nowMillis);
        if (entry != null) {
            entry.die(Reason.DECLINED);
        }
    }

    /// Wipes all secrets.
    @Override
    public synchronized void close() {
        entries.forEach(entry -> entry.die(Reason.NO_SUCH_INVITATION));
        entries.clear();
    }

    private @Nullable Entry find(byte[] name, long nowMillis) {
        bury(nowMillis);
        for (Entry entry : entries) {
            if (PairingProof.matches(entry.name, name)) {
                return entry;
            }
        }
        return null;
    }

    private void bury(long nowMillis) {
        for (Iterator<Entry> all = entries.iterator(); all.hasNext();) {
            Entry entry = all.next();
            if (nowMillis > entry.expiresMillis) {
                entry.die(entry.boundTo == null ? Reason.EXPIRED : Reason.USED);
            }
            if (nowMillis > entry.expiresMillis + REMEMBERED_MILLIS) {
                all.remove();
            }
        }
    }
}

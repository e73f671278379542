package app.holdfast.core.sync;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.TrailMark;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.Forks;
import app.holdfast.core.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Whether the peer was told the same as this device by each author (R7): by its heads where both stand, and by the
/// trails of heads that a manifest brings where they do not (ADR 190, 230). Of whom it was not, nothing is admitted
/// from this peer, and it is shown nothing as covered, until the peer's whole trail says where the two part; then
/// what both have is healed by [Forks]. Confined to the session.
final class Doubts {

    static final String AGAIN = "names given twice, and again within an hour; try again later";

    private final SyncDesk desk;
    private final DeviceId peer;
    private final SortedSet<Author> authors = new TreeSet<>();

    Doubts(SyncDesk desk, DeviceId peer) {
        this.desk = desk;
        this.peer = peer;
    }

    /// What a manifest has shown.
    ///
    /// @param isSettling whether it is to be asked for anew, as something has to be settled first
    record Finding(Optional<String> violation, boolean isSettling) {}

    /// Those whose trails are to be asked for.
    SortedSet<Author> authors() {
        return new TreeSet<>(authors);
    }

    /// What is covered, as the peer is shown it.
    VersionVector shown(VersionVector covered) {
        return Forks.without(covered, authors);
    }

    /// Whether a group follows something that may be another thing here, or removes it.
    boolean concern(Transaction tx, EncodedGroup group) {
        return tx.forks().isContested(group.author()) || authors.contains(group.author())
                || (!authors.isEmpty() || tx.forks().areContested()) && group.group().events().stream()
                        .flatMap(event -> event.removes().stream())
                        .anyMatch(name -> authors.contains(name.author()) || tx.forks().isContested(name));
    }

    /// Judges what a hello says of this device itself and of all others.
    ///
    /// @return why the conversation has to end
    Optional<String> meet(Transaction tx, SyncMessage.Hello hello) {
        Optional<String> violation = meetSelf(tx, hello.covered(), hello.heads());
        if (violation.isPresent()) {
            return violation;
        }
        tx.forks().meet(peer, hello.covered(), hello.heads());
        authors.addAll(tx.forks().contradicted(peer, hello.covered(), hello.heads(), Map.of()));
        return Optional.empty();
    }

    /// Whether the peer covers more of this device than it has written.
    Optional<String> meetAhead(Transaction tx, VersionVector theirs) {
        return tx.forks().isCredible(theirs) ? meetSelf(tx, theirs, Map.of())
                : Optional.of(SyncSession.OUT_OF_REACH);
    }

    /// Whether the peer has events of our present incarnation that we do not know, or others under the same names:
    /// this library was restored from an older copy, is one of two, or another has closed the names that it gave.
    private Optional<String> meetSelf(Transaction tx, VersionVector theirs, Map<Author, Long> heads) {
        Author self = tx.state().author();
        long mine = tx.shared().vector().of(self);
        if (theirs.of(self) <= mine && !tx.forks().contradicts(self, theirs.of(self), heads.get(self))) {
            return Optional.empty();
        }
        if (!tx.forks().believes(peer)) {
            return Optional.of(AGAIN);
        }
        tx.forks().leave(peer, Math.min(desk.log().acknowledgedBy(peer, self), Math.min(mine, theirs.of(self))));
        desk.note(peer, SyncEvent.Kind.RENEWED, Map.of());
        return Optional.empty();
    }

    /// Judges what a manifest says. An author that is doubted only now is doubted from now on; one that was doubted
    /// before has its whole trail in it.
    Finding judge(Transaction tx, SyncMessage.Manifest manifest) {
        Author before = tx.state().author();
        Optional<String> violation = meetSelf(tx, manifest.covered(), manifest.heads());
        if (violation.isPresent()) {
            return new Finding(violation, false);
        }
        SortedSet<Author> found = tx.forks().contradicted(peer, manifest.covered(), manifest.heads(),
                manifest.trails());
        if (!authors.containsAll(found)) {
            authors.addAll(found);
            return new Finding(Optional.empty(), true);
        }
        if (!authors.isEmpty() && !tx.forks().believes(peer)) {
            return new Finding(Optional.of(AGAIN), false);
        }
        for (Author author : authors) {
            List<TrailMark> trail = manifest.trails().getOrDefault(author, List.of());
            long last = Math.max(trail.isEmpty() ? 0 : trail.getLast().last(), manifest.covered().of(author));
            if (!tx.forks().isCredible(author, last)) {
                return new Finding(Optional.of(SyncSession.OUT_OF_REACH), false);
            }
            tx.forks().heal(author, peer, trail, last);
        }
        boolean settles = !authors.isEmpty() || !before.equals(tx.state().author());
        authors.clear();
        return new Finding(Optional.empty(), settles);
    }
}

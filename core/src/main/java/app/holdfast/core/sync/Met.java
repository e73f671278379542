package app.holdfast.core.sync;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;

/// As whom the peer writes, and what was known here when it said so.
///
/// @param incarnation what it writes as, until it has to take another
/// @param known       what was covered here
record Met(DeviceId peer, Author incarnation, VersionVector known) {

    /// Whether the peer writes a stream. One that its device claimed under an earlier name is not: it has lost its
    /// library, does not remember the claim, and gets from others what it had (ADR 248). A claim that nobody here knew
    /// when it said hello was made by it since, under another name.
    boolean writes(Claim claim) {
        Author author = claim.incarnation();
        return claim.owner().equals(peer)
                && (author.equals(incarnation) || claim.stamp().sequence() > known.of(author));
    }
}

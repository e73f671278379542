package app.holdfast.core.change;

import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import java.util.Optional;
import java.util.UUID;

/// Who owns a stream: one composite register of the shared log (`docs/protocol/sync.md`, section 6). A stream is the
/// rows of one volume, or of one device about itself; it is identified by the claim it stands on, so rows of an old
/// owner are refused.
///
/// @param subject     what is claimed: a volume's id, or [DeviceId#subject]
/// @param epoch       one more than the greatest the claimant had seen, from 1
/// @param owner       the device that claims
/// @param stamp       when; its dot is the claim's id
/// @param base        the claim and mark that the claimant held before; empty when it held nothing
public record Claim(UUID subject, long epoch, DeviceId owner, Stamp stamp, Optional<Base> base) {

    /// @param claim the claim stood on before
    /// @param mark  the cut of that stream that the claimant held exactly, -1 for none
    public record Base(Dot claim, long mark) {}

    public Dot id() {
        return stamp.dot();
    }

    public Author incarnation() {
        return stamp.hlc().author();
    }
}

package app.holdfast.core.change;

import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A claim as the one composite value of its register: (epoch, owner, base author, base sequence, base mark).
public final class ClaimValue {

    private static final int PARTS = 5;
    /// A claim with a greater one is none: nobody could claim after it.
    private static final long EPOCH_MAX = 1L << 53;

    private ClaimValue() {
    }

    public static Value of(long epoch, DeviceId owner, Optional<Claim.Base> base) {
        return new Value.Tuple(List.of(new Value.Whole(epoch), new Value.Bytes(owner.bytes()),
                base.<Value>map(b -> new Value.Ref(b.claim().author().value())).orElse(Value.NOTHING),
                new Value.Whole(base.map(b -> b.claim().sequence()).orElse(0L)),
                new Value.Whole(base.map(Claim.Base::mark).orElse(-1L))));
    }

    /// @return the claim that the register holds; empty when it is none that this version understands
    public static Optional<Claim> read(UUID subject, Register register) {
        if (isClaim(register.value()) && register.value() instanceof Value.Tuple(List<Value> parts)
                && parts.get(0) instanceof Value.Whole(long epoch)
                && parts.get(1) instanceof Value.Bytes(byte[] owner)
                && parts.get(3) instanceof Value.Whole(long baseSequence)
                && parts.get(4) instanceof Value.Whole(long baseMark)) {
            Optional<Claim.Base> base = parts.get(2) instanceof Value.Ref(UUID author)
                    ? Optional.of(new Claim.Base(new Dot(new Author(author), baseSequence), baseMark))
                    : Optional.empty();
            return Optional.of(new Claim(subject, epoch, DeviceId.of(owner), register.stamp(), base));
        }
        return Optional.empty();
    }

    /// The epoch that the value claims, 0 when it is no claim: whatever it says, it loses against one that is.
    static long epoch(Value value) {
        return isClaim(value) && value instanceof Value.Tuple(List<Value> parts)
                && parts.getFirst() instanceof Value.Whole(long epoch) ? epoch : 0;
    }

    private static boolean isClaim(Value value) {
        return value instanceof Value.Tuple(List<Value> parts) && parts.size() >= PARTS
                && parts.get(0) instanceof Value.Whole(long epoch) && epoch > 0 && epoch <= EPOCH_MAX
                && parts.get(1) instanceof Value.Bytes(byte[] owner) && owner.length == DeviceId.BYTES
                && parts.get(3) instanceof Value.Whole && parts.get(4) instanceof Value.Whole;
    }
}

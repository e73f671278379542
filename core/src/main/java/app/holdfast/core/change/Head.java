package app.holdfast.core.change;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What an owner says of its stream at one cut, and signs: whoever passes rows on can change none of them
/// (`docs/protocol/sync.md`, section 6.2).
///
/// @param mark      the owner's count at the cut
/// @param asserted  whether absence counts: what is not in the stream is not there (S4)
/// @param root      the hash of all rows at the cut
/// @param signature by the key of the claim's owner, of [#toSign]. The array is the head's own: neither side changes it
public record Head(long mark, boolean asserted, Hash root, byte[] signature) {

    public static final int SIGNATURE_BYTES_MAX = 64;

    private static final byte[] PURPOSE = "holdfast stream head 1".getBytes(StandardCharsets.US_ASCII);

    /// The bytes that the owner of the claim signs.
    public static byte[] toSign(Claim claim, long mark, boolean asserted, Hash root) {
        return ByteBuffer.allocate(PURPOSE.length + 2 * 16 + 2 * Long.BYTES + 1 + Hash.BYTES).put(PURPOSE)
                .putLong(claim.subject().getMostSignificantBits()).putLong(claim.subject().getLeastSignificantBits())
                .putLong(claim.incarnation().value().getMostSignificantBits())
                .putLong(claim.incarnation().value().getLeastSignificantBits())
                .putLong(claim.id().sequence()).putLong(mark).put((byte) (asserted ? 1 : 0)).put(root.bytes()).array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Head head && mark == head.mark && asserted == head.asserted && root.equals(head.root)
                && Arrays.equals(signature, head.signature);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return "Head[" + mark + (asserted ? ", asserted, " : ", ") + root + "]";
    }
}

package app.holdfast.core.store;

import app.holdfast.core.change.Hash;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// How a stream's leaves add up to its root (`docs/protocol/sync.md`, section 6.2): SHA-256 three times, over rows,
/// over the leaves of a location, over the locations. Pure.
final class StreamHashes {

    private static final byte[] ROOT = "holdfast stream root 1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PART = "holdfast stream part 1".getBytes(StandardCharsets.US_ASCII);
    private static final Comparator<Part> ORDER = Comparator.comparing(Part::location, Leaf::compare);

    private StreamHashes() {
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Hash hash(byte[] bytes) {
        return Hash.read(sha256().digest(bytes), 0);
    }

    /// @param leaves in [Leaf#ORDER]
    static List<Part> parts(List<Leaf> leaves) {
        var parts = new ArrayList<Part>();
        int from = 0;
        while (from < leaves.size()) {
            UUID location = leaves.get(from).location();
            int to = from;
            while (to < leaves.size() && leaves.get(to).location().equals(location)) {
                to++;
            }
            parts.add(new Part(location, part(leaves.subList(from, to))));
            from = to;
        }
        return parts;
    }

    private static Hash part(List<Leaf> leaves) {
        MessageDigest digest = sha256();
        digest.update(PART);
        ByteBuffer one = ByteBuffer.allocate(16 + 2 * Long.BYTES + Hash.BYTES);
        for (Leaf leaf : leaves) {
            put(one.clear(), leaf.claim().author().value()).putLong(leaf.claim().sequence()).putLong(leaf.number())
                    .put(leaf.hash().bytes());
            digest.update(one.flip());
        }
        return Hash.read(digest.digest(), 0);
    }

    /// @param leaves    in [Leaf#ORDER]
    /// @param elsewhere parts whose leaves are not among them
    static Hash root(List<Leaf> leaves, List<Part> elsewhere) {
        List<Part> parts = parts(leaves);
        parts.addAll(elsewhere);
        parts.sort(ORDER);
        MessageDigest digest = sha256();
        digest.update(ROOT);
        ByteBuffer one = ByteBuffer.allocate(16 + Hash.BYTES);
        for (Part part : parts) {
            put(one.clear(), part.location()).put(part.root().bytes());
            digest.update(one.flip());
        }
        return Hash.read(digest.digest(), 0);
    }

    private static ByteBuffer put(ByteBuffer to, UUID id) {
        return to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
}

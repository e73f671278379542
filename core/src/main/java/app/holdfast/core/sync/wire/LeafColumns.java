package app.holdfast.core.sync.wire;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Hash;
import app.holdfast.core.change.Head;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.Part;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.sync.SyncMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;

/// What owners sign and what it is made of, as items of a message: heads, lists of leaves, parts
/// (`docs/protocol/frames.md`, section 3).
final class LeafColumns {

    private LeafColumns() {
    }

    static void write(Head head, CborWriter out) {
        out.array(4).whole(head.mark()).flag(head.asserted()).bytes(head.root().bytes()).bytes(head.signature());
    }

    static Head readHead(CborReader in) throws CborException {
        in.array(4);
        int start = in.offset();
        long mark = MessageReader.atLeast(-1, in.whole(), start);
        return new Head(mark, in.flag(), readHash(in), readSignature(in));
    }

    static byte[] readSignature(CborReader in) throws CborException {
        int start = in.offset();
        byte[] signature = in.bytes();
        if (signature.length > Head.SIGNATURE_BYTES_MAX) {
            throw new CborException(start, "a signature of " + signature.length + " bytes");
        }
        return signature;
    }

    private static Hash readHash(CborReader in) throws CborException {
        int start = in.offset();
        byte[] bytes = in.bytes();
        if (bytes.length != Hash.BYTES) {
            throw new CborException(start, "a hash of " + bytes.length + " bytes");
        }
        return Hash.read(bytes, 0);
    }

    static void writeLocations(List<UUID> locations, CborWriter out) {
        if (locations.size() > SyncMessage.LOCATIONS_MAX) {
            throw new IllegalArgumentException(locations.size() + " locations");
        }
        out.array(locations.size());
        locations.forEach(out::id);
    }

    static List<UUID> readLocations(CborReader in) throws CborException {
        var locations = new ArrayList<UUID>();
        for (int left = count(in, SyncMessage.LOCATIONS_MAX); left > 0; left--) {
            locations.add(in.id());
        }
        return List.copyOf(locations);
    }

    static void writeParts(List<Part> parts, CborWriter out) {
        if (parts.size() > SyncMessage.LOCATIONS_MAX) {
            throw new IllegalArgumentException(parts.size() + " parts");
        }
        out.array(2 * parts.size());
        parts.forEach(part -> out.id(part.location()).bytes(part.root().bytes()));
    }

    static List<Part> readParts(CborReader in) throws CborException {
        int start = in.offset();
        int items = count(in, 2 * SyncMessage.LOCATIONS_MAX);
        if (items % 2 != 0) {
            throw new CborException(start, items + " items, not a multiple of 2");
        }
        var parts = new ArrayList<Part>();
        for (int left = items / 2; left > 0; left--) {
            parts.add(new Part(in.id(), readHash(in)));
        }
        return List.copyOf(parts);
    }

    /// @param max leaves that the message may hold
    static void writeLeaves(List<Leaf> leaves, int max, CborWriter out) {
        if (leaves.size() > max) {
            throw new IllegalArgumentException(leaves.size() + " leaves, at most " + max + " are taken");
        }
        SequencedMap<Dot, Integer> claims = new LinkedHashMap<>();
        leaves.forEach(leaf -> claims.putIfAbsent(leaf.claim(), claims.size()));
        out.array(6);
        PageColumns.writeDots(List.copyOf(claims.keySet()), out);
        out.unsigned(leaves.size());
        out.bytes(Columns.numbers(leaves.stream()
                .mapToLong(leaf -> Objects.requireNonNull(claims.get(leaf.claim()))).toArray()));
        out.bytes(Columns.ids(leaves.stream().map(Leaf::location).toArray(UUID[]::new)));
        out.bytes(Columns.numbers(leaves.stream().mapToLong(Leaf::number).toArray()));
        var hashes = new ColumnWriter();
        leaves.forEach(leaf -> hashes.raw(leaf.hash().bytes()));
        out.bytes(hashes.toBytes());
    }

    static List<Leaf> readLeaves(byte[] input, CborReader in, int max) throws CborException {
        in.array(6);
        List<Dot> claims = PageColumns.readDots(input, in);
        int count = (int) in.unsigned(max);
        int start = in.offset();
        long[] positions = Columns.numbers(new ColumnReader(input, in), count);
        UUID[] locations = Columns.ids(new ColumnReader(input, in), count);
        long[] numbers = Columns.numbers(new ColumnReader(input, in), count);
        int hashesStart = in.offset();
        byte[] hashes = in.bytes();
        if (hashes.length != count * Hash.BYTES) {
            throw new CborException(hashesStart, hashes.length + " bytes for " + count + " hashes");
        }
        var leaves = new ArrayList<Leaf>(count);
        for (int i = 0; i < count; i++) {
            leaves.add(new Leaf(PageColumns.pick(claims, positions[i], start),
                    MessageReader.atLeast(0, numbers[i], start), locations[i], Hash.read(hashes, i * Hash.BYTES)));
        }
        return List.copyOf(leaves);
    }

    static List<Integer> readGone(CborReader in) throws CborException {
        var gone = new ArrayList<Integer>();
        for (int left = count(in, SyncMessage.LEAVES_ASKED_MAX); left > 0; left--) {
            gone.add((int) in.unsigned(SyncMessage.LEAVES_ASKED_MAX));
        }
        return List.copyOf(gone);
    }

    private static int count(CborReader in, int max) throws CborException {
        int start = in.offset();
        int items = in.array();
        if (items > max) {
            throw new CborException(start, items + " items, at most " + max + " are taken");
        }
        return items;
    }
}

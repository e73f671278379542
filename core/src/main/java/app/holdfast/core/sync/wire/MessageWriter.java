package app.holdfast.core.sync.wire;

import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.clock.Author;
import app.holdfast.core.sync.SyncMessage;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;

/// Writes the body of one message as a CBOR array: `docs/protocol/frames.md`, section 2.
final class MessageWriter {

    static final int HELLO = 1;
    static final int GROUPS = 2;
    static final int ACK = 3;
    static final int NEED_RECONCILE = 4;
    static final int MANIFEST_OPEN = 5;
    static final int MANIFEST = 6;
    static final int FETCH = 7;
    static final int CONTENTS = 8;
    static final int STREAMS = 9;
    static final int FOLLOW = 10;
    static final int UNFOLLOW = 11;
    static final int STREAM_PAGE = 12;
    static final int STREAM_CUT = 13;
    static final int PAGE_ACK = 14;
    static final int GOODBYE = 15;
    static final int STREAM_LEAVES = 16;
    static final int LEAF_FETCH = 17;
    static final int LEAF_PAGE = 18;
    static final int COMPARE = 20;
    static final int COMPARED = 21;
    static final int CHECK = 22;

    private final CborWriter out = new CborWriter();

    private MessageWriter() {
    }

    static int type(SyncMessage message) {
        return switch (message) {
            case SyncMessage.Hello _ -> HELLO;
            case SyncMessage.Groups _ -> GROUPS;
            case SyncMessage.Ack _ -> ACK;
            case SyncMessage.NeedReconcile _ -> NEED_RECONCILE;
            case SyncMessage.ManifestOpen _ -> MANIFEST_OPEN;
            case SyncMessage.Manifest _ -> MANIFEST;
            case SyncMessage.Compare _ -> COMPARE;
            case SyncMessage.Compared _ -> COMPARED;
            case SyncMessage.Check _ -> CHECK;
            case SyncMessage.Fetch _ -> FETCH;
            case SyncMessage.Contents _ -> CONTENTS;
            case SyncMessage.Streams _ -> STREAMS;
            case SyncMessage.Follow _ -> FOLLOW;
            case SyncMessage.Unfollow _ -> UNFOLLOW;
            case SyncMessage.StreamPage _ -> STREAM_PAGE;
            case SyncMessage.StreamCut _ -> STREAM_CUT;
            case SyncMessage.PageAck _ -> PAGE_ACK;
            case SyncMessage.Goodbye _ -> GOODBYE;
            case SyncMessage.StreamLeaves _ -> STREAM_LEAVES;
            case SyncMessage.LeafFetch _ -> LEAF_FETCH;
            case SyncMessage.LeafPage _ -> LEAF_PAGE;
        };
    }

    static byte[] body(SyncMessage message) {
        var writer = new MessageWriter();
        writer.writeBody(message);
        return writer.out.toBytes();
    }

    private void writeBody(SyncMessage message) {
        switch (message) {
            case SyncMessage.Hello hello -> write(hello);
            case SyncMessage.Groups groups -> {
                out.array(groups.groups().size());
                groups.groups().forEach(group -> out.bytes(group.bytes()));
            }
            case SyncMessage.Ack ack -> write(ack.covered());
            case SyncMessage.NeedReconcile _ -> out.array(0);
            case SyncMessage.ManifestOpen(SortedSet<Author> doubted) -> {
                out.array(doubted.size());
                doubted.forEach(author -> out.id(author.value()));
            }
            case SyncMessage.Manifest manifest -> {
                out.array(3);
                write(manifest.covered());
                writeHeads(manifest.heads());
                TrailColumns.write(manifest.trails(), out);
            }
            case SyncMessage.Compare compare -> writeSums(compare.ranges());
            case SyncMessage.Compared compared -> write(compared);
            case SyncMessage.Check check -> {
                out.array(3);
                write(check.covered());
                write(check.sum());
                out.flag(check.asks());
            }
            case SyncMessage.Fetch fetch -> write(fetch.dots());
            case SyncMessage.Contents contents -> write(contents);
            case SyncMessage.Streams streams -> {
                out.array(2).array(streams.streams().size());
                streams.streams().forEach(this::write);
                out.flag(streams.all());
            }
            case SyncMessage.Follow follow -> write(follow);
            case SyncMessage.Unfollow unfollow -> {
                out.array(2);
                write(unfollow.claim());
            }
            case SyncMessage.StreamPage page -> write(page);
            case SyncMessage.StreamCut cut -> write(cut);
            case SyncMessage.PageAck ack -> {
                out.array(3);
                write(ack.claim());
                out.unsigned(ack.number());
            }
            case SyncMessage.StreamLeaves leaves -> write(leaves);
            case SyncMessage.LeafFetch fetch -> write(fetch);
            case SyncMessage.LeafPage page -> write(page);
            case SyncMessage.Goodbye goodbye -> out.array(1).text(goodbye.reason());
        }
    }

    private void write(SyncMessage.Follow follow) {
        out.array(6);
        write(follow.claim());
        out.whole(follow.mark()).whole(follow.received()).bytes(follow.settled().bytes());
        LeafColumns.writeLocations(follow.without(), out);
    }

    private void write(SyncMessage.StreamCut cut) {
        out.array(4);
        write(cut.claim());
        LeafColumns.write(cut.head(), out);
        LeafColumns.writeParts(cut.elsewhere(), out);
    }

    private void write(SyncMessage.StreamLeaves leaves) {
        out.array(6);
        write(leaves.claim());
        LeafColumns.write(leaves.head(), out);
        LeafColumns.writeParts(leaves.elsewhere(), out);
        LeafColumns.writeLeaves(leaves.leaves(), SyncMessage.LEAVES_MAX, out);
        out.flag(leaves.last());
    }

    private void write(SyncMessage.LeafFetch fetch) {
        out.array(3);
        write(fetch.claim());
        LeafColumns.writeLeaves(fetch.leaves(), SyncMessage.LEAVES_ASKED_MAX, out);
    }

    private void write(SyncMessage.LeafPage page) {
        out.array(5);
        write(page.claim());
        PageColumns.write(page.rows(), out);
        out.unsigned(page.complete()).array(page.gone().size());
        page.gone().forEach(out::unsigned);
    }

    private void write(SyncMessage.Hello hello) {
        out.array(8).unsigned(hello.protocolMin()).unsigned(hello.protocolMax());
        out.array(hello.schema().size());
        hello.schema().forEach(out::text);
        out.id(hello.library().value()).id(hello.incarnation().value());
        write(hello.covered());
        writeHeads(hello.heads());
        out.whole(hello.nowMillis());
    }

    private void writeHeads(SortedMap<Author, Long> heads) {
        out.array(2 * heads.size());
        heads.forEach((author, head) -> out.id(author.value()).unsigned(head));
    }

    private void writeSums(List<SyncMessage.RangeSum> sums) {
        out.array(3 * sums.size());
        for (SyncMessage.RangeSum sum : sums) {
            write(sum.range());
            write(sum.sum());
        }
    }

    /// Two items of the array around it: first id, and the first beyond or nothing.
    private void write(RecordRange range) {
        out.id(range.from());
        if (range.to().isPresent()) {
            out.id(range.to().get());
        } else {
            out.nothing();
        }
    }

    private void write(Fingerprint sum) {
        out.array(3).unsigned(sum.count()).whole(sum.high()).whole(sum.low());
    }

    private void write(SyncMessage.Compared compared) {
        out.array(3).unsigned(compared.answered());
        writeSums(compared.sums());
        out.array(4 * compared.names().size());
        for (SyncMessage.RangeNames names : compared.names()) {
            write(names.range());
            out.bytes(Columns.ids(names.names().stream().map(SyncMessage.Live::record).toArray(UUID[]::new)));
            write(names.names().stream().map(SyncMessage.Live::dot).toList());
        }
    }

    private void write(SyncMessage.Contents contents) {
        out.array(2).array(5 * contents.contents().size());
        for (SyncMessage.Content content : contents.contents()) {
            write(content.dot());
            out.text(content.model()).id(content.record()).bytes(ChangeCodec.encode(content.snapshot()));
        }
        write(contents.gone());
    }

    private void write(SyncMessage.StreamState state) {
        Claim claim = state.claim();
        out.array(11).id(claim.subject()).unsigned(claim.epoch()).bytes(claim.owner().bytes());
        out.unsigned(claim.stamp().hlc().millis()).unsigned(claim.stamp().hlc().counter());
        write(claim.id());
        if (claim.base().isPresent()) {
            out.array(3);
            write(claim.base().get().claim());
            out.whole(claim.base().get().mark());
        } else {
            out.nothing();
        }
        out.whole(state.mark()).flag(state.asserted());
        LeafColumns.writeLocations(state.without(), out);
    }

    private void write(SyncMessage.StreamPage page) {
        out.array(6);
        write(page.claim());
        out.unsigned(page.number()).whole(page.received());
        PageColumns.write(page.rows(), out);
        PageColumns.writeRemovals(page.removals(), out);
    }

    private void write(VersionVector vector) {
        out.array(2 * vector.sequences().size());
        vector.sequences().forEach((author, sequence) -> out.id(author.value()).unsigned(sequence));
    }

    /// Two items of the array around it: author, sequence.
    private void write(Dot dot) {
        out.id(dot.author().value()).unsigned(dot.sequence());
    }

    /// One item.
    private void write(List<Dot> dots) {
        PageColumns.writeDots(dots, out);
    }
}

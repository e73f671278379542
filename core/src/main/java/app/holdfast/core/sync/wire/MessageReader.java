package app.holdfast.core.sync.wire;

import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Claim;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.MalformedChange;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborType;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.sync.SyncMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// Reads what [MessageWriter] writes.
final class MessageReader {

    /// A comparison's answer cuts ranges in parts until there are as many as are asked about at once.
    private static final int RANGES_MAX = SyncMessage.RANGES_MAX + SyncMessage.PARTS_MAX;

    private final byte[] input;
    private final CborReader in;

    MessageReader(byte[] input, int from) {
        this.input = input;
        this.in = new CborReader(input, from, input.length);
    }

    SyncMessage message(int type) throws CborException {
        SyncMessage message = switch (type) {
            case MessageWriter.HELLO -> hello();
            case MessageWriter.GROUPS -> groups();
            case MessageWriter.ACK -> new SyncMessage.Ack(vector());
            case MessageWriter.NEED_RECONCILE -> empty(new SyncMessage.NeedReconcile());
            case MessageWriter.MANIFEST_OPEN -> new SyncMessage.ManifestOpen(TrailColumns.readAuthors(in));
            case MessageWriter.MANIFEST -> {
                in.array(3);
                yield new SyncMessage.Manifest(vector(), heads(), TrailColumns.read(in));
            }
            case MessageWriter.COMPARE -> new SyncMessage.Compare(sums());
            case MessageWriter.COMPARED -> compared();
            case MessageWriter.CHECK -> {
                in.array(3);
                yield new SyncMessage.Check(vector(), fingerprint(), in.flag());
            }
            case MessageWriter.FETCH -> new SyncMessage.Fetch(PageColumns.readDots(input, in));
            case MessageWriter.CONTENTS -> contents();
            case MessageWriter.STREAMS -> streams();
            case MessageWriter.FOLLOW -> follow();
            case MessageWriter.UNFOLLOW -> {
                in.array(2);
                yield new SyncMessage.Unfollow(dot());
            }
            case MessageWriter.STREAM_PAGE -> streamPage();
            case MessageWriter.STREAM_CUT -> {
                in.array(4);
                yield new SyncMessage.StreamCut(dot(), LeafColumns.readHead(in), LeafColumns.readParts(in));
            }
            case MessageWriter.PAGE_ACK -> {
                in.array(3);
                yield new SyncMessage.PageAck(dot(), in.unsigned(Long.MAX_VALUE));
            }
            case MessageWriter.STREAM_LEAVES -> streamLeaves();
            case MessageWriter.LEAF_FETCH -> leafFetch();
            case MessageWriter.LEAF_PAGE -> leafPage();
            case MessageWriter.GOODBYE -> {
                in.array(1);
                yield new SyncMessage.Goodbye(in.text());
            }
            default -> throw new CborException(0, "a message of a type that this version does not know: " + type);
        };
        in.end();
        return message;
    }

    private SyncMessage empty(SyncMessage message) throws CborException {
        in.array(0);
        return message;
    }

    private SyncMessage follow() throws CborException {
        in.array(6);
        return new SyncMessage.Follow(dot(), mark(), mark(),
                new SyncMessage.Signature(LeafColumns.readSignature(in)), LeafColumns.readLocations(in));
    }

    private SyncMessage streamLeaves() throws CborException {
        in.array(6);
        return new SyncMessage.StreamLeaves(dot(), LeafColumns.readHead(in), LeafColumns.readParts(in),
                LeafColumns.readLeaves(input, in, SyncMessage.LEAVES_MAX), in.flag());
    }

    private SyncMessage leafFetch() throws CborException {
        in.array(3);
        return new SyncMessage.LeafFetch(dot(), LeafColumns.readLeaves(input, in, SyncMessage.LEAVES_ASKED_MAX));
    }

    private SyncMessage leafPage() throws CborException {
        in.array(5);
        return new SyncMessage.LeafPage(dot(), List.copyOf(PageColumns.read(input, in)),
                (int) in.unsigned(SyncMessage.LEAVES_ASKED_MAX), LeafColumns.readGone(in));
    }

    private SyncMessage hello() throws CborException {
        in.array(8);
        int protocolMin = (int) in.unsigned(Integer.MAX_VALUE);
        int protocolMax = (int) in.unsigned(Integer.MAX_VALUE);
        var schema = new ArrayList<String>();
        for (int left = in.array(); left > 0; left--) {
            schema.add(in.text());
        }
        var library = new LibraryId(in.id());
        var incarnation = new Author(in.id());
        return new SyncMessage.Hello(protocolMin, protocolMax, List.copyOf(schema), library, incarnation, vector(),
                heads(), in.whole());
    }

    private SyncMessage groups() throws CborException {
        var groups = new ArrayList<EncodedGroup>();
        for (int left = in.array(); left > 0; left--) {
            byte[] bytes = in.bytes();
            try {
                groups.add(EncodedGroup.read(bytes));
            } catch (MalformedChange e) {
                throw within(bytes, e);
            }
        }
        return new SyncMessage.Groups(List.copyOf(groups));
    }

    private SortedMap<Author, Long> heads() throws CborException {
        int start = in.offset();
        int items = in.array();
        if (items % 2 != 0) {
            throw new CborException(start, items + " items, not a multiple of 2");
        }
        var heads = new TreeMap<Author, Long>();
        for (int left = items / 2; left > 0; left--) {
            heads.put(new Author(in.id()), in.unsigned(0xffff_ffffL));
        }
        return Collections.unmodifiableSortedMap(heads);
    }

    private List<SyncMessage.RangeSum> sums() throws CborException {
        int start = in.offset();
        int items = in.array();
        if (items % 3 != 0 || items > 3 * RANGES_MAX) {
            throw new CborException(start, items + " items of ranges");
        }
        var sums = new ArrayList<SyncMessage.RangeSum>();
        for (int left = items / 3; left > 0; left--) {
            sums.add(new SyncMessage.RangeSum(range(), fingerprint()));
        }
        return List.copyOf(sums);
    }

    private RecordRange range() throws CborException {
        int start = in.offset();
        UUID from = in.id();
        Optional<UUID> to = Optional.empty();
        if (in.next() == CborType.NOTHING) {
            in.nothing();
        } else {
            to = Optional.of(in.id());
        }
        if (to.isPresent() && RecordRange.ORDER.compare(from, to.get()) >= 0) {
            throw new CborException(start, "a range in which nothing can lie");
        }
        return new RecordRange(from, to);
    }

    private Fingerprint fingerprint() throws CborException {
        in.array(3);
        return new Fingerprint(in.unsigned(Long.MAX_VALUE), in.whole(), in.whole());
    }

    private SyncMessage compared() throws CborException {
        in.array(3);
        int answered = (int) in.unsigned(RANGES_MAX);
        List<SyncMessage.RangeSum> sums = sums();
        int start = in.offset();
        int items = in.array();
        if (items % 4 != 0 || items > 4 * RANGES_MAX) {
            throw new CborException(start, items + " items of names");
        }
        var names = new ArrayList<SyncMessage.RangeNames>();
        for (int left = items / 4; left > 0; left--) {
            names.add(rangeNames());
        }
        return new SyncMessage.Compared(answered, sums, List.copyOf(names));
    }

    private SyncMessage.RangeNames rangeNames() throws CborException {
        RecordRange range = range();
        var idColumn = new ColumnReader(input, in);
        List<Dot> dots = PageColumns.readDots(input, in);
        UUID[] records = Columns.ids(idColumn, dots.size());
        var live = new ArrayList<SyncMessage.Live>(records.length);
        for (int i = 0; i < records.length; i++) {
            live.add(new SyncMessage.Live(records[i], dots.get(i)));
        }
        return new SyncMessage.RangeNames(range, List.copyOf(live));
    }

    private SyncMessage contents() throws CborException {
        in.array(2);
        int start = in.offset();
        int items = in.array();
        if (items % 5 != 0) {
            throw new CborException(start, items + " items, not a multiple of 5");
        }
        var contents = new ArrayList<SyncMessage.Content>();
        for (int left = items / 5; left > 0; left--) {
            contents.add(new SyncMessage.Content(dot(), in.text(), in.id(), snapshot()));
        }
        return new SyncMessage.Contents(List.copyOf(contents), List.copyOf(PageColumns.readDots(input, in)));
    }

    private Snapshot snapshot() throws CborException {
        byte[] bytes = in.bytes();
        try {
            return ChangeCodec.decodeSnapshot(bytes);
        } catch (MalformedChange e) {
            throw within(bytes, e);
        }
    }

    private SyncMessage streams() throws CborException {
        in.array(2);
        var streams = new ArrayList<SyncMessage.StreamState>();
        for (int left = in.array(); left > 0; left--) {
            in.array(11);
            UUID subject = in.id();
            long epoch = in.unsigned(Long.MAX_VALUE);
            DeviceId owner = device();
            long millis = in.unsigned(Hlc.MILLIS_MAX);
            int counter = (int) in.unsigned(Hlc.COUNTER_MAX);
            Dot id = dot();
            var stamp = new Stamp(new Hlc(millis, counter, id.author()), id.sequence());
            streams.add(new SyncMessage.StreamState(new Claim(subject, epoch, owner, stamp, base()), mark(),
                    in.flag(), LeafColumns.readLocations(in)));
        }
        return new SyncMessage.Streams(List.copyOf(streams), in.flag());
    }

    private Optional<Claim.Base> base() throws CborException {
        if (in.next() == CborType.NOTHING) {
            in.nothing();
            return Optional.empty();
        }
        in.array(3);
        return Optional.of(new Claim.Base(dot(), mark()));
    }

    private SyncMessage streamPage() throws CborException {
        in.array(6);
        Dot claim = dot();
        long number = in.unsigned(Long.MAX_VALUE);
        long received = mark();
        return new SyncMessage.StreamPage(claim, number, List.copyOf(PageColumns.read(input, in)),
                List.copyOf(PageColumns.readRemovals(input, in)), received);
    }

    private VersionVector vector() throws CborException {
        int start = in.offset();
        int items = in.array();
        if (items % 2 != 0) {
            throw new CborException(start, items + " items, not a multiple of 2");
        }
        var sequences = new TreeMap<Author, Long>();
        for (int left = items / 2; left > 0; left--) {
            int at = in.offset();
            var author = new Author(in.id());
            if (!sequences.isEmpty() && sequences.lastKey().compareTo(author) >= 0) {
                throw new CborException(at, "authors that do not ascend");
            }
            sequences.put(author, in.unsigned(Long.MAX_VALUE));
        }
        return new VersionVector(sequences);
    }

    private DeviceId device() throws CborException {
        int start = in.offset();
        byte[] bytes = in.bytes();
        if (bytes.length != DeviceId.BYTES) {
            throw new CborException(start, "a device id of " + bytes.length + " bytes");
        }
        return DeviceId.of(bytes);
    }

    private Dot dot() throws CborException {
        var author = new Author(in.id());
        int start = in.offset();
        return new Dot(author, atLeast(1, in.whole(), start));
    }

    private long mark() throws CborException {
        int start = in.offset();
        return atLeast(-1, in.whole(), start);
    }

    static long atLeast(long min, long number, int offset) throws CborException {
        if (number < min) {
            throw new CborException(offset, number + " is less than " + min);
        }
        return number;
    }

    /// The offset of a malformed change, counted from the start of the body; `bytes` were the last item read.
    private CborException within(byte[] bytes, MalformedChange e) {
        return new CborException(in.offset() - bytes.length + (int) e.offset(), e.reason());
    }
}

package app.holdfast.core.sync.wire;

import app.holdfast.core.change.Claim;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Hash;
import app.holdfast.core.change.Head;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Part;
import app.holdfast.core.change.RandomChanges;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.Removal;
import app.holdfast.core.change.TrailMark;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.Value;
import app.holdfast.core.sync.SyncMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Messages of every type, from one seeded source.
final class RandomMessages {

    static final int TYPES = 21;

    private final RandomGenerator random;
    private final RandomChanges changes;

    RandomMessages(RandomGenerator random) {
        this.random = random;
        this.changes = new RandomChanges(random);
    }

    SyncMessage message(int type) {
        return switch (type) {
            case 0 -> new SyncMessage.Hello(1, random.nextInt(1, 9), List.of("tag", "größe"),
                    new LibraryId(changes.uuid()), changes.author(), vector(), heads(),
                    random.nextLong());
            case 1 -> new SyncMessage.Groups(some(4, () -> EncodedGroup.of(changes.group())));
            case 2 -> new SyncMessage.Ack(vector());
            case 3 -> new SyncMessage.NeedReconcile();
            case 4 -> new SyncMessage.ManifestOpen(new TreeSet<>(some(3, changes::author)));
            case 5 -> new SyncMessage.Manifest(vector(), heads(), trails());
            case 6 -> new SyncMessage.Fetch(some(40, changes::dot));
            case 7 -> new SyncMessage.Contents(some(4, () -> new SyncMessage.Content(changes.dot(), "tag",
                    changes.uuid(), changes.snapshot())), some(3, changes::dot));
            case 8 -> new SyncMessage.Streams(some(4, this::stream), random.nextBoolean());
            case 9 -> new SyncMessage.Follow(changes.dot(), mark(), mark(),
                    new SyncMessage.Signature(changes.bytes(random.nextInt(65))), some(3, changes::uuid));
            case 10 -> new SyncMessage.Unfollow(changes.dot());
            case 11 -> new SyncMessage.StreamPage(changes.dot(), changes.sequence(), some(3, this::table),
                    some(9, () -> new Removal(random.nextBoolean() ? "entry" : "location", changes.uuid(),
                            random.nextLong())), mark());
            case 12 -> new SyncMessage.StreamCut(changes.dot(), head(), some(3, this::part));
            case 14 -> new SyncMessage.Compare(some(9, this::rangeSum));
            case 15 -> new SyncMessage.Compared(random.nextInt(1, 1_024), some(20, this::rangeSum),
                    some(5, () -> new SyncMessage.RangeNames(range(),
                            some(40, () -> new SyncMessage.Live(changes.uuid(), changes.dot())))));
            case 16 -> new SyncMessage.Check(vector(), sum(), random.nextBoolean());
            case 13 -> new SyncMessage.PageAck(changes.dot(), changes.sequence());
            case 17 -> new SyncMessage.StreamLeaves(changes.dot(), head(), some(3, this::part), some(40, this::leaf),
                    random.nextBoolean());
            case 18 -> new SyncMessage.LeafFetch(changes.dot(), some(40, this::leaf));
            case 19 -> new SyncMessage.LeafPage(changes.dot(), some(3, this::table), random.nextInt(8),
                    some(3, () -> random.nextInt(8)));
            default -> new SyncMessage.Goodbye("auf Wiedersehen \uD83D\uDC4B");
        };
    }

    private SortedMap<Author, Long> heads() {
        var heads = new TreeMap<Author, Long>();
        some(4, changes::author).forEach(author -> heads.put(author, random.nextLong(1L << 32)));
        return heads;
    }

    private SortedMap<Author, List<TrailMark>> trails() {
        var trails = new TreeMap<Author, List<TrailMark>>();
        some(3, changes::author).forEach(author -> {
            List<TrailMark> marks = new ArrayList<>();
            long last = random.nextInt(1_000);
            for (int i = random.nextInt(9); i > 0; i--) {
                long first = last + 1 + random.nextInt(3);
                last = first + random.nextInt(2_000);
                marks.add(new TrailMark(first, last, random.nextLong(1L << 32)));
            }
            trails.put(author, marks);
        });
        return trails;
    }

    private SyncMessage.RangeSum rangeSum() {
        return new SyncMessage.RangeSum(range(), sum());
    }

    private RecordRange range() {
        UUID one = changes.uuid();
        UUID other = changes.uuid();
        if (one.equals(other) || random.nextBoolean()) {
            return new RecordRange(one, Optional.empty());
        }
        boolean ascends = RecordRange.ORDER.compare(one, other) < 0;
        return new RecordRange(ascends ? one : other, Optional.of(ascends ? other : one));
    }

    private Fingerprint sum() {
        return new Fingerprint(random.nextLong(1L << 40), random.nextLong(), random.nextLong());
    }

    byte[] mutated(byte[] frame) {
        return changes.mutated(frame);
    }

    byte[] bytes(int count) {
        return changes.bytes(count);
    }

    private Head head() {
        return new Head(mark(), random.nextBoolean(), hash(), changes.bytes(64));
    }

    private Hash hash() {
        return new Hash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private Part part() {
        return new Part(changes.uuid(), hash());
    }

    private Leaf leaf() {
        return new Leaf(changes.dot(), random.nextLong(1L << 44), random.nextBoolean() ? Leaf.NO_LOCATION
                : changes.uuid(), hash());
    }

    private OwnedRows table() {
        int fields = random.nextInt(6);
        List<Supplier<Value>> kinds = Stream.generate(this::column).limit(fields).toList();
        UUID start = changes.uuid();
        boolean run = random.nextBoolean();
        int rows = random.nextInt(30);
        return new OwnedRows("entry", IntStream.range(0, fields).mapToObj(i -> "field" + i).toList(),
                IntStream.range(0, rows).mapToObj(i -> new OwnedRow(
                        run ? new UUID(start.getMostSignificantBits(), start.getLeastSignificantBits() + i)
                                : changes.uuid(),
                        random.nextInt(4) == 0 ? Optional.of(changes.dot()) : Optional.empty(),
                        run ? i : random.nextLong(),
                        kinds.stream().map(Supplier::get).toList())).toList());
    }

    /// A column of one kind, constant or not, with or without gaps, or of mixed kinds.
    private Supplier<Value> column() {
        Value constant = changes.value();
        Supplier<Value> kind = switch (random.nextInt(6)) {
            case 0 -> () -> constant;
            case 1 -> () -> new Value.Whole(random.nextLong() >> random.nextInt(64));
            case 2 -> () -> new Value.Text("file".repeat(random.nextInt(3)) + random.nextInt());
            case 3 -> () -> new Value.Ref(changes.uuid());
            case 4 -> () -> new Value.Flag(random.nextBoolean());
            default -> changes::value;
        };
        boolean gaps = random.nextBoolean();
        return () -> gaps && random.nextInt(3) == 0 ? Value.NOTHING : kind.get();
    }

    private SyncMessage.StreamState stream() {
        byte[] key = changes.bytes(DeviceId.BYTES);
        return new SyncMessage.StreamState(new Claim(changes.uuid(), changes.sequence(), DeviceId.of(key),
                changes.stamp(), random.nextBoolean() ? Optional.empty()
                        : Optional.of(new Claim.Base(changes.dot(), mark()))), mark(), random.nextBoolean(),
                some(2, changes::uuid));
    }

    private VersionVector vector() {
        var sequences = new TreeMap<Author, Long>();
        some(9, changes::author).forEach(author -> sequences.put(author, changes.sequence()));
        return new VersionVector(sequences);
    }

    private long mark() {
        return changes.sequence() - 2;
    }

    private <T> List<T> some(int max, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(max + 1)).toList();
    }
}

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Merge;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import app.holdfast.core.store.Admission;
import app.holdfast.core.store.LibraryStore;
import app.holdfast.core.store.LibraryWriter;
import app.holdfast.core.store.Signing;
import app.holdfast.core.store.Surroundings;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.wire.SyncCodec;
import com.github.luben.zstd.Zstd;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/// Merges what another device wrote: 100,000 times a tag put on an entry, three in ten of them again, in groups of
/// 1,000, ten to a message. Each round a new library on disk takes them in as a session does: messages are decoded on
/// one thread and admitted by the writer, each in a job of its own, at most two under way. In turn with it yjs applies
/// the same to a document in memory, and SQLite is given the same rows bare.
/// Run by `bench/merge`.
public final class MergeBench {

    private static final int OPERATIONS = Integer.getInteger("operations", 100_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int GROUP = 1_000;
    /// As many as a session offers at once.
    private static final int GROUPS_IN_MESSAGE = Integer.getInteger("together", 10);
    private static final int TAGS = 20;
    private static final int ENTRIES = 200_000;
    private static final double INSERTS = 0.7;
    private static final double BARE_AIM = 1.5;
    private static final int UNDER_WAY_MAX = Integer.getInteger("underway", 2);
    /// When the other device wrote, and how fast.
    private static final long FIRST_MILLIS = 1_760_000_100_000L;
    private static final int EVENTS_PER_MILLI = 50;
    private static final Model ASSIGNMENTS = ModelRegistry.CORE.model(Models.ASSIGNMENT);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path work;
    private final Random random = new Random(1);
    private final List<Operation> operations = new ArrayList<>();
    private final List<byte[]> before = new ArrayList<>();
    private final List<byte[]> frames = new ArrayList<>();
    private long groupBytes;
    private int pairs;
    private double writerMicros;
    private double decoderMicros;
    private double yjsMicros;
    private double bareMicros;

    private record Operation(int tag, EntryId entry, boolean again) {}

    private MergeBench(Path work) {
        this.work = work;
    }

    /// @param arguments an empty folder to work in, the program that drives yjs
    public static void main(String[] arguments) throws Exception {
        new MergeBench(Path.of(arguments[0])).run(arguments[1]);
    }

    private void run(String script) throws Exception {
        makeOperations();
        write();
        Path file = work.resolve("operations");
        Files.write(file, operations.stream().map(MergeBench::line).toList());
        Path updates = work.resolve("updates");
        Process yjs = new ProcessBuilder("node", script, file.toString(), updates.toString(), Integer.toString(GROUP))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        double[] bare = new double[ROUNDS];
        BareRows rows = new BareRows(groups());
        try (BufferedReader answers = yjs.inputReader()) {
            for (int round = -1; round < ROUNDS; round++) { // the first warms both up
                double yjsSeconds = askYjs(yjs, answers);
                double seconds = merge("round" + round);
                double bareSeconds = writeBare("bare" + round, rows);
                if (round >= 0) {
                    bare[round] = bareSeconds;
                    theirs[round] = yjsSeconds;
                    ours[round] = seconds;
                }
            }
        }
        report(ours, theirs, Files.readAllBytes(updates));
        reportBare(ours, bare, bareMicros);
    }

    private static String line(Operation operation) {
        UUID entry = operation.entry.value();
        return operation.tag + " " + HexFormat.of().toHexDigits(entry.getMostSignificantBits())
                + HexFormat.of().toHexDigits(entry.getLeastSignificantBits());
    }

    private void makeOperations() {
        List<EntryId> entries = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) { // as a scan of a minute makes them
            long millis = 1_760_000_000_000L + i * 60_000L / ENTRIES;
            entries.add(new EntryId(new UUID(millis << 16 | 0x7000 | random.nextInt(1 << 12),
                    random.nextLong() >>> 2 | 1L << 63)));
        }
        var there = new LinkedHashSet<Operation>();
        var order = new ArrayList<Operation>();
        while (operations.size() < OPERATIONS) {
            if (order.isEmpty() || random.nextDouble() < INSERTS) {
                var insert = new Operation(random.nextInt(TAGS), entries.get(random.nextInt(ENTRIES)), false);
                if (there.add(insert)) {
                    order.add(insert);
                    operations.add(insert);
                }
            } else {
                Operation earlier = order.get(random.nextInt(order.size()));
                operations.add(new Operation(earlier.tag, earlier.entry, true));
            }
        }
        pairs = there.size();
    }

    private Path create(String name) throws Exception {
        Path data = Files.createDirectories(work.resolve(name));
        var device = new DeviceId(HexFormat.of().formatHex(bytes(DeviceId.BYTES)));
        LibraryStore.create(data, device, name, around());
        return data;
    }

    private Surroundings around() {
        return new Surroundings(System::currentTimeMillis, random::nextLong, Thread::new, work.resolve("memory"),
                new NoSigning());
    }

    private List<List<EncodedGroup>> groups() throws Exception {
        var groups = new ArrayList<List<EncodedGroup>>();
        for (byte[] frame : frames) {
            groups.add(((SyncMessage.Groups) SyncCodec.decode(frame)).groups());
        }
        return groups;
    }

    private double writeBare(String name, BareRows rows) throws Exception {
        BareRows.Taken taken = rows.write(create(name).resolve("database.db"), pairs);
        bareMicros = taken.micros() / OPERATIONS;
        return taken.seconds();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Signs nothing: no stream of rows is exchanged here.
    private record NoSigning() implements Signing {

        @Override
        public byte[] sign(byte[] message) {
            return new byte[0];
        }

        @Override
        public boolean isBy(DeviceId device, byte[] message, byte[] signature) {
            return false;
        }
    }

    /// Writes the operations as the rules of shared records would on the other device: what each replaces is removed,
    /// and each group ends with a touch of the tags it put on something (R1, R9).
    private void write() {
        Author author = new Author(new UUID(random.nextLong(), random.nextLong()));
        Writer writer = new Writer(author, new HashMap<>());
        List<TagId> tags = new ArrayList<>();
        for (int i = 0; i < TAGS; i++) {
            tags.add(new TagId(new UUID(1_750_000_000_000L << 16 | 0x7000 | i, random.nextLong() >>> 2 | 1L << 63)));
            writer.edit(Models.TAG, tags.get(i).value(), Map.of(Models.NAME, new Value.Text("Tag " + i),
                    Models.COLOR, new Value.Text("blue")));
        }
        before.add(SyncCodec.encode(new SyncMessage.Groups(List.of(writer.group()))));
        var message = new ArrayList<EncodedGroup>();
        for (int from = 0; from < operations.size(); from += GROUP) {
            var touched = new TreeSet<Integer>();
            for (Operation operation : operations.subList(from, Math.min(operations.size(), from + GROUP))) {
                Map<String, Value> fields = Map.of(Models.TAG_REF, new Value.Ref(tags.get(operation.tag).value()),
                        Models.SUBJECT, new Value.Ref(operation.entry.value()));
                writer.edit(Models.ASSIGNMENT, ASSIGNMENTS.naturalId(fields), operation.again ? Map.of() : fields);
                touched.add(operation.tag);
            }
            touched.forEach(tag -> writer.edit(Models.TAG, tags.get(tag).value(), Map.of()));
            EncodedGroup group = writer.group();
            groupBytes += group.bytes().length;
            message.add(group);
            if (message.size() == GROUPS_IN_MESSAGE || from + GROUP >= operations.size()) {
                frames.add(SyncCodec.encode(new SyncMessage.Groups(List.copyOf(message))));
                message.clear();
            }
        }
    }

    /// One device that writes, and what is live of its records.
    private static final class Writer {
        private final Author author;
        private final Map<UUID, SortedMap<Dot, Snapshot>> live;
        private final List<Event> events = new ArrayList<>();
        private long sequence;

        private Writer(Author author, Map<UUID, SortedMap<Dot, Snapshot>> live) {
            this.author = author;
            this.live = live;
        }

        private void edit(String model, UUID record, Map<String, Value> fields) {
            Dot dot = new Dot(author, ++sequence);
            Hlc hlc = new Hlc(FIRST_MILLIS + sequence / EVENTS_PER_MILLI, (int) (sequence % EVENTS_PER_MILLI), author);
            SortedMap<Dot, Snapshot> seen = live.getOrDefault(record, new TreeMap<>());
            Snapshot edited = Merge.edited(ModelRegistry.CORE.model(model), seen, fields, new Stamp(hlc, sequence));
            events.add(new Event(dot, model, record, new TreeSet<>(seen.keySet()), Optional.of(edited)));
            live.put(record, new TreeMap<>(Map.of(dot, edited)));
        }

        private EncodedGroup group() {
            EncodedGroup group = EncodedGroup.of(new Group(events));
            events.clear();
            return group;
        }
    }

    /// @return seconds from the first frame to the last commit
    private double merge(String name) throws Exception {
        try (LibraryStore store = LibraryStore.open(create(name), around(), _ -> { })) {
            admit(store.writer(), before);
            long began = System.nanoTime();
            long writerNanos = writerNanos(store.writer());
            long decoderNanos = THREADS.getCurrentThreadCpuTime();
            admit(store.writer(), frames);
            double seconds = (System.nanoTime() - began) / 1e9;
            decoderMicros = (THREADS.getCurrentThreadCpuTime() - decoderNanos) / 1e3 / OPERATIONS;
            writerMicros = (writerNanos(store.writer()) - writerNanos) / 1e3 / OPERATIONS;
            long found = store.writer().submit(tx -> tx.tags().tree().stream()
                    .mapToLong(tag -> tx.tags().assigned(tag.id()).size()).sum()).get();
            if (found != pairs) {
                throw new IllegalStateException(found + " tags on entries, " + pairs + " were put");
            }
            return seconds;
        }
    }

    private static long writerNanos(LibraryWriter writer) throws Exception {
        return writer.submit(_ -> THREADS.getCurrentThreadCpuTime()).get();
    }

    private static void admit(LibraryWriter writer, List<byte[]> frames) throws Exception {
        Semaphore room = new Semaphore(UNDER_WAY_MAX);
        for (byte[] frame : frames) {
            SyncMessage.Groups groups = (SyncMessage.Groups) SyncCodec.decode(frame);
            room.acquire();
            var _ = writer.submit(tx -> {
                tx.shared().gather();
                for (EncodedGroup group : groups.groups()) {
                    Admission admission = tx.shared().admit(group);
                    if (!(admission instanceof Admission.Admitted)) {
                        throw new IllegalStateException(admission.toString());
                    }
                }
                return true;
            }).whenComplete((_, _) -> room.release());
        }
        room.acquire(UNDER_WAY_MAX);
    }

    private double askYjs(Process yjs, BufferedReader answers) throws IOException {
        yjs.getOutputStream().write('\n');
        yjs.getOutputStream().flush();
        String[] answer = String.valueOf(answers.readLine()).split(" ");
        if (Integer.parseInt(answer[1]) != pairs) {
            throw new IllegalStateException("yjs has " + answer[1] + " tags on entries, " + pairs + " were put");
        }
        yjsMicros = Double.parseDouble(answer[2]);
        return Double.parseDouble(answer[0]);
    }

    private void report(double[] ours, double[] theirs, byte[] updates) {
        double rate = OPERATIONS / median(ours);
        double yjsRate = OPERATIONS / median(theirs);
        double[] ratios = new double[ROUNDS];
        Arrays.setAll(ratios, i -> theirs[i] / ours[i]);
        double bytes = frames.stream().mapToLong(frame -> frame.length).sum() / (double) OPERATIONS;
        long yjsBytes = 0;
        long yjsCompressed = 0;
        int count = 0;
        for (ByteBuffer in = ByteBuffer.wrap(updates); in.hasRemaining(); count++) {
            byte[] update = new byte[in.getInt()];
            in.get(update);
            yjsBytes += update.length;
            yjsCompressed += Zstd.compress(update, 1).length;
        }
        System.out.printf(Locale.ROOT, "%,d tag operations in %d messages, durable: %,.0f a second (rounds %s s), "
                + "%.1f bytes for each on the wire, %.1f before compression, processor time for each %.1f us of the "
                + "writer and %.1f us of the decoder%n", OPERATIONS, frames.size(), rate, texts(ours), bytes,
                groupBytes / (double) OPERATIONS, writerMicros, decoderMicros);
        System.out.printf(Locale.ROOT, "reference: yjs, %d updates, in memory: %,.0f a second (rounds %s s), "
                + "%.1f bytes for each, %.1f compressed in the same way, processor time for each %.1f us%n", count,
                yjsRate, texts(theirs), yjsBytes / (double) OPERATIONS, yjsCompressed / (double) OPERATIONS, yjsMicros);
        Aims.atLeast("merge of remote tag operations, rate", median(ratios), 1, "times", "yjs's");
        Aims.atMost("merge of remote tag operations, bytes for each", bytes * OPERATIONS / yjsBytes, 0.7, "times",
                "yjs's");
    }

    /// What no merge into these tables can go below.
    private static void reportBare(double[] ours, double[] bare, double micros) {
        double[] ratios = new double[ROUNDS];
        Arrays.setAll(ratios, i -> ours[i] / bare[i]);
        System.out.printf(Locale.ROOT, "reference: SQLite alone with the same rows, durable: %,.0f a second (rounds %s "
                + "s), processor time for each %.1f us%n", OPERATIONS / median(bare), texts(bare), micros);
        Aims.atMost("merge of remote tag operations, time", median(ratios), BARE_AIM, "times", "SQLite's alone");
    }

    private static List<String> texts(double[] seconds) {
        return Arrays.stream(seconds).mapToObj(one -> String.format(Locale.ROOT, "%.2f", one)).toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

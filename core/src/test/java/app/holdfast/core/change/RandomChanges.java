package app.holdfast.core.change;

import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Changes of every shape, from one seeded source.
public final class RandomChanges {

    private static final List<String> NAMES =
            List.of("tag", "tag_assignment", "name", "color", "parent", "entry", "größe", "名前", "\uD83D\uDE00");

    private final RandomGenerator random;
    private final List<Author> authors;

    public RandomChanges(RandomGenerator random) {
        this.random = random;
        this.authors = Stream.generate(() -> new Author(uuid())).limit(5).toList();
    }

    public Group group() {
        Author author = author();
        long first = sequence() / 2 + 1;
        var events = new ArrayList<Event>();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            var removes = new TreeSet<Dot>();
            IntStream.range(0, random.nextInt(4)).forEach(_ -> removes.add(dot()));
            Optional<Snapshot> snapshot = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(snapshot());
            events.add(new Event(new Dot(author, first + events.size()), name(), uuid(), removes, snapshot));
        }
        return new Group(events);
    }

    public Snapshot snapshot() {
        Map<String, Register> fields = new TreeMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            var losers = new ArrayList<Register.Loser>();
            for (int j = random.nextInt(3) == 0 ? random.nextInt(Register.LOSERS_MAX + 1) : 0; j > 0; j--) {
                losers.add(new Register.Loser(value(), stamp()));
            }
            fields.put(name(), new Register(value(), stamp(), losers));
        }
        Map<Author, Long> seen = new TreeMap<>();
        for (int i = random.nextInt(3) == 0 ? random.nextInt(4) : 0; i > 0; i--) {
            seen.put(author(), sequence());
        }
        return new Snapshot(new TreeMap<>(fields), VersionVector.of(seen));
    }

    public Value value() {
        return value(random.nextInt(3));
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 8)) {
            case 0 -> Value.NOTHING;
            case 1 -> new Value.Flag(random.nextBoolean());
            case 2 -> new Value.Whole(random.nextLong() >> random.nextInt(64));
            case 3 -> new Value.Real(random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian());
            case 4 -> new Value.Text(name().repeat(random.nextInt(4)));
            case 5 -> new Value.Ref(uuid());
            case 6 -> new Value.Bytes(bytes(random.nextInt(40)));
            default -> new Value.Tuple(
                    Stream.generate(() -> value(depth - 1)).limit(random.nextInt(4)).toList());
        };
    }

    public Dot dot() {
        return new Dot(author(), sequence());
    }

    public Author author() {
        return authors.get(random.nextInt(authors.size()));
    }

    public UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    public long sequence() {
        return 1 + (random.nextLong() >>> 1 + random.nextInt(62));
    }

    public Stamp stamp() {
        long millis = 1_780_000_000_000L + random.nextInt(1 << random.nextInt(1, 30));
        return new Stamp(new Hlc(millis, random.nextInt(3), author()), sequence());
    }

    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// The input with a few bytes changed, cut out, doubled or put in.
    public byte[] mutated(byte[] input) {
        byte[] bytes = input.clone();
        for (int i = random.nextInt(1, 4); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = spliced(bytes, at, bytes(random.nextInt(1, 10)));
                default -> bytes = spliced(bytes, at, Arrays.copyOfRange(bytes, at,
                        Math.min(bytes.length, at + random.nextInt(1, 20))));
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] middle) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + middle.length);
        System.arraycopy(bytes, at, longer, at + middle.length, bytes.length - at);
        System.arraycopy(middle, 0, longer, at, middle.length);
        return longer;
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}

package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.clock.Author;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sums of ranges and the bounds that cut them, while dots come and go: held against a naive rule. `-Dholdfast.seed=N`
/// plays one run again.
final class RangeSumsTest {

    private static final int RUNS = 3;
    private static final int STEPS = 40;
    private static final long FIRST = Long.getLong("holdfast.seed", System.nanoTime());
    private static final DeviceId DEVICE = new DeviceId("33".repeat(32));
    private static final byte[] CONTENT = {1};
    /// What `RangeSums` takes for an interval; a record's dots stay together, and here it has three at most.
    private static final int DOTS_PER_INTERVAL = 256 + 3;

    private static final long[] TOPS = {0, 0x7fff_ffff_ffff_ffffL, 0x8000_0000_0000_0000L, -1};

    @TempDir
    private Path data;

    private LibraryFiles files;
    private Connection connection;
    private Prepared prepared;
    private LiveDots dots;
    /// All that is live, by record.
    private final NavigableMap<UUID, List<Known>> live = new TreeMap<>(RecordRange.ORDER);
    private long sequence;

    private record Known(Dot dot, Fingerprint hash) {}

    @BeforeEach
    void open() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", new Surroundings(() -> 9_000_000, new Random(9)::nextLong,
                Thread::new, data.resolve("memory"), new FakeSigning(DEVICE)));
        files = LibraryFiles.open(data);
        connection = files.catalogue(false);
        connection.setAutoCommit(false);
        prepared = new Prepared(connection);
        dots = new LiveDots(prepared, new Authors(prepared));
        dots.clear();
    }

    @AfterEach
    void close() throws Exception {
        prepared.close();
        connection.close();
        files.close();
    }

    private void forget() {
        dots.clear();
        live.clear();
    }

    private void add(UUID record) {
        Dot dot = new Dot(new Author(new UUID(-5, sequence % 3)), ++sequence);
        dots.add(dot, Models.TAG, record, CONTENT);
        live.computeIfAbsent(record, _ -> new ArrayList<>()).add(new Known(dot, DotHash.of(record, dot)));
    }

    private void remove(UUID record, int place) {
        List<Known> names = live.get(record);
        dots.remove(record, names.remove(place).dot);
        if (names.isEmpty()) {
            live.remove(record);
        }
    }

    /// In one of a few clusters, on both sides of where a signed order would begin, so that intervals grow and are cut.
    private static UUID record(Random random) {
        return record(random, random.nextInt(TOPS.length));
    }

    private static UUID record(Random random, int cluster) {
        return new UUID(TOPS[cluster], random.nextBoolean() ? random.nextLong() : random.nextInt(400));
    }

    private void step(Random random) {
        boolean gathers = random.nextInt(4) == 0;
        if (gathers) {
            dots.gather();
        }
        int changes = 1 << random.nextInt(12);
        int cluster = random.nextInt(TOPS.length);
        boolean grows = random.nextInt(3) > 0;
        for (int i = 0; i < changes; i++) {
            UUID near = live.isEmpty() ? record(random) : live.ceilingKey(record(random, cluster));
            if (grows || near == null) {
                UUID record = random.nextInt(4) == 0 && near != null && live.containsKey(near)
                        && live.get(near).size() < 3 ? near : record(random, cluster);
                if (!live.containsKey(record) || live.get(record).size() < 3) {
                    add(record);
                }
            } else if (live.containsKey(near)) {
                remove(near, random.nextInt(live.get(near).size()));
            }
        }
        if (gathers) {
            dots.write();
        }
    }

    /// From a record that is there, beside one, or anywhere.
    private UUID bound(Random random) {
        UUID any = record(random);
        UUID there = live.ceilingKey(any);
        return switch (random.nextInt(3)) {
            case 0 -> there == null ? any : there;
            case 1 -> there == null ? any : new UUID(there.getMostSignificantBits(),
                    there.getLeastSignificantBits() + 1);
            default -> any;
        };
    }

    private RecordRange range(Random random) {
        UUID one = random.nextInt(4) == 0 ? RecordRange.FIRST : bound(random);
        UUID other = bound(random);
        int order = RecordRange.ORDER.compare(one, other);
        return random.nextInt(4) == 0 || order == 0 ? new RecordRange(one, Optional.empty())
                : order < 0 ? new RecordRange(one, Optional.of(other)) : new RecordRange(other, Optional.of(one));
    }

    private NavigableMap<UUID, List<Known>> naive(RecordRange range) {
        return range.to().isEmpty() ? live.tailMap(range.from(), true)
                : live.subMap(range.from(), true, range.to().get(), false);
    }

    private Fingerprint naiveSum(RecordRange range) {
        Fingerprint sum = Fingerprint.NONE;
        for (List<Known> record : naive(range).values()) {
            for (Known name : record) {
                sum = sum.plus(name.hash);
            }
        }
        return sum;
    }

    private static List<RecordRange> parts(RecordRange range, List<UUID> bounds) {
        var parts = new ArrayList<RecordRange>();
        UUID from = range.from();
        for (UUID bound : bounds) {
            parts.add(new RecordRange(from, Optional.of(bound))); // which throws when they do not ascend
            from = bound;
        }
        parts.add(new RecordRange(from, range.to()));
        return parts;
    }

    private void assertCut(String run, RecordRange range, int parts) {
        RangeSums sums = dots.views().sums();
        List<UUID> bounds = sums.bounds(range, parts);
        assertThat(bounds).as(run).hasSizeLessThan(parts).allMatch(range::contains).doesNotContain(range.from());
        Fingerprint sum = Fingerprint.NONE;
        for (RecordRange part : parts(range, bounds)) {
            assertThat(sums.sum(part)).as("%s %s", run, part).isEqualTo(naiveSum(part));
            sum = sum.plus(sums.sum(part));
        }
        assertThat(sum).as("%s %s in parts", run, range).isEqualTo(naiveSum(range));
        boolean isOne = naive(range).tailMap(range.from(), false).isEmpty();
        assertThat(isOne || !bounds.isEmpty()).as("%s %s is cut if it can be", run, range).isTrue(); // or between none
    }

    @Test
    void sumsAndBoundsAreThoseOfANaiveRuleWhateverComesAndGoes() {
        System.out.println("range sums -Dholdfast.seed=" + FIRST);
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            Random random = new Random(seed);
            forget();
            for (int step = 0; step < STEPS; step++) {
                step(random);
                String run = "-Dholdfast.seed=" + seed + " step " + step;
                for (int look = 0; look < 5; look++) {
                    RecordRange range = range(random);
                    assertThat(dots.views().sum(range)).as("%s %s", run, range).isEqualTo(naiveSum(range));
                    assertCut(run, range, 2 + random.nextInt(15));
                }
            }
        }
    }

    /// At most so many as were asked for; one less where intervals do not come out even.
    @Test
    void partsOfWhatWasJustReadAreAboutTheSameSize() {
        System.out.println("range sums -Dholdfast.seed=" + FIRST);
        Random random = new Random(FIRST);
        dots.gather();
        for (int i = 0; i < 30_000; i++) {
            add(new UUID(random.nextLong(), random.nextLong()));
        }
        dots.write();
        dots.views().forget();

        for (int parts : new int[] {2, 3, 16}) {
            List<RecordRange> cut = parts(RecordRange.ALL, dots.views().sums().bounds(RecordRange.ALL, parts));

            assertThat(cut).hasSizeBetween(Math.max(2, parts - 1), parts).allMatch(part -> naiveSum(part).count()
                    <= 30_000 / parts + 2 * DOTS_PER_INTERVAL, "-Dholdfast.seed=" + FIRST);
        }
    }

    @Test
    void aRangeOfFewRecordsIsCutBetweenThem() {
        for (int i = 1; i <= 100; i++) {
            add(new UUID(i, 0));
        }

        List<UUID> bounds = dots.views().sums().bounds(new RecordRange(new UUID(1, 0), Optional.empty()), 10);

        assertThat(bounds).extracting(UUID::getMostSignificantBits)
                .containsExactly(11L, 21L, 31L, 41L, 51L, 61L, 71L, 81L, 91L);
    }
}

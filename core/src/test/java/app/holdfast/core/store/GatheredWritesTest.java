package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Models;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a command about many records writes goes in together (ADR 238).
class GatheredWritesTest {

    private static final DeviceId DEVICE = new DeviceId("11".repeat(32));
    private static final TagId TAG = new TagId(new UUID(1, 1));
    private static final int STEPS = 6_000;

    @TempDir
    private Path folder;

    /// What a job leaves, in the tables and for others.
    private record Left(LibraryHash hash, List<EncodedGroup> groups, long assignments, long collections) {}

    private Left after(String name, Job<Boolean> job) throws Exception {
        Random random = new Random(1);
        Path data = Files.createDirectory(folder.resolve(name));
        Surroundings around = new Surroundings(() -> 1_000_000, random::nextLong, Thread::new, data.resolve("memory"),
                new FakeSigning(DEVICE));
        LibraryStore.create(data, DEVICE, "laptop", around);
        try (LibraryStore store = LibraryStore.open(data, around, _ -> { })) {
            var groups = new ArrayList<EncodedGroup>();
            store.writer().submit(job).get();
            store.writer().submit(tx -> {
                job.run(tx);
                tx.shared().finish();
                groups.addAll(tx.toLog());
                return true;
            }).get();
            LibraryHash hash = store.readers().ask(reader -> reader.hash()).get();
            return store.writer().submit(tx -> {
                assertThat(tx.doctoring().tried()).isEmpty();
                return new Left(hash, groups, count(tx, "assignment"), count(tx, "collection"));
            }).get();
        }
    }

    private static long count(Transaction tx, String table) {
        return tx.state().prepared().first("select count(*) from " + table, row -> row.getLong(1)).orElseThrow();
    }

    @Test
    void itIsWhatTheSameWritesOneByOneWouldBe() throws Exception {
        long seed = Long.getLong("holdfast.seed", System.nanoTime());
        System.out.println("gathered writes -Dholdfast.seed=" + seed);

        Left oneByOne = after("one by one", tx -> write(tx, new Random(seed)));
        Left gathered = after("gathered", tx -> {
            tx.shared().gather();
            return write(tx, new Random(seed));
        });

        assertThat(gathered).isEqualTo(oneByOne);
        assertThat(gathered.groups).hasSizeGreaterThan(1);
        assertThat(gathered.assignments).isPositive();
    }

    /// Some records come up again and again, and go again.
    private static boolean write(Transaction tx, Random random) {
        tx.shared().edit(Models.TAG, TAG.value(), Map.of(Models.NAME, new Value.Text("Trips")));
        for (int i = 0; i < STEPS; i++) {
            UUID id = new UUID(2, random.nextInt(500));
            switch (random.nextInt(5)) {
                case 0, 1 -> tx.tags().assign(TAG, new EntryId(id));
                case 2 -> tx.tags().assignAnew(TAG, new EntryId(id));
                case 3 -> tx.tags().unassign(TAG, new EntryId(id));
                default -> tx.shared().edit(Models.COLLECTION, id, Map.of(Models.NAME, new Value.Text("name " + i)));
            }
        }
        return true;
    }

    @Test
    void aFileThatIsNamedTwiceGetsItsTagOnce() throws Exception {
        List<EntryId> entries = IntStream.range(0, 100).mapToObj(i -> new EntryId(new UUID(2, i % 50))).toList();

        Left left = after("twice", tx -> {
            tx.shared().gather();
            tx.tags().write(TAG, Map.of(Models.NAME, new Value.Text("Trips")));
            entries.forEach(entry -> tx.tags().assign(TAG, entry));
            return true;
        });

        assertThat(left.assignments).isEqualTo(50);
        assertThat(left.groups.getFirst().group().events()).hasSize(1); // the second time: the tag alone
    }
}

package app.holdfast.core.store;

import static app.holdfast.core.store.OneLocation.HERE;
import static app.holdfast.core.store.OneLocation.LOCATION;
import static app.holdfast.core.store.OneLocation.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.SearchParser;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.EntryKind;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names of entries that went leave the search index behind that (ADR 255): a search is right before, between and
/// after.
class RemovedNamesTest {

    private static final long SEED = Long.getLong("seed", 255);
    private static final int MANY = 4_000;

    @TempDir
    private Path data;
    private LibraryStore store;
    private long openings = SEED;

    @BeforeEach
    void open() throws Exception {
        store = OneLocation.open(data);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() throws Exception {
        store.close();
        Random random = new Random(openings++);
        store = LibraryStore.open(data, new Surroundings(() -> 9_000_000, random::nextLong, Thread::new,
                data.resolve("memory"), new FakeSigning(OneLocation.DEVICE)), _ -> { });
    }

    private <T> T write(Job<T> job) throws Exception {
        return store.writer().submit(job).get();
    }

    private void add(String before, int from, int count) throws Exception {
        List<FoundEntry> files = IntStream.range(from, from + count).mapToObj(number ->
                new FoundEntry(before + " " + number, null, EntryKind.FILE, 1, 5, number + 1, null)).toList();
        ScanRows rows = new ScanRows(LOCATION);
        write(tx -> tx.entries().merge(rows, tx.pen(VOLUME.value()),
                List.of(new FolderPart(ScannedFolder.top(), files, FolderPart.End.BROKEN_OFF))));
    }

    private int remove(String condition) throws Exception {
        return write(tx -> tx.sql().execute("delete from entry where " + condition));
    }

    private void cover() throws Exception {
        boolean more = true;
        while (more) {
            more = write(tx -> tx.search().cover(1_000));
        }
    }

    private List<String> found(String part) throws Exception {
        SearchQuery query = SearchParser.parse(part, ZoneOffset.UTC);
        return store.readers().ask(reader -> reader.entries().rows(reader.entries()
                .keys(new EntryScope.Query(query), EntrySort.BY_NAME, HERE).from(0, 1_000), HERE)).get()
                .stream().map(row -> row.name()).toList();
    }

    private List<String> foundFirst(String part) throws Exception {
        SearchQuery query = SearchParser.parse(part, ZoneOffset.UTC);
        return store.readers().ask(reader -> reader.entries().rows(reader.entries()
                .first(query, EntrySort.BY_NAME, 1_000, HERE).keys().from(0, 1_000), HERE)).get()
                .stream().map(row -> row.name()).toList();
    }

    private long count(String query) throws Exception {
        return write(tx -> tx.sql().fetchSingle(query).get(0, Long.class));
    }

    @Test
    void aNameThatWentIsNotFoundUnderTheKeyThatAnotherGot() throws Exception {
        add("meadow", 0, 3);
        cover();
        long freed = count("select max(key) from entry");
        remove("key = " + freed);
        add("forest", 3, 1);
        assertThat(count("select key from entry where name = 'forest 3'")).isEqualTo(freed);

        assertThat(found("meadow")).containsExactly("meadow 0", "meadow 1");
        assertThat(foundFirst("meadow")).containsExactly("meadow 0", "meadow 1");
        assertThat(found("forest")).containsExactly("forest 3");
        cover();
        assertThat(found("meadow")).containsExactly("meadow 0", "meadow 1");
        assertThat(foundFirst("meadow")).containsExactly("meadow 0", "meadow 1");
        assertThat(found("forest")).containsExactly("forest 3");
        assertThat(foundFirst("forest")).containsExactly("forest 3");
    }

    @Test
    void whatIsFoundIsWhatIsThereWheneverNamesComeAndGo() throws Exception {
        System.out.println("RemovedNamesTest seed " + SEED);
        Random random = new Random(SEED);
        String[] words = {"meadow", "forest", "river"};
        int number = 0;
        for (int round = 0; round < 60; round++) {
            long greatest = count("select coalesce(max(key), 0) from entry");
            switch (random.nextInt(4)) {
                case 0 -> remove("key > " + (greatest - random.nextInt(20)));
                case 1 -> remove("key % 5 = " + random.nextInt(5));
                case 2 -> write(tx -> tx.sql().execute("update entry set name = 'river ' || key where key % 7 = "
                        + random.nextInt(7)));
                default -> { }
            }
            add(words[random.nextInt(words.length)], number, 1 + random.nextInt(20));
            number += 20;
            if (random.nextInt(3) > 0) {
                write(tx -> tx.search().cover(1 + random.nextInt(25)));
            }
            if (random.nextInt(10) == 0) {
                reopen();
            }
            for (String word : words) {
                var expected = write(tx -> new TreeSet<>(tx.sql().fetch("select name from entry where name glob '*"
                        + word + "*'").map(row -> row.get(0, String.class))));
                assertThat(new TreeSet<>(found(word))).as("round %d, %s", round, word).isEqualTo(expected);
                assertThat(new TreeSet<>(foundFirst(word))).as("first of round %d, %s", round, word)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aRemovalLeavesTheIndexAsItWas() throws Exception {
        add("meadow", 0, MANY);
        cover();
        long before = count("select count(*) from entry_fts_docsize");

        assertThat(remove("key % 2 = 0")).isPositive();

        assertThat(count("select count(*) from entry_fts_docsize")).isEqualTo(before);
        cover();
        assertThat(count("select count(*) from entry_fts_docsize")).isEqualTo(count("select count(*) from entry"));
    }

    @Test
    void theIndexIsWrittenAnewWhenMuchOfItHasGoneAlsoByWhoComesAfterAStop() throws Exception {
        add("meadow", 0, MANY);
        add("forest", MANY, 3);
        cover();
        long before = count("select sum(length(block)) from entry_fts_data");
        remove("name like 'meadow%'");
        boolean more = true;
        while (more && count("select compacting from search_state") == 0) {
            more = write(tx -> tx.search().cover(1_000));
        }
        assertThat(more).isTrue();
        reopen();

        assertThat(foundFirst("for")).containsExactly("forest 4000", "forest 4001", "forest 4002");
        cover();

        assertThat(count("select compacting from search_state")).isZero();
        assertThat(count("select sum(length(block)) from entry_fts_data")).isLessThan(before / 20);
        assertThat(found("forest")).hasSize(3);
        assertThat(found("meadow")).isEmpty();
    }

    /// SQLite's check goes by what its connection knows of the index.
    @Test
    void theDoctorIsContentOnAConnectionThatLookedBeforeTheIndexWasWrittenAnew() throws Exception {
        add("meadow", 0, MANY);
        cover();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("database.db"))) {
            var sql = DSL.using(connection, SQLDialect.SQLITE);
            assertThat(sql.fetch("select rowid from entry_fts where entry_fts match '\"mea\"'")).hasSize(MANY);
            remove("key % 4 > 0");
            cover();

            assertThat(new CatalogueCheck(sql).findings(9_000_000)).isEmpty();
        }
    }
}

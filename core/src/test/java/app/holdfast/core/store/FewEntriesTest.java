package app.holdfast.core.store;

import static app.holdfast.core.store.OneLocation.HERE;
import static app.holdfast.core.store.OneLocation.LOCATION;
import static app.holdfast.core.store.OneLocation.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.FirstKeys;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SearchQuery.Term;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a name and a tag or copies leave together is found soon, and is what a look at every row finds, in its order:
/// whether the index of names is asked or each row looked at, and whatever happened to the names meanwhile.
class FewEntriesTest {

    private static final long SEED = Long.getLong("seed", 226);
    private static final TagId TAG = new TagId(new UUID(7, 7));
    private static final EntrySort LARGEST_FIRST = new EntrySort(EntrySort.Column.SIZE, false);
    private static final SearchQuery.Test TAGGED = new SearchQuery.Test.Tagged(List.of("Trips"));
    private static final SearchQuery.Test DUPLICATE = new SearchQuery.Test.Is(SearchQuery.State.DUPLICATE);
    private static final SearchQuery.Test PAIR = new SearchQuery.Test.Copies(2, 2);
    private static final String[] LETTERS = {"a", "b", "B", "é", "É", "東", "京", " ", ".", "1", "a", "b"};
    private static final int NAMES = 4_000;
    private static final int FOUND_MAX = 1_000;

    private final SplittableRandom random = new SplittableRandom(SEED);
    @TempDir
    private Path data;
    private LibraryStore store;

    private record Known(String name, boolean isTagged, String content) {}

    @BeforeEach
    void open() throws Exception {
        System.out.println("FewEntriesTest seed " + SEED);
        store = OneLocation.open(data);
        store.writer().submit(tx -> {
            tx.tags().write(TAG, Map.of(Models.NAME, new Value.Text("Trips")));
            return true;
        }).get();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String word(int most) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            word.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return word.toString();
    }

    private void scan(int names) throws Exception {
        Map<String, FoundEntry> files = new HashMap<>();
        while (files.size() < names) {
            String name = random.nextInt(4) == 0 ? "a" + word(9) : word(9);
            files.put(name, new FoundEntry(name, null, EntryKind.FILE, random.nextInt(50), 5,
                    random.nextInt() | 1, null));
        }
        ScanRows rows = new ScanRows(LOCATION);
        store.writer().submit(tx -> tx.entries().merge(rows, tx.pen(VOLUME.value()), List.of(new FolderPart(
                ScannedFolder.top(), List.copyOf(files.values()), FolderPart.End.BROKEN_OFF)))).get();
    }

    private void run(String statement) throws Exception {
        store.writer().submit(tx -> tx.sql().execute(statement)).get();
    }

    /// Most names are in the index, some have changed since, some went, some came.
    private void fill(int oneInHasTheTag, int oneInHasContent) throws Exception {
        scan(NAMES);
        store.writer().submit(tx -> tx.search().cover(NAMES)).get();
        run("update entry set name = name || 'é1' where key % 13 = 0");
        run("update entry set name = substr(name, 2) || '~' where key % 17 = 0");
        run("delete from entry where key % 19 = 0");
        scan(NAMES / 8);
        run("insert into assignment select randomblob(16), (select id from tag), id from entry"
                + " where key * 7919 % 1009 % " + oneInHasTheTag + " = 0");
        run("insert into assignment select randomblob(16), (select id from tag), randomblob(16) from entry limit 200");
        run("update entry set content = unhex(printf('01%064x', key * 31 % 3001 / 2)) where key * 6007 % 1013 % "
                + oneInHasContent + " = 0");
        run("update entry set claim = null where key % 97 = 0");
    }

    private Map<Long, Known> known() throws Exception {
        return store.writer().submit(tx -> {
            Map<Long, Known> known = new HashMap<>();
            tx.sql().fetch("select key, name, exists (select 1 from assignment a where a.subject = e.id),"
                    + " coalesce(hex(content), '') from entry e").forEach(row -> known.put(
                    ((Number) row.get(0)).longValue(), new Known((String) row.get(1),
                    ((Number) row.get(2)).intValue() == 1, (String) row.get(3))));
            return known;
        }).get();
    }

    private static boolean fits(Known one, Term term, Map<String, Integer> copies) {
        boolean fits = switch (term.test()) {
            case SearchQuery.Test.Name(String part) ->
                    one.name.toUpperCase(Locale.ROOT).contains(part.toUpperCase(Locale.ROOT));
            case SearchQuery.Test.Tagged _ -> one.isTagged;
            case SearchQuery.Test.Is _ -> !one.content.isEmpty() && copies.getOrDefault(one.content, 0) > 1;
            case SearchQuery.Test.Copies _ -> !one.content.isEmpty() && copies.getOrDefault(one.content, 0) == 2;
            default -> throw new AssertionError(term);
        };
        return fits == term.wanted();
    }

    private void findsWhatALookAtEveryRowFinds() throws Exception {
        Map<Long, Known> known = known();
        Map<String, Integer> copies = new HashMap<>();
        known.values().forEach(one -> copies.merge(one.content, 1, Integer::sum));
        List<List<SearchQuery.Test>> filters = List.of(List.of(TAGGED), List.of(DUPLICATE), List.of(PAIR),
                List.of(TAGGED, DUPLICATE));
        for (int round = 0; round < 160; round++) {
            EntrySort sort = random.nextBoolean() ? EntrySort.BY_NAME : LARGEST_FIRST;
            List<Term> terms = new ArrayList<>();
            terms.add(new Term(true, new SearchQuery.Test.Name(word(4))));
            filters.get(round % filters.size()).forEach(test -> terms.add(new Term(true, test)));
            if (random.nextInt(3) == 0) {
                terms.add(new Term(random.nextBoolean(), new SearchQuery.Test.Name(word(3))));
            }
            SearchQuery query = new SearchQuery(terms);
            long[] everyRow = store.readers().ask(reader -> reader.entries().keys(
                    new EntryScope.Query(new SearchQuery(List.of())), sort, HERE)).get().keys();
            long[] expected = Arrays.stream(everyRow).filter(key -> terms.stream()
                    .allMatch(term -> fits(known.get(key), term, copies))).toArray();

            FirstKeys first = store.readers().ask(reader -> reader.entries().first(query, sort, FOUND_MAX, HERE)).get();

            assertThat(first.all()).as("round %d, %s", round, terms).isEqualTo(expected.length < FOUND_MAX);
            Set<Long> found = new HashSet<>(first.keys().from(0, FOUND_MAX));
            assertThat(found).as("round %d, %s", round, terms).hasSize(Math.min(expected.length, FOUND_MAX));
            assertThat(first.keys().keys()).as("round %d, %s", round, terms)
                    .isEqualTo(Arrays.stream(expected).filter(found::contains).toArray());
        }
    }

    @Test
    void ofSomeHundredsEachIsLookedAt() throws Exception {
        fill(7, 9);

        findsWhatALookAtEveryRowFinds();
    }

    @Test
    void ofThousandsTheIndexTellsWhichNamesFit() throws Exception {
        fill(2, 1);

        findsWhatALookAtEveryRowFinds();
        store.writer().submit(tx -> tx.search().cover(2 * NAMES)).get();
        findsWhatALookAtEveryRowFinds();
    }
}

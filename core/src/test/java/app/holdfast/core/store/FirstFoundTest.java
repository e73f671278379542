package app.holdfast.core.store;

import static app.holdfast.core.store.OneLocation.HERE;
import static app.holdfast.core.store.OneLocation.LOCATION;
import static app.holdfast.core.store.OneLocation.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.FirstKeys;
import app.holdfast.core.api.SearchParser;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found soon, among more names than a sample has.
class FirstFoundTest {

    private static final EntrySort LARGEST_FIRST = new EntrySort(EntrySort.Column.SIZE, false);
    private static final int NAMES = 40_000;

    @TempDir
    private Path data;
    private LibraryStore store;

    @BeforeEach
    void open() throws Exception {
        store = OneLocation.open(data);
        scan(0, NAMES);
        store.writer().submit(tx -> tx.search().cover(NAMES)).get();
    }

    @AfterEach
    void close() {
        store.close();
    }

    /// Every name has an o; one in a thousand has `qx`, one in ten `Photo`.
    private static String name(int number) {
        return (number % 10 == 0 ? "Photo " : "note ") + (number % 1_000 == 7 ? "qx " : "") + number + ".jpg";
    }

    private void scan(int from, int to) throws Exception {
        List<FoundEntry> files = new ArrayList<>();
        for (int i = from; i < to; i++) {
            files.add(new FoundEntry(name(i), null, EntryKind.FILE, i, 5, i + 1, null));
        }
        ScanRows rows = new ScanRows(LOCATION);
        store.writer().submit(tx -> tx.entries().merge(rows, tx.pen(VOLUME.value()),
                List.of(new FolderPart(ScannedFolder.top(), files, FolderPart.End.BROKEN_OFF)))).get();
    }

    private FirstKeys first(String typed, EntrySort sort) throws Exception {
        SearchQuery query = SearchParser.parse(typed, ZoneOffset.UTC);
        return store.readers().ask(reader -> reader.entries().first(query, sort, 1_000, HERE)).get();
    }

    private List<EntryRow> rows(FirstKeys first) throws Exception {
        return store.readers().ask(reader -> reader.entries().rows(first.keys().from(0, 1_000), HERE)).get();
    }

    private long[] all(String typed) throws Exception {
        var scope = new EntryScope.Query(SearchParser.parse(typed, ZoneOffset.UTC));
        return store.readers().ask(reader -> reader.entries().keys(scope, LARGEST_FIRST, HERE)).get().keys();
    }

    @Test
    void aLetterOfMostNamesIsFoundEverywhereInPartAndInOrder() throws Exception {
        FirstKeys first = first("o", LARGEST_FIRST);

        List<EntryRow> rows = rows(first);
        assertThat(first.all()).isFalse();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(200).allMatch(row -> row.name().contains("o"));
        assertThat(rows).isSortedAccordingTo((a, b) -> Long.compare(b.size(), a.size()));
    }

    @Test
    void theSampleIsOfAllThatThereIs() throws Exception {
        List<Long> sizes = rows(first("photo", LARGEST_FIRST)).stream().map(EntryRow::size).toList();
        List<Long> letter = rows(first("p", LARGEST_FIRST)).stream().map(EntryRow::size).toList();

        assertThat(sizes).hasSize(1_000);
        assertThat(letter.getFirst()).isGreaterThan(NAMES * 9L / 10);
        assertThat(letter.getLast()).isLessThan(NAMES / 10L);
    }

    @Test
    void twoLettersThatFewHaveAreAllFound() throws Exception {
        FirstKeys first = first("QX", LARGEST_FIRST);

        assertThat(first.all()).isTrue();
        assertThat(first.keys().keys()).hasSize(NAMES / 1_000).isEqualTo(all("qx"));
    }

    @Test
    void threeLettersWithAFilterAreAllFoundAndInOrder() throws Exception {
        for (String typed : List.of("photo 12 kind:image", "note qx", "photo size:>39k", "-note qx", "zzz", "p qx")) {
            FirstKeys first = first(typed, LARGEST_FIRST);

            assertThat(first.all()).as(typed).isTrue();
            assertThat(first.keys().keys()).as(typed).isEqualTo(all(typed));
        }
    }

    @Test
    void whatTheIndexOfNamesDoesNotHoldYetIsFoundAsWell() throws Exception {
        scan(NAMES, NAMES + 2_000);

        assertThat(rows(first("qx 40007", LARGEST_FIRST))).extracting(EntryRow::name).containsExactly(name(40_007));
        assertThat(LongStream.of(first("qx", LARGEST_FIRST).keys().keys()).count()).isEqualTo(NAMES / 1_000 + 2);
    }

    private void tag(String name, int every) throws Exception {
        TagId tag = new TagId(new UUID(7, every));
        List<EntryRow> rows = new ArrayList<>();
        EntryKeys keys = store.readers().ask(reader -> reader.entries().keys(
                new EntryScope.Search("", List.of()), EntrySort.BY_NAME, HERE)).get();
        for (int from = 0; from < keys.count(); from += EntryQueries.ROWS_MAX) {
            List<Long> some = keys.from(from, EntryQueries.ROWS_MAX);
            rows.addAll(store.readers().ask(reader -> reader.entries().rows(some, HERE)).get());
        }
        store.writer().submit(tx -> {
            tx.tags().write(tag, Map.of(Models.NAME, new Value.Text(name)));
            for (EntryRow row : rows) {
                if (row.size() % every == 0) {
                    tx.tags().assign(tag, row.id());
                }
            }
            return true;
        }).get();
    }

    @Test
    void aUsualNameWithATagIsFoundWhetherFewOrManyHaveTheTag() throws Exception {
        tag("few", 800);
        tag("many", 2);

        FirstKeys few = first("photo tag:few", LARGEST_FIRST);
        List<EntryRow> many = rows(first("photo tag:many", LARGEST_FIRST));

        assertThat(few.all()).isTrue();
        assertThat(few.keys().keys()).hasSize(NAMES / 800).isEqualTo(all("photo tag:few"));
        assertThat(many).hasSize(1_000).allMatch(row -> row.tags().stream().anyMatch(tag -> tag.name().equals("many")));
    }
}

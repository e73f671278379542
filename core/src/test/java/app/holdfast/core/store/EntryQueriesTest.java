package app.holdfast.core.store;

import static app.holdfast.core.store.OneLocation.HERE;
import static app.holdfast.core.store.OneLocation.LOCATION;
import static app.holdfast.core.store.OneLocation.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryQueriesTest {

    private static final long MODIFIED_MILLIS = 1_762_000_000_123L;
    private static final long HUGE = 5_000_000_000_000L;

    @TempDir
    private Path data;

    private LibraryStore store;

    @BeforeEach
    void open() throws Exception {
        store = OneLocation.open(data);
        ScannedFolder below = ScannedFolder.below();
        FoundEntry folder = new FoundEntry("below", null, EntryKind.DIRECTORY, 0, MODIFIED_MILLIS, below);
        FoundEntry small = new FoundEntry("100%_sure", null, EntryKind.FILE, 1, 1, null);
        FoundEntry huge = new FoundEntry("Größe.iso", null, EntryKind.FILE, HUGE, MODIFIED_MILLIS, null);
        FoundEntry raw = new FoundEntry("\uFFFD", new byte[] {(byte) 0xff}, EntryKind.FILE, 2, 2, null);
        store.writer().submit(tx -> tx.entries().merge(new ScanRows(LOCATION), tx.pen(VOLUME.value()), List.of(
                new FolderPart(ScannedFolder.top(), List.of(small, folder), FolderPart.End.COMPLETE),
                new FolderPart(below, List.of(huge, raw), FolderPart.End.COMPLETE)))).get();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private <T> T ask(Function<EntryQueries, T> question) throws Exception {
        return store.readers().ask(reader -> question.apply(reader.entries())).get();
    }

    private List<EntryRow> search(String text) throws Exception {
        return ask(entries -> entries.rows(entries.keys(new EntryScope.Search(text, List.of()), EntrySort.BY_NAME, HERE)
                .from(0, 100), HERE));
    }

    @Test
    void aRowSaysWhatIsOnTheDisk() throws Exception {
        EntryRow row = search("größe").getFirst();

        assertThat(row.size()).isEqualTo(HUGE);
        assertThat(row.modified()).isEqualTo(Instant.ofEpochMilli(MODIFIED_MILLIS));
        assertThat(row.path()).isEqualTo("below/Größe.iso");
        assertThat(row.holder().here()).isTrue();
    }

    @Test
    void signsOfThePatternLanguageStandForThemselves() throws Exception {
        assertThat(search("0%_s")).extracting(EntryRow::name).containsExactly("100%_sure");
        assertThat(search("1_0")).isEmpty();
    }

    @Test
    void foldersComeFirstAndSizesAddUp() throws Exception {
        EntryKeys keys = ask(entries -> entries.keys(new EntryScope.Search("", List.of()),
                new EntrySort(EntrySort.Column.SIZE, false), HERE));

        List<EntryRow> rows = ask(entries -> entries.rows(keys.from(0, 10), HERE));

        assertThat(rows).extracting(EntryRow::name).containsExactly("below", "Größe.iso", "\uFFFD", "100%_sure");
        assertThat(keys.bytes()).isEqualTo(HUGE + 3);
    }

    @Test
    void namesStandWherePeopleLookForThem() throws Exception {
        List<FoundEntry> found = Stream.of("Zebra", "Ärger", "img 10", "IMG 9", "arm").map(name ->
                new FoundEntry(name, null, EntryKind.FILE, 1, 1, null)).toList();
        store.writer().submit(tx -> tx.entries().merge(new ScanRows(LOCATION), tx.pen(VOLUME.value()), List.of(
                new FolderPart(ScannedFolder.top(), found, FolderPart.End.BROKEN_OFF)))).get();

        assertThat(inFolder(EntrySort.BY_NAME)).containsExactly("below", "100%_sure", "Ärger", "arm", "IMG 9", "img 10",
                "Zebra");
        assertThat(inFolder(new EntrySort(EntrySort.Column.NAME, false))).containsExactly("below", "Zebra", "img 10",
                "IMG 9", "arm", "Ärger", "100%_sure");
    }

    private List<String> inFolder(EntrySort sort) throws Exception {
        EntryKeys keys = ask(entries -> entries.keys(new EntryScope.Folder(LOCATION, Optional.empty()), sort, HERE));
        return ask(entries -> entries.rows(keys.from(0, 10), HERE).stream().map(EntryRow::name).toList());
    }

    @Test
    void aNameThatIsNoTextIsFoundByItsBytes() throws Exception {
        byte[] below = "below".getBytes();
        byte[] noText = {(byte) 0xff};

        Optional<EntryRow> row = ask(entries -> entries.below(LOCATION, List.of(below, noText), HERE));

        assertThat(row).map(EntryRow::size).contains(2L);
        Optional<EntryRow> nothing = ask(entries -> entries.below(LOCATION, List.of(below, below), HERE));
        assertThat(nothing).isEmpty();
    }

    @Test
    void aTagShowsWhatIsTaggedWithOneBelowIt() throws Exception {
        TagId parent = new TagId(new UUID(7, 1));
        TagId child = new TagId(new UUID(7, 2));
        EntryRow file = search("100").getFirst();
        store.writer().submit(tx -> {
            tx.tags().write(parent, Map.of(Models.NAME, new Value.Text("Clients")));
            tx.tags().write(child, Map.of(Models.NAME, new Value.Text("Nordlicht"),
                    Models.PARENT, new Value.Ref(parent.value())));
            tx.tags().assign(child, file.id());
            return true;
        }).get();

        EntryKeys keys = ask(entries -> entries.keys(new EntryScope.Tagged(parent), EntrySort.BY_NAME, HERE));

        assertThat(keys.count()).isEqualTo(1);
        assertThat(search("100").getFirst().tags()).extracting(EntryRow.Tag::name).containsExactly("Nordlicht");
    }
}

package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.SearchParser;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.Models;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names are found by any part of them, before the index has come to them, after it has, and when they changed since.
class SearchIndexTest {

    private static final long SEED = Long.getLong("seed", 131);
    private static final DeviceId DEVICE = new DeviceId("33".repeat(32));
    private static final VolumeId VOLUME = new VolumeId(new UUID(1, 1));
    private static final LocationId LOCATION = new LocationId(new UUID(2, 2));
    private static final Presence HERE = new Presence(DEVICE, Set.of(), Set.of());

    @TempDir
    private Path data;
    private LibraryStore store;

    @BeforeEach
    void open() throws Exception {
        LibraryStore.create(data, DEVICE, "laptop", around());
        store = LibraryStore.open(data, around(), _ -> { });
        write(tx -> {
            tx.own().addVolume(VOLUME, new OwnRecords.VolumeFacts("Backup 2", "ext4", "", 0, "here"));
            tx.own().addLocation(LOCATION, VOLUME, "things", new byte[0]);
            return true;
        });
    }

    private Surroundings around() {
        return new Surroundings(() -> 9_000_000, new Random(9)::nextLong, Thread::new, data.resolve("memory"),
                new FakeSigning(DEVICE));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private <T> T write(Job<T> job) throws Exception {
        return store.writer().submit(job).get();
    }

    private void scan(FolderPart... parts) throws Exception {
        ScanRows rows = new ScanRows(LOCATION);
        write(tx -> tx.entries().merge(rows, tx.pen(VOLUME.value()), List.of(parts)));
        write(tx -> tx.entries().settle(rows, tx.pen(VOLUME.value()), 1_000));
    }

    private void scan(String... names) throws Exception {
        scan(new FolderPart(ScannedFolder.top(), files(names), FolderPart.End.COMPLETE));
    }

    private static List<FoundEntry> files(String... names) {
        List<FoundEntry> files = new ArrayList<>();
        for (String name : names) {
            files.add(new FoundEntry(name, null, EntryKind.FILE, name.length(), 5, name.hashCode() | 1, null));
        }
        return files;
    }

    private void cover() throws Exception {
        boolean more = true;
        while (more) {
            more = write(tx -> tx.search().cover(7));
        }
    }

    private List<EntryRow> rows(String query) throws Exception {
        var scope = new EntryScope.Query(SearchParser.parse(query, ZoneOffset.UTC));
        return store.readers().ask(reader -> reader.entries().rows(reader.entries()
                .keys(scope, EntrySort.BY_NAME, HERE).from(0, 1_000), HERE)).get();
    }

    private List<String> found(String query) throws Exception {
        return rows(query).stream().map(EntryRow::name).toList();
    }

    private boolean isDue() throws Exception {
        return write(tx -> tx.sql().fetchSingle("select (select max(key) from entry) > covered"
                + " or exists (select 1 from search_stale) from search_state").get(0).equals(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anyPartOfANameFindsIt(boolean covered) throws Exception {
        scan("100%_sure.txt", "Größe.iso", "東京タワー.jpg", "a", "it's \"x\" (AND) b*.md", "smile😀.png", "Beach Day.jpg");
        if (covered) {
            cover();
        }

        assertThat(isDue()).isNotEqualTo(covered);
        assertThat(found("東京")).containsExactly("東京タワー.jpg");
        assertThat(found("京")).containsExactly("東京タワー.jpg");
        assertThat(found("ワー.")).containsExactly("東京タワー.jpg");
        assertThat(found("GRÖ")).containsExactly("Größe.iso");
        assertThat(found("0%_s")).containsExactly("100%_sure.txt");
        assertThat(found("1_0")).isEmpty();
        assertThat(found("😀")).containsExactly("smile😀.png");
        assertThat(found("\"ch da\"")).containsExactly("Beach Day.jpg");
        assertThat(found("(AND) *")).containsExactly("it's \"x\" (AND) b*.md");
        assertThat(found("'s")).containsExactly("it's \"x\" (AND) b*.md");
        assertThat(found("jpg -beach")).containsExactly("東京タワー.jpg");
        assertThat(found("g")).hasSize(5 - 1);
        assertThat(found("x".repeat(9_000))).isEmpty();
        assertThat(found("")).hasSize(7);
    }

    @Test
    void namesAreFoundWhateverHappenedSinceTheyWereIndexed() throws Exception {
        System.out.println("SearchIndexTest seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        String[] letters = {"a", "b", "A", "é", "É", "東", "京", " ", ".", "-", "_", "1"};
        Set<String> names = new TreeSet<>();
        for (int round = 0; round < 25; round++) {
            for (int i = random.nextInt(8); i >= 0; i--) {
                StringBuilder name = new StringBuilder("n");
                for (int j = random.nextInt(6); j >= 0; j--) {
                    name.append(letters[random.nextInt(letters.length)]);
                }
                names.add(name.toString());
            }
            names.removeIf(_ -> random.nextInt(4) == 0);
            scan(names.toArray(String[]::new));
            if (random.nextBoolean()) {
                write(tx -> tx.search().cover(1 + random.nextInt(9)));
            }
            for (String part : new String[] {"a", "É", "東京", "b-", "n1", "na", "京", "a b", "1.", "."}) {
                Set<String> expected = new TreeSet<>(names);
                expected.removeIf(name -> !name.toUpperCase(Locale.ROOT).contains(part.toUpperCase(Locale.ROOT)));
                assertThat(new TreeSet<>(found("\"" + part + "\""))).as("round %d, %s", round, part)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aRenamedEntryIsFoundUnderItsNewNameOnly() throws Exception {
        scan("before");
        cover();
        EntryId id = rows("before").getFirst().id();
        write(tx -> tx.sql().execute("update entry set name = 'after'"));

        assertThat(found("before")).isEmpty();
        assertThat(rows("after").getFirst().id()).isEqualTo(id);
        cover();
        assertThat(found("before")).isEmpty();
        assertThat(found("after")).hasSize(1);
    }

    @Test
    void namesUnderKeysThatWereFreedWhileTheIndexWasBehindAreIndexed() throws Exception {
        scan("keep 1", "keep 2", "keep 3");
        cover();
        scan(Stream.concat(Stream.of("keep 1", "keep 2", "keep 3"), names("field ")).toArray(String[]::new));
        write(tx -> tx.search().cover(7));
        int gone = write(tx -> tx.sql().execute("delete from entry where name like 'field %'"));
        assertThat(gone).isEqualTo(20);

        scan(Stream.concat(Stream.of("keep 1", "keep 2", "keep 3"), names("meadow ")).toArray(String[]::new));

        assertThat(found("meadow")).hasSize(20);
        cover();
        assertThat(found("meadow")).hasSize(20);
        assertThat(found("field")).isEmpty();
    }

    private static Stream<String> names(String before) {
        return IntStream.rangeClosed(1, 20).mapToObj(number -> before + number);
    }

    @Test
    void aMissingOrDamagedIndexIsMadeAnew() throws Exception {
        scan("one", "two");
        cover();
        write(tx -> tx.sql().execute("drop table entry_fts"));
        store.close();

        store = LibraryStore.open(data, around(), _ -> { });
        assertThat(found("tw")).containsExactly("two");
        cover();
        write(tx -> tx.sql().execute("update entry_fts_data set block = x'ff00ff00ff00' where id > 10"));
        store.close();

        store = LibraryStore.open(data, around(), _ -> { });
        assertThat(found("one")).containsExactly("one");
        cover();
        assertThat(found("one")).containsExactly("one");
    }

    @Test
    void filtersAreAllToBeTrue() throws Exception {
        ScannedFolder trips = ScannedFolder.below();
        ScannedFolder iceland = ScannedFolder.below();
        scan(new FolderPart(ScannedFolder.top(), List.of(new FoundEntry("Trips 2024", null, EntryKind.DIRECTORY, 0, 5,
                        trips), new FoundEntry("beach.jpg", null, EntryKind.FILE, 2_000_000, 1_714_600_000_000L, null)),
                        FolderPart.End.COMPLETE),
                new FolderPart(trips, List.of(new FoundEntry("Iceland", null, EntryKind.DIRECTORY, 0, 5, iceland)),
                        FolderPart.End.COMPLETE),
                new FolderPart(iceland, List.of(new FoundEntry("geyser.JPG", null, EntryKind.FILE, 500,
                        1_717_200_000_000L, null),
                        new FoundEntry("beach.mp4", null, EntryKind.FILE, 90_000_000, 5, null)),
                        FolderPart.End.COMPLETE));
        TagId parent = new TagId(new UUID(7, 1));
        TagId child = new TagId(new UUID(7, 2));
        EntryRow geyser = rows("geyser").getFirst();
        write(tx -> {
            tx.tags().write(parent, Map.of(Models.NAME, new Value.Text("Travel")));
            tx.tags().write(child, Map.of(Models.NAME, new Value.Text("North"), Models.PARENT,
                    new Value.Ref(parent.value())));
            tx.tags().assign(child, geyser.id());
            return true;
        });

        assertThat(found("kind:image")).containsExactly("beach.jpg", "geyser.JPG");
        assertThat(found("ext:jpg size:>1M")).containsExactly("beach.jpg");
        assertThat(found("in:trips -kind:folder")).containsExactly("beach.mp4", "geyser.JPG");
        assertThat(found("trips/ice/beach")).containsExactly("beach.mp4");
        assertThat(found("beach -in:trips")).containsExactly("beach.jpg");
        assertThat(found("tag:travel")).containsExactly("geyser.JPG");
        assertThat(found("tag:TRAVEL/north kind:image")).containsExactly("geyser.JPG");
        assertThat(found("tag:north/travel")).isEmpty();
        assertThat(found("date:2024-05..2024-06")).containsExactly("beach.jpg", "geyser.JPG");
        assertThat(found("on:backup kind:video")).containsExactly("beach.mp4");
        assertThat(found("on:other")).isEmpty();
        assertThat(found("device:lap kind:folder")).containsExactly("Iceland", "Trips 2024");
        assertThat(found("is:online location:thi is:tagged")).containsExactly("geyser.JPG");
        assertThat(found("is:offline")).isEmpty();
        assertThat(found("rating:0 is:favorite")).isEmpty();
        assertThat(found("rating:0 -note:x kind:video")).containsExactly("beach.mp4");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theCaseOfNoScriptMatters(boolean covered) throws Exception {
        scan("Übung für ÄRZTE.TXT", "Ёлка [1]^*?.jpg", "plain");
        if (covered) {
            cover();
        }
        TagId tag = new TagId(new UUID(7, 1));
        TagId acdc = new TagId(new UUID(7, 2));
        EntryRow plain = rows("plain").getFirst();
        write(tx -> {
            tx.tags().write(tag, Map.of(Models.NAME, new Value.Text("Österreich ÜBER Alles")));
            tx.tags().write(acdc, Map.of(Models.NAME, new Value.Text("AC/DC"), Models.PARENT,
                    new Value.Ref(tag.value())));
            tx.tags().assign(acdc, plain.id());
            Model notes = tx.state().models().model(Models.METADATA);
            Value subject = new Value.Ref(plain.id().value());
            tx.records().put(notes, notes.naturalId(Map.of(Models.SUBJECT, subject)),
                    Map.of(Models.SUBJECT, subject, Models.NOTE, new Value.Text("Ärger [in] Ö-land, e\u0301te\u0301")));
            tx.own().addVolume(new VolumeId(new UUID(1, 2)), new OwnRecords.VolumeFacts("Öl", "ext4", "", 0, "here"));
            return true;
        });

        assertThat(found("\"übung FÜR ärzte\"")).containsExactly("Übung für ÄRZTE.TXT");
        assertThat(found("ext:txt")).containsExactly("Übung für ÄRZTE.TXT");
        assertThat(found("\"ёлКА [1]^*?\"")).containsExactly("Ёлка [1]^*?.jpg");
        assertThat(found("tag:\"österreich über alles\"")).containsExactly("plain");
        assertThat(found("tag:ac/dc")).containsExactly("plain");
        assertThat(found("tag:\"österreich über alles/ac/dc\"")).containsExactly("plain");
        assertThat(found("tag:dc")).isEmpty();
        assertThat(found("tag:\"?sterreich über alles\"")).isEmpty();
        assertThat(found("note:\"ärger [IN] ö-LAND\"")).containsExactly("plain");
        assertThat(found("note:ÉTÉ")).containsExactly("plain");
        assertThat(found("note:é" + "é".repeat(9_000))).isEmpty();
    }

    @Test
    void whateverIsAQueryIsAnswered() throws Exception {
        scan("a");
        cover();
        String[] parts = {"a", "-a", "a/a", "in:a", "tag:a", "tag:a/a", "only:a", "note:ä", "is:online", "copies:1",
            "kind:code", "date:2024", "size:<0", "-only:a", "date:9999", "date:0000", "rating:5"};
        for (String part : parts) {
            int most = part.contains("/") ? SearchQuery.TERMS_MAX / 2 : SearchQuery.TERMS_MAX;
            assertThat(found((part + " ").repeat(most))).as(part).isNotNull();
        }
        String path = "a/".repeat(SearchQuery.PATH_NAMES_MAX) + " ";
        assertThat(found(path.repeat(3))).isEmpty();
        assertThat(found(("tag:" + path).repeat(3))).isEmpty();
    }

    @Test
    void theFirstFoundAreInOrder() throws Exception {
        scan("c1", "a1", "b1");
        cover();

        List<EntryRow> first = store.readers().ask(reader -> {
            try {
                var queries = reader.entries();
                return queries.rows(queries.first(SearchParser.parse("1", ZoneOffset.UTC), EntrySort.BY_NAME, 2, HERE)
                        .keys().from(0, 2), HERE);
            } catch (app.holdfast.core.api.BadQuery e) {
                throw new IllegalStateException(e);
            }
        }).get();

        assertThat(first).extracting(EntryRow::name).containsExactly("a1", "b1");
    }
}

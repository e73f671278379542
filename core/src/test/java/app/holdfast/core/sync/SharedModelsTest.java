package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.Presence;
import app.holdfast.core.store.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Metadata, collections and tags on two devices that write without knowing of each other.
class SharedModelsTest {

    private static final VolumeId VOLUME = new VolumeId(new UUID(6, 6));
    private static final Model METADATA = ModelRegistry.CORE.model(Models.METADATA);
    private static final Model ITEM = ModelRegistry.CORE.model(Models.COLLECTION_ITEM);
    private static final Model COLLECTION = ModelRegistry.CORE.model(Models.COLLECTION);
    private static final UUID FILE = new UUID(4, 4);
    private static final UUID HOLIDAYS = new UUID(5, 5);
    private static final TagId TRIPS = new TagId(new UUID(7, 1));
    private static final TagId TRAVELS = new TagId(new UUID(7, 2));
    private static final EntryId BEACH = new EntryId(new UUID(8, 1));
    private static final EntryId DUNE = new EntryId(new UUID(8, 2));

    @TempDir
    private Path folder;

    private TestDevice laptop;
    private TestDevice desktop;

    @BeforeEach
    void pair() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        TestDevice.pair(laptop, desktop);
    }

    @AfterEach
    void close() {
        laptop.close();
        desktop.close();
    }

    private void talk() throws Exception {
        TestDevice.talk(laptop, desktop);
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    private static void note(TestDevice device, UUID subject, String field, Value value) throws Exception {
        var fields = new HashMap<>(Map.of(Models.SUBJECT, new Value.Ref(subject), field, value));
        device.run(tx -> {
            tx.records().put(METADATA, METADATA.naturalId(fields), fields);
            return true;
        });
    }

    private static void tags(TestDevice device, Consumer<Transaction> change) throws Exception {
        device.run(tx -> {
            change.accept(tx);
            return true;
        });
    }

    private static List<EntryId> assigned(TestDevice device, TagId tag) throws Exception {
        return device.run(tx -> tx.tags().assigned(tag));
    }

    private static List<UUID> names(TestDevice device) throws Exception {
        return device.run(tx -> tx.tags().tree().stream().map(TagRow::id).map(TagId::value).toList());
    }

    @Test
    void devicesThatNoteSomethingOfOneFileMeetOnOneRecord() throws Exception {
        note(laptop, FILE, Models.NOTE, new Value.Text("sand"));
        note(desktop, FILE, Models.RATING, new Value.Whole(4));

        talk();

        assertThat(laptop.hash().rows()).containsEntry(Models.METADATA, 2L);
        var view = desktop.run(tx -> tx.records().find(METADATA,
                METADATA.naturalId(Map.of(Models.SUBJECT, new Value.Ref(FILE)))).orElseThrow());
        assertThat(view.value(Models.NOTE)).isEqualTo(new Value.Text("sand"));
        assertThat(view.value(Models.RATING)).isEqualTo(new Value.Whole(4));
        assertThat(view.fields().values()).extracting(Register::losers).allMatch(List::isEmpty);
    }

    @Test
    void whatIsNotedOfAFileThatIsNotHereIsKeptAndShownWhenItArrives() throws Exception {
        Path things = Files.createDirectories(folder.resolve("things"));
        Files.writeString(things.resolve("beach.txt"), "sand");
        LocationId location = laptop.addLocation(things, VOLUME);
        laptop.scan(location, VOLUME, things);
        note(laptop, laptop.entryIds(location).getFirst(), Models.CUSTOM + "camera", new Value.Text("Leica"));

        int messages = 1;
        while (!desktop.hash().rows().containsKey(Models.METADATA)) {
            TestDevice.talk(laptop, desktop, messages++);
        }

        assertThat(desktop.entries()).isZero();
        talk();
        EntryRow row = rows(desktop, location).getFirst();
        assertThat(row.noted().fields()).containsExactly(Map.entry("camera", "Leica"));
    }

    private static List<EntryRow> rows(TestDevice device, LocationId location) throws Exception {
        Presence presence = new Presence(device.id, Set.of(), Set.of());
        return device.store.readers().ask(reader -> reader.entries().rows(reader.entries().keys(
                new EntryScope.Folder(location, Optional.empty()), EntrySort.BY_NAME, presence).from(0, 10), presence))
                .get();
    }

    @Test
    void whoAddsToACollectionKeepsItAliveWhenAnotherDeletesIt() throws Exception {
        laptop.run(tx -> {
            tx.records().put(COLLECTION, HOLIDAYS, Map.of(Models.NAME, new Value.Text("Holidays")));
            put(tx, BEACH.value());
            return true;
        });
        talk();

        desktop.run(tx -> {
            tx.records().delete(COLLECTION, HOLIDAYS);
            return true;
        });
        laptop.run(tx -> {
            put(tx, DUNE.value());
            return true;
        });
        talk();

        List<CollectionRow> collections = desktop.run(tx -> tx.collections().all());
        assertThat(collections).extracting(CollectionRow::name).containsExactly("Holidays");
        assertThat(desktop.hash().rows()).containsEntry(Models.COLLECTION_ITEM, 1L);
    }

    private static void put(Transaction tx, UUID entry) {
        Map<String, Value> fields = Map.of(Models.COLLECTION_REF, new Value.Ref(HOLIDAYS),
                Models.SUBJECT, new Value.Ref(entry));
        tx.records().put(ITEM, ITEM.naturalId(fields), fields);
    }

    @Test
    void aDeletedCollectionTakesItsItemsAlong() throws Exception {
        laptop.run(tx -> {
            tx.records().put(COLLECTION, HOLIDAYS, Map.of(Models.NAME, new Value.Text("Holidays")));
            put(tx, BEACH.value());
            return true;
        });
        talk();

        desktop.run(tx -> {
            tx.records().delete(COLLECTION, HOLIDAYS);
            return true;
        });
        talk();

        assertThat(laptop.hash().rows()).doesNotContainKeys(Models.COLLECTION, Models.COLLECTION_ITEM);
    }

    /// Both tags and the beach with them: the second only if said so.
    private void twoTags(boolean beachHasBoth) throws Exception {
        tags(laptop, tx -> {
            tx.tags().write(TRIPS, Map.of(Models.NAME, new Value.Text("Trips")));
            tx.tags().write(TRAVELS, Map.of(Models.NAME, new Value.Text("Travels")));
            tx.tags().assign(TRIPS, BEACH);
            if (beachHasBoth) {
                tx.tags().assign(TRAVELS, BEACH);
            }
        });
        talk();
    }

    private static void move(TestDevice device, TagId tag, TagId below) throws Exception {
        tags(device, tx -> tx.tags().write(tag, Map.of(Models.PARENT, new Value.Ref(below.value()))));
    }

    @Test
    void tagsMovedBelowEachOtherStayATreeTheSameEverywhere() throws Exception {
        twoTags(false);

        move(laptop, TRIPS, TRAVELS);
        move(desktop, TRAVELS, TRIPS);
        talk();

        List<TagRow> tree = laptop.run(tx -> tx.tags().tree());
        List<TagRow> other = desktop.run(tx -> tx.tags().tree());
        assertThat(tree).isEqualTo(other).hasSize(2);
        assertThat(tree).extracting(TagRow::depth).containsExactly(0, 1);
    }

    private static void mergeTripsIntoTravels(Transaction tx) {
        tx.tags().assigned(TRIPS).forEach(entry -> tx.tags().assignAnew(TRAVELS, entry));
        tx.tags().delete(tx.tags().find(TRIPS).orElseThrow());
    }

    @Test
    void aMergedTagKeepsAFileThatTheOtherTookItOff() throws Exception {
        twoTags(true);

        tags(laptop, SharedModelsTest::mergeTripsIntoTravels);
        tags(desktop, tx -> tx.tags().unassign(TRAVELS, BEACH));
        talk();

        assertThat(assigned(desktop, TRAVELS)).containsExactly(BEACH);
    }

    @Test
    void aMergedTagLivesThoughTheOtherDeletedIt() throws Exception {
        twoTags(true);

        tags(laptop, SharedModelsTest::mergeTripsIntoTravels);
        tags(desktop, tx -> tx.tags().delete(tx.tags().find(TRAVELS).orElseThrow()));
        talk();

        assertThat(names(desktop)).containsExactly(TRAVELS.value());
        assertThat(assigned(desktop, TRAVELS)).containsExactly(BEACH);
    }

    @Test
    void aFileTaggedMeanwhileKeepsTheTagThatWasMerged() throws Exception {
        twoTags(false);

        tags(laptop, SharedModelsTest::mergeTripsIntoTravels);
        tags(desktop, tx -> tx.tags().assign(TRIPS, DUNE));
        talk();

        assertThat(assigned(laptop, TRAVELS)).containsExactly(BEACH);
        assertThat(assigned(laptop, TRIPS)).containsExactly(DUNE);
        assertThat(names(laptop)).containsExactlyInAnyOrder(TRIPS.value(), TRAVELS.value());
    }
}

package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Group;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Whole exchanges as a person sees them: what is asked of every program that keeps devices the same
/// (`docs/what-is-tested.md`), with equality where others allow a difference.
class ExchangeTest extends StreamFixture {

    private static final UUID HOLIDAYS = new UUID(8, 1);
    private static final TagId TRAVELS = new TagId(new UUID(9, 1));
    private static final TagId TRIPS = new TagId(new UUID(9, 2));
    private static final VolumeId OTHER_VOLUME = new VolumeId(new UUID(5, 6));

    @Test
    void afterAReconnectOnlyWhatWasMissedIsSent() throws Exception {
        laptop.editMany(0, 3);
        TestDevice.talk(laptop, tablet);
        TestDevice.talk(laptop, desktop);
        laptop.edit(TRIPS.value(), Models.NAME, "Trips");
        laptop.edit(TRAVELS.value(), Models.NAME, "Travels");

        StreamTalk talk = StreamTalk.between(laptop, desktop);

        assertThat(talk.said(SyncMessage.Groups.class).stream().flatMap(groups -> groups.groups().stream())
                .flatMap(group -> group.group().events().stream())).extracting(event -> event.record())
                .containsExactly(TRIPS.value(), TRAVELS.value());
        assertThat(talk.said(SyncMessage.Manifest.class)).isEmpty();
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.hash().rows()).containsEntry(Models.TAG, 5L);
    }

    @Test
    void twoDevicesThatIndexAtOnceHoldTheSame() throws Exception {
        Path music = Files.createDirectories(folder.resolve("music/songs"));
        for (int i = 0; i < 500; i++) {
            Files.writeString(music.resolve("song " + i), "la".repeat(i));
        }
        LocationId songs = desktop.addLocation(music.getParent(), OTHER_VOLUME);
        writeMany(500);

        scan(laptop);
        desktop.scan(songs, OTHER_VOLUME, music.getParent());
        TestDevice.talk(laptop, desktop);

        assertThat(laptop.hash()).isEqualTo(desktop.hash());
        assertThat(laptop.hash().rows()).containsEntry(Models.LOCATION, 3L).containsEntry(Models.VOLUME, 2L);
        assertThat(laptop.entries()).isEqualTo(1 + 500 + laptopsWith(500));
    }

    /// The laptop's entries: what the fixture has, and so many files more in folders of a hundred.
    private static long laptopsWith(int many) {
        return 7 + 1 + many / 100 + many;
    }

    @Test
    void filesOfACollectionAreTheSameFilesEverywhere() throws Exception {
        List<UUID> files = laptop.entryIds(location);
        laptop.run(tx -> {
            tx.records().put(ModelRegistry.CORE.model(Models.COLLECTION), HOLIDAYS,
                    Map.of(Models.NAME, new Value.Text("Holidays")));
            for (UUID file : files) {
                Map<String, Value> fields = Map.of(Models.COLLECTION_REF, new Value.Ref(HOLIDAYS), Models.SUBJECT,
                        new Value.Ref(file));
                tx.records().put(ModelRegistry.CORE.model(Models.COLLECTION_ITEM),
                        ModelRegistry.CORE.model(Models.COLLECTION_ITEM).naturalId(fields), fields);
            }
            return true;
        });

        TestDevice.talk(laptop, desktop);

        assertThat(desktop.entryIds(location)).isEqualTo(files).hasSize(2);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.hash().rows()).containsEntry(Models.COLLECTION_ITEM, 2L);
    }

    @Test
    void aTagBelowAnotherIsBelowItEverywhere() throws Exception {
        laptop.edit(TRAVELS.value(), Models.NAME, "Travels");
        laptop.run(tx -> {
            tx.tags().write(TRIPS, Map.of(Models.NAME, new Value.Text("Trips"), Models.PARENT,
                    new Value.Ref(TRAVELS.value())));
            return true;
        });

        TestDevice.talk(laptop, desktop);

        assertThat(desktop.<Boolean>run(tx -> tx.tags().find(TRIPS).orElseThrow().parent().orElseThrow()
                .equals(TRAVELS))).isTrue();
    }

    @Test
    void tenThousandChangesOfOneMillisecondAllArrive() throws Exception {
        int count = 0;
        while (count < 10_000) {
            int batch = Math.min(Group.EVENTS_MAX / 2, 10_000 - count);
            laptop.editMany(count, batch);
            count += batch;
        }

        TestDevice.talk(laptop, desktop);

        assertThat(desktop.hash().rows()).containsEntry(Models.TAG, 10_000L);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    @Test
    void aDriveThatComesBackIsItsFirstOwnersAgain() throws Exception {
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(laptop, tablet);
        claim(desktop);
        write("d/while it was with the desktop", "x");
        scan(desktop);
        TestDevice.talk(desktop, laptop);

        claim(laptop);
        write("d/back home", "x");
        scan(laptop);
        for (int round = 0; round < 2; round++) {
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(laptop, tablet);
        }

        assertThat(laptop.holding(VOLUME).claim().epoch()).isEqualTo(3);
        assertThat(laptop.entries()).isEqualTo(10);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(tablet.hash()).isEqualTo(laptop.hash());
    }

    @Test
    void whatIsNotedOfAFileThatHasNotArrivedOutlastsARestart() throws Exception {
        UUID file = laptop.entryIds(location).getFirst();
        laptop.edit(TRIPS.value(), Models.NAME, "Trips");
        laptop.run(tx -> {
            tx.tags().assign(TRIPS, new EntryId(file));
            return true;
        });
        TestDevice.talk(laptop, tablet, _ -> tablet.tag(TRIPS.value()).isPresent());
        long entriesBefore = tablet.entries();
        tablet.close();
        tablet = new TestDevice(folder.resolve("tablet"), 3);

        TestDevice.talk(laptop, tablet);

        assertThat(entriesBefore).isZero();
        assertThat(tablet.<Integer>run(tx -> tx.tags().assigned(TRIPS).size())).isEqualTo(1);
        assertThat(tablet.hash()).isEqualTo(laptop.hash());
    }
}

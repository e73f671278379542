package app.holdfast.desktop.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.desktop.collections.CollectionsModel;
import app.holdfast.desktop.library.NavRow.State;
import app.holdfast.desktop.locations.LocationsModel;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MemoryFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SidebarModelTest {

    private final Desk desk = new Desk();
    private final Maren maren = new Maren(desk.library);
    private final SidebarModel model = new SidebarModel(desk.live, desk.words);

    @BeforeEach
    void start() {
        model.start();
    }

    @Test
    void aFolderThatIsReadAgainShowsHowFarItIs() {
        NavRow projects = row(maren.projects.name());

        assertThat(projects.state()).isEqualTo(State.MOVING);
        assertThat(projects.trailing()).isEqualTo("62 %");
    }

    @Test
    void aFolderThatIsReadForTheFirstTimeShowsHowManyWereFound() {
        desk.library.change(_ -> desk.files.scanning(maren.projects, 90_000));

        assertThat(row(maren.projects.name()).trailing()).startsWith("90,000");
    }

    @Test
    void aFolderThatHasBeenReadShowsItsCount() {
        desk.library.change(_ -> desk.files.scanned(maren.projects));

        assertThat(row(maren.projects.name()).trailing()).isEqualTo("67,500");
        assertThat(row(maren.projects.name()).state()).isEqualTo(State.PLAIN);
    }

    @Test
    void aFolderOfADeviceThatIsAwayIsAwayAndSaysSo() {
        NavRow archive = row(maren.archive.name());

        assertThat(archive.state()).isEqualTo(State.AWAY);
        assertThat(archive.trailing()).isEmpty();
        assertThat(archive.spoken()).isEqualTo("Archive 2019–23, away, on old-thinkpad");
    }

    @Test
    void aLocationWhoseListIsNotKeptSaysSoAndCanBeKeptAgain() {
        LocationsModel locations = new LocationsModel(desk.live, desk.words, desk.toasts, desk::newId);

        locations.keep(maren.photos, false);
        NavRow without = row(maren.photos.name());
        desk.toasts.shown().getLast().action().orElseThrow().run().run();

        assertThat(without.state()).isEqualTo(State.LEFT_OUT);
        assertThat(without.trailing()).isEqualTo("not kept");
        assertThat(without.spoken()).isEqualTo("Photos, its list is not kept here, on studio-pc");
        assertThat(row(maren.photos.name()).trailing()).isEqualTo("312,904");
        assertThat(locations.foreign()).extracting(LocationRow::name).containsExactly("Archive 2019–23", "Music",
                "Photos");
    }

    @Test
    void locationsOfOneNameSayWhatTellsThemApart() {
        MemoryFiles files = desk.files;
        DeviceRow laptop = desk.library.ask(LibraryReader::devices).stream().filter(DeviceRow::self).findFirst()
                .orElseThrow();
        desk.library.change(library -> {
            VolumeRow original = library.drives.here(31, "Backup 2", laptop, "/media/maren/Backup 2", 0);
            VolumeRow copy = library.drives.here(32, "Backup 2 (2)", laptop, "/media/maren/Backup 21", 0);
            files.onDrive(MemoryFiles.locationId(31), "Photos", original, 7);
            files.onDrive(MemoryFiles.locationId(32), "Photos", copy, 7);
            files.location(MemoryFiles.locationId(33), "Documents", laptop, Optional.of(Path.of("/srv/Documents")));
        });

        assertThat(model.locations()).extracting(NavRow::name).containsExactlyInAnyOrder("Archive 2019–23",
                "Documents – maren", "Documents – srv", "Music", "Photos – Backup 2", "Photos – Backup 2 (2)",
                "Photos – studio-pc", "Projects");
        assertThat(row("Photos – Backup 2 (2)").spoken()).startsWith("Photos – Backup 2 (2), items: 7");
    }

    @Test
    void collectionsAreListedWithTheirCounts() {
        CollectionsModel collections = new CollectionsModel(desk.live, desk.words, desk.toasts, desk::newId);

        collections.createWith("For print", List.of(maren.waterfall));

        assertThat(model.collections()).singleElement().satisfies(row -> {
            assertThat(row.trailing()).isEqualTo("1");
            assertThat(row.spoken()).isEqualTo("Collection For print, 1 item");
        });
    }

    @Test
    void devicesSayWhenTheyWereSeenLastIfTheyAreAway() {
        assertThat(model.devices()).extracting(NavRow::name, NavRow::trailing).contains(
                tuple("maren-laptop", "this one"), tuple("studio-pc", ""), tuple("old-thinkpad", "3 Nov"));
    }

    @Test
    void onlyTagsOfTheTopLevelAreListedAndThenThePageOfAll() {
        assertThat(model.tags()).extracting(NavRow::name)
                .containsExactly("Clients", "Family", "Invoice", "Keep", "To review", "All tags");
    }

    @Test
    void placesAreNumberedFromTheTop() {
        assertThat(model.numbered(1)).contains(Place.ALL_FILES);
        assertThat(model.numbered(2)).contains(Place.location(maren.archive.id()));
        assertThat(model.numbered(0)).isEqualTo(Optional.empty());
    }

    private NavRow row(String name) {
        return model.locations().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }
}

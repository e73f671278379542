package app.holdfast.desktop.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.TagRow;
import app.holdfast.desktop.collections.CollectionsModel;
import app.holdfast.desktop.devices.DevicesModel;
import app.holdfast.desktop.devices.PairModel;
import app.holdfast.desktop.drives.DrivesModel;
import app.holdfast.desktop.library.InspectorModel.Facts;
import app.holdfast.desktop.locations.LocationsModel;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MemoryDevices;
import app.holdfast.desktop.notes.NotesModel;
import app.holdfast.desktop.search.SearchModel;
import app.holdfast.desktop.settings.SettingsModel;
import app.holdfast.desktop.settings.WindowChoices;
import app.holdfast.desktop.sync.SyncModel;
import app.holdfast.desktop.tags.TagsModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LibraryModelTest {

    private final Desk desk = new Desk();
    private final Maren maren = new Maren(desk.library);
    private final MemoryDevices devices = new MemoryDevices(Runnable::run);
    private final LibraryModel model = new LibraryModel(desk.live, desk.words, desk.toasts, new LibraryModel.Parts(
            new TagsModel(desk.live, desk.words, desk.toasts, desk::newId),
            new CollectionsModel(desk.live, desk.words, desk.toasts, desk::newId),
            new NotesModel(desk.live, desk.words, desk.toasts),
            new LocationsModel(desk.live, desk.words, desk.toasts, desk::newId),
            new DevicesModel(desk.live, desk.words, desk.toasts, devices),
            new DrivesModel(desk.live, desk.words, desk.toasts, desk::newId),
            new PairModel(desk.live, desk.words, devices),
            new SyncModel(desk.live, desk.words, desk.toasts, devices),
            new SettingsModel(desk.live, desk.words, desk.toasts, new SettingsModel.Home(Path.of("target"),
                    WindowChoices.NONE, Runnable::run, _ -> { })),
            new SearchModel(desk.live, desk.words, desk.toasts, desk::newId), desk.vaults(devices)),
            new Opener(task -> { }));

    @Test
    void openingAFolderGoesIntoIt() {
        model.navigation().go(Place.location(maren.photos.id()));

        model.open(model.browser().rowAt(0).orElseThrow());

        assertThat(model.browser().scope().get()).isInstanceOf(EntryScope.Folder.class);
        assertThat(model.browser().trail()).extracting(BrowserModel.Crumb::name).containsExactly("Photos", "2026");
    }

    @Test
    void upLeadsOutOfAFolderAndInTheEndToAllFiles() {
        model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id()));

        model.up();
        model.up();
        Place top = model.navigation().place().get();
        model.up();

        assertThat(top).isEqualTo(Place.location(maren.photos.id()));
        assertThat(model.navigation().place().get()).isEqualTo(Place.ALL_FILES);
    }

    @Test
    void aSearchIsOneStepHoweverManyLettersItHas() {
        model.navigation().go(Place.location(maren.photos.id()));

        model.search("i");
        model.search("ic");
        model.search("ice");
        String searched = model.searched();
        model.search("");

        assertThat(searched).isEqualTo("ice");
        assertThat(model.navigation().place().get()).isEqualTo(Place.location(maren.photos.id()));
    }

    @Test
    void aDigitPutsItsTagOnAllThatLackItAndThenTakesItOff() {
        model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id()));
        model.browser().select(List.of(3, 4, 5));
        int keep = digitOf("Keep");

        model.toggleNumbered(model.browser(), keep);
        long tagged = entriesOf("Keep");
        model.toggleNumbered(model.browser(), keep);

        assertThat(tagged).isEqualTo(3);
        assertThat(entriesOf("Keep")).isZero();
        assertThat(desk.toastTitles()).containsExactly("Tagged 3 items with Keep", "Took Keep off 3 items");
    }

    @Test
    void undoTakesTheTagOffOnlyWhereItWasMissing() {
        model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id()));
        model.browser().select(List.of(0, 1, 2, 3));
        long before = entriesOf("To review");
        model.toggleNumbered(model.browser(), digitOf("To review"));

        desk.toasts.shown().getFirst().action().orElseThrow().run().run();

        assertThat(entriesOf("To review")).isEqualTo(before);
    }

    @Test
    void aFailureIsToldInAToastThatStays() {
        model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id()));
        model.browser().select(List.of(3));
        desk.library.refuse(new CoreException.Busy());

        model.toggleNumbered(model.browser(), digitOf("Keep"));

        assertThat(desk.toasts.shown()).singleElement().satisfies(toast -> {
            assertThat(toast.title()).isEqualTo("The tag was not changed");
            assertThat(toast.detail()).contains("Too much is waiting to be written. Try again in a moment.");
        });
    }

    @Test
    void aFileOfAnotherDeviceIsNotOpenedHere() {
        model.navigation().go(Place.location(maren.archive.id()));

        model.open(model.browser().rowAt(0).orElseThrow());

        assertThat(desk.toastTitles()).containsExactly("Jökulsárlón drone 4K.mp4 is not on this device");
    }

    @Test
    void theInspectorFollowsTheSelectionAndItsTags() {
        model.navigation().go(Place.location(maren.archive.id()));
        model.browser().select(List.of(0));
        desk.library.change(_ -> desk.files.put(maren.family, maren.drone));

        Facts facts = model.inspector().facts().get();

        assertThat(facts).isInstanceOfSatisfying(Facts.One.class, one -> {
            assertThat(one.copy().state()).isEqualTo("Last seen 3 Nov");
            assertThat(one.tags()).extracting(InspectorModel.Tagging::name).containsExactly("Iceland", "Family");
        });
    }

    @Test
    void severalFilesAreCountedAndTheirTagsGathered() {
        model.navigation().go(Place.location(maren.documents.id()));
        model.browser().select(List.of(0, 1));

        Facts facts = model.inspector().facts().get();

        assertThat(facts).isInstanceOfSatisfying(Facts.Many.class, many -> {
            assertThat(many.title()).isEqualTo("2 items selected");
            assertThat(many.tags()).singleElement()
                    .matches(tag -> tag.name().equals("Fjord & Co") && !tag.everywhere());
        });
    }

    @Test
    void aNewNameBecomesATagOnWhatIsSelected() {
        model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id()));
        model.browser().select(List.of(3));

        model.createTagOn(model.browser(), "  Prints ");

        assertThat(model.browser().selection().rows().getFirst().tags()).extracting(EntryRow.Tag::name)
                .contains("Prints");
    }

    @Test
    void closingEndsEveryQuestion() {
        model.close();

        assertThat(desk.library.liveQuestions()).isZero();
    }

    private int digitOf(String tag) {
        TagRow row = model.parts().tags().tags().stream().filter(each -> each.name().equals(tag)).findFirst()
                .orElseThrow();
        return model.parts().tags().numberOf(row).orElseThrow();
    }

    private long entriesOf(String tag) {
        return desk.library.ask(LibraryReader::tags).stream().filter(each -> each.name().equals(tag)).findFirst()
                .orElseThrow().entries();
    }
}

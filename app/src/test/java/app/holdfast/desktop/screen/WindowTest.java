package app.holdfast.desktop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.TagColor;
import app.holdfast.desktop.Windows;
import app.holdfast.desktop.fx.Look;
import app.holdfast.desktop.library.Place;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MemoryDevices;
import app.holdfast.desktop.memory.MemoryFiles;
import app.holdfast.desktop.memory.MemoryLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The window as a person uses it: mouse and keys, on JavaFX's headless platform, over a core with a thread of its own.
@Timeout(120)
final class WindowTest {

    private Maren maren;
    private Screen screen;

    @BeforeEach
    void speakEnglishByDaylight() {
        System.setProperty("holdfast.locale", "en");
        System.setProperty("holdfast.scheme", "light");
    }

    @AfterEach
    void close() {
        screen.close();
        System.clearProperty("holdfast.locale");
        System.clearProperty("holdfast.scheme");
    }

    @Test
    void clicksLeadFromALocationIntoItsFolders() {
        open(library -> maren = new Maren(library));

        screen.clickText("Photos");
        screen.doubleClickText("2026");
        screen.doubleClickText("Iceland");

        assertThat(screen.shows("02 South coast")).isTrue();
        assertThat(screen.shows("47 items")).isTrue();
    }

    @Test
    void keysTagWhatIsSelected() {
        openIceland();
        Screen.run(() -> table().getSelectionModel().clearAndSelect(3));
        screen.settle();

        screen.press(KeyCode.T);
        screen.press(KeyCode.DIGIT7);
        screen.press(KeyCode.ESCAPE);

        assertThat(screen.library.commands).singleElement().isInstanceOf(Command.AssignTags.class);
        assertThat(screen.shows("Tagged 1 item with Keep")).isTrue();
        assertThat(Screen.fx(() -> screen.model.tagging().get())).isFalse();
    }

    @Test
    void anArrowSelectsTheFirstFileOfAFolderThatWasOpenedByKey() {
        openIceland();
        Screen.run(() -> table().getFocusModel().focus(0));

        screen.press(KeyCode.DOWN);
        List<Integer> first = Screen.fx(() -> List.copyOf(table().getSelectionModel().getSelectedIndices()));
        screen.press(KeyCode.DOWN);

        assertThat(first).containsExactly(0);
        assertThat(Screen.fx(() -> List.copyOf(table().getSelectionModel().getSelectedIndices()))).containsExactly(1);
    }

    @Test
    void theFirstTagIsMadeWithTheKeyThatTags() {
        openIceland();
        screen.library.ask(LibraryReader::tags).forEach(tag ->
                screen.library.submit(new Command.DeleteTag(tag.id())));
        screen.until("there are no tags", () -> screen.showsNow("Press T on a file to tag it"));
        Screen.run(() -> table().getSelectionModel().clearAndSelect(3));
        screen.settle();

        screen.press(KeyCode.T);
        screen.type("Print");
        screen.press(KeyCode.ENTER);

        assertThat(screen.library.commands).anySatisfy(command -> assertThat(command)
                .isInstanceOfSatisfying(Command.CreateTag.class, made -> assertThat(made.name()).isEqualTo("Print")));
    }

    @Test
    void tabLeavesATicketAndEnterUsesIt() {
        open(library -> maren = new Maren(library));
        Screen.run(() -> screen.model.navigation().go(new Place.Devices(Optional.empty())));
        screen.settle();
        screen.clickButton("Pair a device");
        screen.clickButton("Enter a ticket instead");
        screen.type(MemoryDevices.TICKET);
        TextArea ticket = (TextArea) screen.find(".text-area", _ -> true);

        screen.press(KeyCode.TAB);
        boolean left = Screen.fx(() -> !ticket.isFocused());
        Screen.run(ticket::requestFocus);
        screen.press(KeyCode.ENTER);

        assertThat(left).isTrue();
        assertThat(Screen.<String>fx(ticket::getText)).isEqualTo(MemoryDevices.TICKET);
        screen.until("the digits are compared", () -> screen.showsNow("482") && screen.showsNow("915"));
    }

    @Test
    void aTagSetElsewhereAppears() {
        openIceland();

        screen.library.change(library -> {
            MemoryFiles files = new MemoryFiles(library);
            files.put(files.tag(99, "From afar", Optional.empty(), TagColor.RED),
                    maren.waterfall);
        });

        screen.until("the pill is there", () -> screen.showsNow("From afar"));
    }

    @Test
    void searchFindsAsOneTypesAndEscapeLeadsBack() {
        open(library -> maren = new Maren(library));

        screen.press(KeyCode.CONTROL, KeyCode.F);
        screen.type("skóga");
        int found = Screen.fx(() -> table().getItems().size());
        screen.press(KeyCode.ESCAPE);

        assertThat(found).isEqualTo(2);
        assertThat(Screen.fx(() -> screen.model.navigation().place().get())).isEqualTo(Place.ALL_FILES);
    }

    @Test
    void pairingShowsATicketThenDigitsAndTakesWhoMatches() {
        open(library -> maren = new Maren(library));
        Screen.run(() -> screen.model.navigation().go(new Place.Devices(Optional.empty())));
        screen.settle();

        screen.clickButton("Pair a device");
        Node ticket = screen.find(".text-field", node -> ((TextField) node).getText().equals(MemoryDevices.TICKET));
        screen.library.tell(new CoreEvent.PairingAsked(MemoryDevices.KITCHEN, "kitchen-imac", MemoryDevices.DIGITS));
        screen.settle();
        boolean comparing = screen.shows("482") && screen.shows("915");
        screen.clickButton("They match");

        assertThat(ticket).isNotNull();
        assertThat(comparing).isTrue();
        assertThat(screen.devices.answers).containsExactly(true);
    }

    @Test
    void enterByHabitLetsNobodyIn() {
        open(library -> maren = new Maren(library));
        screen.library.tell(new CoreEvent.PairingAsked(MemoryDevices.KITCHEN, "kitchen-imac", MemoryDevices.DIGITS));
        screen.settle();

        screen.press(KeyCode.ENTER);
        screen.press(KeyCode.SPACE);

        assertThat(screen.devices.answers).doesNotContain(true);
    }

    @Test
    void theFocusStaysInADialogAndGoesBack() {
        openIceland();
        Node before = Screen.fx(() -> screen.stage.getScene().getFocusOwner());

        screen.clickButton("Add a location");
        for (int i = 0; i < 12; i++) {
            screen.press(KeyCode.TAB);
            assertThat(isIn(".dialog")).as("after tab %d", i).isTrue();
        }
        screen.press(KeyCode.ESCAPE);

        assertThat(before).isNotNull();
        assertThat(isIn(".dialog")).isFalse();
    }

    @Test
    void aFolderIsAddedByItsPath() {
        open(library -> new MemoryFiles(library).self("laptop"));

        screen.clickButton("Add a location");
        screen.type("/home/ada/Music");
        screen.press(KeyCode.ENTER);

        assertThat(screen.library.commands).singleElement()
                .isInstanceOfSatisfying(Command.AddLocation.class,
                        add -> assertThat(add.path()).isEqualTo(Path.of("/home/ada/Music")));
        assertThat(screen.shows("Music")).isTrue();
    }

    @Test
    void filesThatAreFoundLaterAppearInAnEmptyWindow() {
        open(library -> new MemoryFiles(library).self("laptop"));

        screen.library.change(library -> maren = new Maren(library));

        screen.until("a file is there", () -> screen.showsNow("Expenses Iceland.xlsx"));
    }

    @Test
    void aMillionLinesScrollAndAreReadInWindows() {
        open(library -> {
            MemoryFiles files = new MemoryFiles(library);
            files.many(files.location(1, "Everything", files.self("laptop")), 1_000_000);
        });

        for (int line : List.of(250_000, 999_999, 500_000)) {
            Screen.run(() -> table().scrollTo(line));
            screen.settle();
            String name = "file-%07d.jpg".formatted(line);
            screen.until(name + " is there", () -> screen.showsNow(name));
        }

        assertThat(screen.library.windowsAsked).allMatch(size -> size <= 100);
        assertThat(screen.library.windowsAsked.size()).isLessThan(60);
    }

    @Test
    void aWindowThatOpensNarrowHasItsRoomForTheFilesUntilThereIsMore() {
        open(library -> maren = new Maren(library));
        boolean wide = hasInspector(screen.stage);
        Stage narrow = Screen.fx(Stage::new);
        Screen.run(() -> {
            Scene scene = new Scene(new Pane(), 960, 640);
            Look.dress(scene);
            narrow.setScene(scene);
            Windows.open(narrow, screen.library, screen.devices, () -> new UUID(8, 1), Path.of("target/shots"));
        });
        screen.settle();

        boolean opened = hasInspector(narrow);
        Screen.run(() -> narrow.setWidth(1280));
        screen.settle();
        boolean widened = hasInspector(narrow);
        Screen.run(narrow::close);

        assertThat(wide).isTrue();
        assertThat(opened).as("it opens with the inspector").isFalse();
        assertThat(widened).isTrue();
    }

    private static boolean hasInspector(Stage stage) {
        return Screen.fx(() -> stage.getScene().lookup(".inspector-pane").isVisible());
    }

    @Test
    void aLocationThatWasAddedOpensWithTheFocusInItsFiles() {
        open(library -> maren = new Maren(library));

        screen.clickButton("Add a location");
        screen.type("/home/ada/Music");
        screen.press(KeyCode.ENTER);
        screen.until("its page is there", () -> screen.model.navigation().place().get() instanceof Place.Files(
                EntryScope.Folder folder) && screen.model.sidebar().location(folder.location()).isPresent());

        assertThat(isIn(".table-view")).isTrue();
    }

    @Test
    void aNameDoesNotTurnItselfRound() {
        open(library -> {
            maren = new Maren(library);
            new MemoryFiles(library).file(maren.photos, Optional.of(maren.iceland), "0 \u202Etxt.exe", 10,
                    "2026-11-20");
        });
        Screen.run(() -> screen.model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id())));
        screen.settle();

        screen.until("it is listed", () -> screen.showsNow("0 \uFFFDtxt.exe"));
        assertThat(screen.shows("\u202E")).isFalse();
    }

    @Test
    void darkIsDark() {
        System.setProperty("holdfast.scheme", "dark");
        open(library -> maren = new Maren(library));

        Color page = Screen.fx(() -> screen.stage.getScene().snapshot(null).getPixelReader().getColor(600, 700));

        assertThat(page.getBrightness()).isLessThan(0.2);
    }

    @Test
    void germanIsGermanAndFits() {
        System.setProperty("holdfast.locale", "de");
        open(library -> maren = new Maren(library));

        assertThat(screen.shows("Alle Dateien")).isTrue();
        assertThat(screen.shows("564.845 Einträge in 5 Orten")).isTrue();
    }

    @Test
    void hidingTheWindowEndsEveryQuestion() {
        open(library -> maren = new Maren(library));

        Screen.run(() -> screen.stage.hide());
        screen.settle();

        assertThat(screen.library.liveQuestions()).isZero();
        assertThat(screen.library.ask(LibraryReader::tags)).isNotEmpty();
    }

    private void open(Consumer<MemoryLibrary> fill) {
        screen = new Screen(fill);
    }

    private void openIceland() {
        open(library -> maren = new Maren(library));
        Screen.run(() -> screen.model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id())));
        screen.settle();
        Screen.run(() -> table().requestFocus());
    }

    private TableView<?> table() {
        return (TableView<?>) screen.stage.getScene().lookup(".table-view");
    }

    private boolean isIn(String selector) {
        return Screen.fx(() -> {
            Node dialog = screen.stage.getScene().lookup(selector);
            for (Node each = screen.stage.getScene().getFocusOwner(); each != null; each = each.getParent()) {
                if (each.equals(dialog)) {
                    return true;
                }
            }
            return false;
        });
    }
}

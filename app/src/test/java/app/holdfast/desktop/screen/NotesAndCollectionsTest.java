package app.holdfast.desktop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.model.EntryId;
import app.holdfast.desktop.library.Place;
import app.holdfast.desktop.memory.Maren;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Collections in the sidebar and notes in the inspector, as a person uses them by mouse and keys.
@Timeout(120)
final class NotesAndCollectionsTest {

    private Maren maren;
    private Screen screen;
    private EntryId selected;

    @BeforeEach
    void open() {
        System.setProperty("holdfast.locale", "en");
        System.setProperty("holdfast.scheme", "light");
        screen = new Screen(library -> maren = new Maren(library));
        Screen.run(() -> screen.model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id())));
        screen.settle();
        Screen.run(() -> {
            table().requestFocus();
            table().getSelectionModel().clearAndSelect(3);
        });
        screen.settle();
        selected = Screen.fx(() -> screen.model.browser().selection().rows().getFirst().id());
    }

    @AfterEach
    void close() {
        screen.close();
        System.clearProperty("holdfast.locale");
        System.clearProperty("holdfast.scheme");
    }

    @Test
    void aCollectionIsMadeFilledOpenedAndEmptiedFromTheKeyboard() {
        screen.press(KeyCode.C);
        screen.type("For print");
        screen.press(KeyCode.ENTER);
        screen.until("it is in the sidebar", () -> !screen.model.sidebar().collections().isEmpty());
        screen.clickText("For print");
        screen.until("its file is listed", () -> table().getItems().size() == 1);
        Screen.run(() -> {
            table().requestFocus();
            table().getSelectionModel().clearAndSelect(0);
        });
        screen.settle();
        screen.press(KeyCode.DELETE);

        screen.until("nothing is in it", () -> screen.showsNow("Nothing in this collection"));
        assertThat(screen.shows("1 item taken out of For print")).isTrue();
        screen.press(KeyCode.CONTROL, KeyCode.Z);
        screen.until("it is back", () -> table().getItems().size() == 1);
    }

    @Test
    void aCollectionIsRenamedAndDeletedInTheSidebarAndComesBack() {
        screen.clickButton("New collection");
        screen.type("Print");
        screen.press(KeyCode.ENTER);
        screen.until("it is shown", () -> screen.model.navigation().place().get()
                instanceof Place.Files(EntryScope.Collected _));
        screen.clickText("Print");

        screen.press(KeyCode.F2);
        screen.type("For print");
        screen.press(KeyCode.ENTER);
        screen.until("it is renamed", () -> screen.model.sidebar().collections().getFirst().name()
                .equals("For print"));
        screen.press(KeyCode.DELETE);
        screen.until("it is gone", () -> screen.model.sidebar().collections().isEmpty());

        assertThat(Screen.fx(() -> screen.model.navigation().place().get())).isEqualTo(Place.ALL_FILES);
        assertThat(screen.shows("For print is deleted. Its files stay.")).isTrue();
    }

    @Test
    void aNewCollectionOpensWithTheFocusInItsList() {
        screen.clickButton("New collection");
        screen.type("Print");
        screen.press(KeyCode.ENTER);
        screen.until("it is shown", () -> screen.model.navigation().place().get()
                instanceof Place.Files(EntryScope.Collected _));
        screen.settle();

        assertThat(Screen.fx(() -> table().isFocused())).isTrue();
    }

    @Test
    void filesThatAreDroppedOnACollectionAreInIt() {
        screen.clickButton("New collection");
        screen.type("Print");
        screen.press(KeyCode.ENTER);
        screen.until("it is shown", () -> screen.model.navigation().place().get()
                instanceof Place.Files(EntryScope.Collected _));
        Place collection = Screen.fx(() -> screen.model.navigation().place().get());
        Screen.run(() -> screen.model.navigation().back());
        screen.settle();

        Screen.run(() -> screen.model.dropped(screen.model.shown(), collection));
        screen.settle();

        assertThat(screen.library.ask(LibraryReader::collections).getFirst().entries()).isEqualTo(1);
    }

    @Test
    void digitsRateAndFMakesAFavourite() {
        screen.press(KeyCode.DIGIT4);
        screen.press(KeyCode.F);

        assertThat(screen.library.commands).containsExactly(
                new Command.SetRating(List.of(selected), 4),
                new Command.SetFavorite(List.of(selected), true));
        Node stars = screen.find(".stars", _ -> true);
        assertThat(stars.getAccessibleText()).isEqualTo("Rating: 4 of 5");
    }

    @Test
    void starsAreSetByArrowsAndKeepTheFocus() {
        Node stars = screen.find(".stars", _ -> true);
        Screen.run(stars::requestFocus);

        screen.press(KeyCode.RIGHT);
        screen.press(KeyCode.RIGHT);

        assertThat(screen.library.commands).last()
                .isEqualTo(new Command.SetRating(List.of(selected), 2));
        assertThat(Screen.fx(stars::isFocused)).isTrue();
    }

    @Test
    void aNoteIsSavedWhenTheFocusLeavesIt() {
        screen.press(KeyCode.N);
        screen.type("Print this one");
        boolean savedTooSoon = !screen.library.commands.isEmpty();
        screen.press(KeyCode.TAB);

        assertThat(savedTooSoon).isFalse();
        assertThat(screen.library.commands).containsExactly(
                new Command.SetNote(List.of(selected), "Print this one"));
        assertThat(screen.shows("Note saved for 1 item")).isTrue();
    }

    @Test
    void aFieldIsAddedAndChanged() {
        screen.clickButton("Add a field");
        screen.type("Camera");
        screen.press(KeyCode.ENTER);
        screen.type("X100");
        screen.press(KeyCode.ENTER);

        screen.until("its line is there", () -> screen.showsNow("Camera"));
        Node value = screen.find(".field-line .text-field", _ -> true);
        assertThat(((TextField) value).getText()).isEqualTo("X100");
    }

    @Test
    void severalFilesShowWhatTheyShare() {
        screen.press(KeyCode.DIGIT4);
        Screen.run(() -> table().getSelectionModel().selectRange(3, 6));
        screen.settle();

        assertThat(screen.find(".stars", _ -> true).getAccessibleText()).isEqualTo("Rating: various");
        screen.press(KeyCode.DIGIT2);
        screen.until("all have two", () -> screen.find(".stars", _ -> true).getAccessibleText()
                .equals("Rating: 2 of 5"));
    }

    @Test
    void theNoteCanBeWrittenInTheSmallestWindowToo() {
        Screen.run(() -> {
            screen.stage.setWidth(960);
            screen.stage.setHeight(640);
        });
        screen.settle();

        screen.press(KeyCode.N);
        screen.type("small");
        screen.press(KeyCode.TAB);

        assertThat(screen.library.commands).containsExactly(
                new Command.SetNote(List.of(selected), "small"));
    }

    private TableView<?> table() {
        return (TableView<?>) screen.stage.getScene().lookup(".table-view");
    }
}

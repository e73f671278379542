package app.holdfast.desktop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.Value;
import app.holdfast.desktop.library.Place;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MarenDrives;
import java.util.List;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Filters above the files, by keyboard.
@Timeout(120)
final class FilterPillsTest {

    private Screen screen;
    private Maren maren;

    @BeforeEach
    void open() {
        System.setProperty("holdfast.locale", "en");
        System.setProperty("holdfast.scheme", "light");
        screen = new Screen(library -> {
            maren = new Maren(library);
            new MarenDrives(library);
        });
        screen.settle();
    }

    @AfterEach
    void close() {
        screen.close();
        System.clearProperty("holdfast.locale");
        System.clearProperty("holdfast.scheme");
    }

    private int rows() {
        return Screen.fx(() -> ((TableView<?>) screen.stage.getScene().lookup(".table-view")).getItems().size());
    }

    private String searched() {
        return Screen.fx(() -> ((TextField) screen.find(".search-field", _ -> true)).getText());
    }

    /// Chooses from the menu that is open.
    private void choose(String group, String item) {
        Screen.run(() -> {
            ContextMenu menu = Window.getWindows().stream().filter(ContextMenu.class::isInstance)
                    .map(ContextMenu.class::cast).findFirst().orElseThrow();
            List<MenuItem> items = menu.getItems().stream().filter(each -> group.equals(each.getText()))
                    .flatMap(each -> ((Menu) each).getItems().stream()).toList();
            menu.hide();
            items.stream().filter(each -> item.equals(each.getText().strip())).findFirst().orElseThrow().fire();
        });
        screen.settle();
    }

    private void filter(String group, String item) {
        screen.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
        choose(group, item);
    }

    @Test
    void filteringAFolderLooksInItAndEachPillIsTakenAwayWithDelete() {
        Screen.run(() -> screen.model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id())));
        screen.settle();

        filter("Kind", "Images");
        filter("Tag", "Iceland");
        String query = searched();
        int filtered = rows();
        Screen.run(() -> screen.find(".pill.filter", node -> String.valueOf(node.getAccessibleText())
                .startsWith("Filter Tag")).requestFocus());
        screen.press(KeyCode.DELETE);
        String without = searched();
        Node focused = Screen.fx(() -> screen.stage.getScene().getFocusOwner());

        assertThat(query).isEqualTo("location:Photos in:Iceland kind:image tag:Family/Iceland");
        assertThat(filtered).isEqualTo(4);
        assertThat(without).isEqualTo("location:Photos in:Iceland kind:image");
        assertThat(Screen.fx(() -> focused.getStyleClass().contains("filter"))).isTrue();
    }

    @Test
    void takingTheLastPillAwayLeadsBack() {
        Screen.run(() -> screen.model.navigation().go(new Place.Files(
                new EntryScope.Collected(new CollectionId(new UUID(0, 1))))));
        screen.settle();
        Place before = Screen.fx(() -> screen.model.navigation().place().get());

        filter("State", "Away now");
        boolean searching = Screen.fx(() -> screen.model.navigation().place().get()) instanceof Place.Search;
        Screen.run(() -> screen.find(".pill.filter", _ -> true).requestFocus());
        screen.press(KeyCode.BACK_SPACE);

        assertThat(searching).isTrue();
        assertThat(Screen.fx(() -> screen.model.navigation().place().get())).isEqualTo(before);
    }

    @Test
    void whatIsTypedWrongIsSaidAndTheFilesStay() {
        screen.press(KeyCode.CONTROL, KeyCode.F);
        screen.type("vík");
        int found = rows();
        screen.type(" \"colour");

        assertThat(found).isEqualTo(36);
        assertThat(rows()).isEqualTo(found);
        assertThat(screen.shows("A quotation does not end.")).isTrue();
    }

    @Test
    void onlyCopiesOnADriveInADrawerAreFoundAndTheSearchKept() {
        filter("Only copy on", "Backup 2");
        boolean found = screen.shows("Harbour at night.mov");
        screen.clickButton("Save search…");
        screen.type("At risk");
        screen.press(KeyCode.ENTER);
        screen.until("it is said", () -> screen.showsNow("Saved as At risk"));

        assertThat(found).isTrue();
        assertThat(rows()).isEqualTo(1);
        assertThat(screen.library.commands).last().isInstanceOfSatisfying(Command.PutRecord.class, put ->
                assertThat(put.fields()).containsEntry("query", new Value.Text("only:\"Backup 2\"")));
        screen.press(KeyCode.CONTROL, KeyCode.K);
        screen.type("at ri");
        screen.until("the palette has it", () -> screen.showsNow("only:\"Backup 2\""));
    }
}

package app.holdfast.desktop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.desktop.library.Place;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MarenDrives;
import app.holdfast.desktop.memory.MarenSync;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Walks over everything on every page: names for who cannot see, room for what is written.
@Timeout(240)
final class EveryPageTest {

    private Screen screen;
    private Maren maren;

    @AfterEach
    void close() {
        screen.close();
        System.clearProperty("holdfast.locale");
        System.clearProperty("holdfast.scheme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyButtonHasANameAndFitsIntoTheSmallestWindow(String language) {
        System.setProperty("holdfast.locale", language);
        System.setProperty("holdfast.scheme", "light");
        screen = new Screen(library -> {
            maren = new Maren(library);
            MarenSync.fill(library);
            new MarenDrives(library);
        });
        List<String> wrong = new ArrayList<>();

        for (int[] size : new int[][] {{1280, 800}, {960, 640}}) {
            Screen.run(() -> {
                screen.stage.setWidth(size[0]);
                screen.stage.setHeight(size[1]);
            });
            for (Place place : places()) {
                Screen.run(() -> screen.model.navigation().go(place));
                screen.settle();
                Screen.run(() -> screen.stage.getScene().getRoot().lookupAll(".table-view").stream()
                        .map(TableView.class::cast).filter(table -> !table.getItems().isEmpty())
                        .forEach(table -> table.getSelectionModel().clearAndSelect(0)));
                screen.settle();
                Screen.run(() -> walk(screen.stage.getScene().getRoot(), place + " " + size[0], wrong));
            }
        }

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ctrl K"})
    void thePaletteGoesToAPlaceAndASettingsKeyToSettings(String keys) {
        System.setProperty("holdfast.locale", "en");
        screen = new Screen(library -> maren = new Maren(library));

        screen.press(KeyCode.CONTROL, KeyCode.K);
        screen.type("phot");
        screen.until("it is offered", () -> screen.showsNow("Photos"));
        screen.press(KeyCode.ENTER);
        Place chosen = Screen.fx(() -> screen.model.navigation().place().get());
        screen.press(KeyCode.CONTROL, KeyCode.COMMA);

        assertThat(keys).isNotBlank();
        assertThat(chosen).isEqualTo(Place.location(maren.photos.id()));
        assertThat(Screen.fx(() -> screen.model.navigation().place().get())).isEqualTo(new Place.Settings());
        assertThat(((TextField) screen.find(".row .text-field", _ -> true)).getText()).isEqualTo("maren-laptop");
    }

    private List<Place> places() {
        return List.of(Place.ALL_FILES, Place.search("kind:image size:>1M tag:Iceland -is:offline only:Backup"),
                Place.folder(maren.photos.id(), maren.iceland.id()),
                new Place.Tags(Optional.of(maren.icelandTag)), new Place.Devices(Optional.empty()), new Place.Drives(),
                new Place.Vaults(),
                new Place.Sync(),
                new Place.Settings());
    }

    /// On the JavaFX thread.
    private void walk(Node node, String where, List<String> wrong) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof ButtonBase button) {
            boolean wordless = button.getText() == null || button.getText().isBlank();
            boolean nameless = button.getAccessibleText() == null || button.getAccessibleText().isBlank();
            if (wordless && nameless && !button.getStyleClass().contains("arrow-button")) {
                wrong.add(where + ": a button without a name, " + button.getStyleClass());
            }
            if (!wordless && button.getWidth() > 0 && button.getWidth() + 1 < button.prefWidth(-1)) {
                wrong.add(where + ": cut off, " + button.getText());
            }
        }
        Bounds bounds = node.localToScene(node.getBoundsInLocal());
        boolean control = node instanceof ButtonBase || node instanceof Label && node.isFocusTraversable();
        if (control && bounds.getMaxX() > screen.stage.getScene().getWidth() + 1) {
            wrong.add(where + ": beyond the edge, " + node);
        }
        if (node instanceof Parent parent && !(node instanceof ScrollPane pane && pane.getContent() == null)) {
            parent.getChildrenUnmodifiable().forEach(child -> walk(child, where, wrong));
        }
    }
}

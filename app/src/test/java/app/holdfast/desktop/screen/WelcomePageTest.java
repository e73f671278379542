package app.holdfast.desktop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.desktop.fx.Look;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.welcome.WelcomeModel;
import app.holdfast.desktop.welcome.WelcomeView;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The first page, by keyboard.
@Timeout(60)
final class WelcomePageTest {

    private final Words words = new Desk().words;
    private Stage stage;
    private Scene scene;

    @BeforeEach
    void open() {
        Screen.startToolkit();
        stage = Screen.fx(Stage::new);
        Screen.run(() -> {
            WelcomeModel model = new WelcomeModel(words, new WelcomeModel.Beginning("maren-laptop",
                    Optional.of(Path.of("/home/maren/Documents")), Optional.empty()), _ -> { });
            WelcomeView view = new WelcomeView(model, words, Optional::empty);
            scene = new Scene(view, 960, 640);
            Look.dress(scene);
            stage.setScene(scene);
            stage.show();
            view.start();
        });
        Screen.frames(3);
    }

    @AfterEach
    void close() {
        Screen.run(stage::close);
    }

    private void press(String text) {
        Screen.run(() -> scene.getRoot().lookupAll(".button").stream().map(Button.class::cast)
                .filter(button -> text.equals(button.getText())).findFirst().orElseThrow().fire());
        Screen.frames(3);
    }

    private Node focused() {
        return Screen.fx(scene::getFocusOwner);
    }

    @Test
    void whoJoinsCanPasteTheTicketAtOnceAndWhoDoesNotIsInTheFolder() {
        press("Join a library from another device");
        Node joining = focused();
        press("Create a new library");
        Node creating = focused();

        assertThat(joining.getStyleClass()).contains("ticket");
        assertThat(creating).isInstanceOfSatisfying(TextField.class,
                field -> assertThat(field.getText()).isEqualTo("/home/maren/Documents"));
    }
}

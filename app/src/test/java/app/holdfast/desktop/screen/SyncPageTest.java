package app.holdfast.desktop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.desktop.library.Place;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MarenSync;
import java.util.Optional;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The page of sync as a person uses it, by mouse and keys.
@Timeout(120)
final class SyncPageTest {

    private Screen screen;

    @BeforeEach
    void open() {
        System.setProperty("holdfast.locale", "en");
        System.setProperty("holdfast.scheme", "light");
        screen = new Screen(library -> {
            new Maren(library);
            MarenSync.fill(library);
            library.sync.findings.add(new Checkup.Finding(Checkup.Code.VIEW_DIFFERS, 3, Checkup.Severity.ERROR,
                    Checkup.Repair.REBUILD, "tag"));
        });
        screen.clickText("Sync");
        screen.settle();
    }

    @AfterEach
    void close() {
        screen.close();
        System.clearProperty("holdfast.locale");
        System.clearProperty("holdfast.scheme");
    }

    private boolean submitted(Command command) {
        return screen.library.commands.contains(command);
    }

    @Test
    void theSidebarLeadsToDevicesConflictsAndEvents() {
        assertThat(Screen.fx(() -> screen.model.navigation().place().get())).isEqualTo(new Place.Sync());
        assertThat(screen.shows("attic-nas")).isTrue();
        assertThat(screen.shows("Kept, studio-pc, 11:20:00") || screen.shows("Kept, studio-pc, 21 Nov")).isTrue();
        assertThat(screen.shows("The conversation with attic-nas was broken off: a second hello")).isTrue();
    }

    @Test
    void theOtherValueIsTakenWithOneClick() {
        SyncConflict first = MarenSync.NAME;

        screen.clickButton("Use the other");

        screen.until("it is settled", () -> submitted(new Command.SettleConflict(first.about(),
                Optional.of(first.others().getFirst().id()))));
        screen.until("one is left", () -> !screen.showsNow("and 1 more"));
    }

    @Test
    void aDeviceIsPausedFromTheKeyboard() {
        Screen.run(() -> screen.find(".peers .button", _ -> true).requestFocus());
        screen.press(KeyCode.SPACE);
        screen.until("the menu is there", () -> menu().isPresent());
        Screen.run(() -> menu().orElseThrow().getItems().getFirst().fire());

        screen.until("it is paused", () -> screen.showsNow("Paused"));
        assertThat(screen.library.commands).anyMatch(Command.PauseSync.class::isInstance);
    }

    @Test
    void aListOfAnotherDeviceIsLeftOutAndKeptAgain() {
        Screen.run(() -> screen.find(".check-box", _ -> true).requestFocus());

        screen.press(KeyCode.SPACE);
        screen.until("it is left out", () -> screen.showsNow("On old-thinkpad. Its list is not kept here."));
        screen.clickButton("Undo");

        screen.until("it is kept", () -> !screen.showsNow("Its list is not kept here."));
    }

    private static Optional<ContextMenu> menu() {
        return Window.getWindows().stream().filter(ContextMenu.class::isInstance).map(ContextMenu.class::cast)
                .findFirst();
    }

    @Test
    void allIsPausedAndResumed() {
        screen.clickButton("Pause");
        screen.until("all is paused", () -> submitted(new Command.PauseSync(Optional.empty())));

        screen.until("it can be resumed", () -> screen.showsNow("Resume"));
        screen.clickButton("Resume");

        screen.until("all goes on", () -> submitted(new Command.ResumeSync(Optional.empty())));
    }

    @Test
    void whatTheCheckFindsIsRepairedWhenAskedTo() {
        screen.clickButton("Check and repair…");
        screen.until("it was checked", () -> screen.showsNow("3 × view_differs  tag"));

        screen.clickButton("Repair");

        screen.until("it is repaired", () -> submitted(new Command.RepairLibrary()));
        screen.until("it is said", () -> screen.showsNow("The library was repaired"));
    }

    @Test
    void thePageFitsIntoTheSmallestWindow() {
        Screen.run(() -> {
            screen.stage.setWidth(960);
            screen.stage.setHeight(640);
        });
        screen.settle();

        double right = Screen.fx(() -> screen.find(".facts", _ -> true)
                .localToScene(screen.find(".facts", _ -> true).getBoundsInLocal()).getMaxX());

        assertThat(right).isLessThanOrEqualTo(960);
    }
}

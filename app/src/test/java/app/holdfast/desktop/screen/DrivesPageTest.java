package app.holdfast.desktop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.desktop.library.Place;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MarenDrives;
import app.holdfast.desktop.memory.MemoryDrives;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The page of drives, by keyboard.
@Timeout(60)
final class DrivesPageTest {

    private Screen screen;
    private Maren maren;
    private MarenDrives drives;

    @BeforeEach
    void open() {
        System.setProperty("holdfast.locale", "en");
        System.setProperty("holdfast.scheme", "light");
        screen = new Screen(library -> {
            maren = new Maren(library);
            drives = new MarenDrives(library);
        });
        Screen.run(() -> screen.model.navigation().go(new Place.Drives()));
        screen.settle();
        screen.until("its locations are there", () -> screen.showsNow("Old mail"));
    }

    @AfterEach
    void close() {
        screen.close();
        System.clearProperty("holdfast.locale");
        System.clearProperty("holdfast.scheme");
    }

    /// Puts the focus on a drive's or a location's line by the arrows, from the first.
    private void walkTo(String name) {
        Screen.run(() -> screen.find(".row.first", _ -> true).requestFocus());
        for (int i = 0; i < 20 && !spoken().startsWith(name + ","); i++) {
            screen.press(KeyCode.DOWN);
        }
        assertThat(spoken()).startsWith(name + ",");
    }

    private String spoken() {
        return Screen.fx(() -> String.valueOf(screen.stage.getScene().getFocusOwner().getAccessibleText()));
    }

    private <C extends Command> C last(Class<C> type) {
        assertThat(screen.library.commands).last().isInstanceOf(type);
        return type.cast(screen.library.commands.getLast());
    }

    @Test
    void arrowsReachEveryLineAndEnterClaims() {
        walkTo("Backup 2");
        walkTo("Footage");
        walkTo("Field SSD");

        screen.press(KeyCode.ENTER);

        assertThat(last(Command.ClaimVolume.class).id()).isEqualTo(drives.field.id());
    }

    @Test
    void theShelfNoteIsWrittenWithF2AndSavedWithEnter() {
        walkTo("Backup 2");

        screen.press(KeyCode.F2);
        screen.type("attic");
        screen.press(KeyCode.ENTER);

        assertThat(last(Command.NoteVolume.class)).isEqualTo(new Command.NoteVolume(drives.backupTwo.id(), "attic"));
        assertThat(screen.shows("attic · Last seen on studio-pc, 3 Nov")).isTrue();
        assertThat(spoken()).as("the focus is back on the line").startsWith("Backup 2, Away, attic");
    }

    @Test
    void aDriveIsForgottenOnlyAfterAQuestionThatNamesIt() {
        walkTo("System");

        screen.press(KeyCode.DELETE);
        boolean asked = screen.shows("3 locations leave the library");
        screen.clickButton("Forget System");

        assertThat(asked).isTrue();
        assertThat(last(Command.ForgetVolume.class).id()).isEqualTo(MemoryDrives.id(4));
        assertThat(screen.library.ask(LibraryReader::volumes)).noneMatch(row -> row.label().equals("System"));
    }

    @Test
    void whichDriveIsTheCopyIsSaidByKeyboard() {
        Node banner = screen.find(".banner .button", _ -> true);
        Screen.run(banner::requestFocus);

        screen.press(KeyCode.SPACE);
        Node choose = screen.find(".dialog-foot .button", node -> ((ButtonBase) node).getText().equals("Choose"));
        boolean nothingByHabit = Screen.fx(choose::isDisabled);
        screen.press(KeyCode.SPACE);
        screen.press(KeyCode.DOWN);
        screen.press(KeyCode.UP);
        Screen.run(choose::requestFocus);
        screen.press(KeyCode.SPACE);

        assertThat(nothingByHabit).isTrue();
        assertThat(last(Command.ThisIsTheCopy.class).path()).isEqualTo(Path.of("/media/maren/Backup 1"));
    }

    @Test
    void aChoiceThatHasTheFocusHasARing() {
        screen.click(screen.find(".banner .button", _ -> true));
        Region choice = (Region) screen.find(".dialog .radio", _ -> true);
        Node first = choice.getParent();

        boolean isFirst = Screen.fx(first::isFocused);
        Paint ring = ring(choice);
        screen.press(KeyCode.SPACE);
        Paint chosen = ring(choice);
        screen.press(KeyCode.TAB);
        List<BackgroundFill> without = Screen.fx(() -> choice.getBackground().getFills());

        assertThat(isFirst).isTrue();
        assertThat(ring).isEqualTo(chosen).isEqualTo(Color.web("#4f5fdb"));
        assertThat(Screen.fx(first::isFocused)).isFalse();
        assertThat(without).allMatch(fill -> fill.getInsets().getTop() >= 0);
    }

    /// The colour of what is drawn around it.
    private static Paint ring(Region glyph) {
        return Screen.fx(() -> glyph.getBackground().getFills().stream().filter(fill -> fill.getInsets().getTop() < -3)
                .findFirst().orElseThrow(() -> new AssertionError("there is no ring")).getFill());
    }

    @Test
    void aDriveThatNobodyTracksNamesNoOwnerWhereThereIsNoColumnForIt() {
        Node row = screen.find(".row", node -> String.valueOf(node.getAccessibleText()).startsWith("NO NAME,"));
        boolean inItsColumn = shows(row, "None yet");
        Screen.run(() -> screen.stage.setWidth(960));
        screen.settle();
        Node owned = screen.find(".row", node -> String.valueOf(node.getAccessibleText()).startsWith("Field SSD,"));

        assertThat(inItsColumn).isTrue();
        assertThat(shows(row, "Removable, ext4, /media/maren/NO NAME")).isTrue();
        assertThat(shows(owned, "studio-pc, Removable, ext4, /media/maren/Field SSD")).isTrue();
    }

    /// Whether a line has exactly these words somewhere.
    private static boolean shows(Node row, String text) {
        return Screen.fx(() -> row.lookupAll(".label").stream().anyMatch(node -> node instanceof Label label
                && text.equals(label.getText())));
    }

    @Test
    void aScanIsPausedAndGoesOnWithSpace() {
        walkTo("Projects");

        screen.press(KeyCode.SPACE);
        screen.until("it is paused", () -> screen.showsNow("Paused, 41,877 found"));
        screen.press(KeyCode.SPACE);
        screen.until("it goes on", () -> screen.showsNow("Reading: 41,877 found"));

        assertThat(last(Command.ResumeScan.class).id()).isEqualTo(maren.projects.id());
    }

    @Test
    void theFocusStaysOnADriveThatIsTracked() {
        Node track = screen.find(".row .button", node -> "Track, NO NAME".equals(node.getAccessibleText()));
        Screen.run(track::requestFocus);

        screen.press(KeyCode.SPACE);
        screen.until("it is known", () -> track.getScene() == null || !track.isVisible());
        screen.settle();

        assertThat(spoken()).startsWith("NO NAME, ");
    }

    @Test
    void aDriveIsTrackedByAPath() {
        screen.clickButton("Track a drive");
        screen.type("/mnt/archive");
        screen.press(KeyCode.ENTER);

        assertThat(last(Command.TrackVolume.class).path()).isEqualTo(Path.of("/mnt/archive"));
    }

    @Test
    void aDriveThatAsksIsClaimedFromItsToast() {
        screen.library.tell(new CoreEvent.DriveAsks(drives.field.id(), "Field SSD", drives.field.device(),
                "studio-pc"));
        screen.until("the toast is there", () -> screen.showsNow("Field SSD is plugged in here"));

        screen.click(screen.find(".toast .button", node -> "Claim".equals(((ButtonBase) node).getText())));

        assertThat(last(Command.ClaimVolume.class).id()).isEqualTo(drives.field.id());
    }

    @Test
    void filesOfADriveInADrawerSayInListAndInspectorWhatToPlugIn() {
        Screen.run(() -> screen.model.navigation().go(Place.location(drives.footage.id())));
        screen.settle();
        Screen.run(() -> ((TableView<?>) screen.stage.getScene().lookup(".table-view"))
                .getSelectionModel().clearAndSelect(0));
        screen.until("the inspector says it", () -> screen.showsNow("Plug in Backup 2"));

        Node cell = screen.find(".table-cell", node -> node.toString().contains("Backup 2 –"));
        boolean dimmed = Screen.fx(() -> cell.getParent().getPseudoClassStates().toString()
                .toLowerCase(Locale.ROOT).contains("away"));

        assertThat(dimmed).isTrue();
        assertThat(screen.shows("Shelf 3, the grey box")).isTrue();
        assertThat(screen.shows("Last seen on studio-pc, 3 Nov")).isTrue();
        assertThat(((Label) screen.find(".inspector .badge", _ -> true)).getText()).isEqualTo("1 copy");
    }

    @Test
    void theSidebarMarksThatSomebodyShouldLook() {
        Node row = screen.find(".nav", node -> String.valueOf(node.getAccessibleText()).startsWith("Drives"));

        assertThat(Screen.fx(row::getAccessibleText)).isEqualTo("Drives, a person should look");
    }
}

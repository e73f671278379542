package app.holdfast.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.settings.WindowChoices.Scheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsModelTest {

    @TempDir
    private Path data;

    private final Desk desk = new Desk();
    private final List<Scheme> shown = new ArrayList<>();
    private SettingsModel model;

    @BeforeEach
    void open() {
        new Maren(desk.library);
        model = model(data);
    }

    private SettingsModel model(Path at) {
        return new SettingsModel(desk.live, desk.words, desk.toasts,
                new SettingsModel.Home(at, WindowChoices.read(at), Runnable::run, shown::add));
    }

    @Test
    void whatIsChosenIsThereAfterARestart() {
        model.speak("de");
        model.dress(Scheme.DARK);
        model.lockAfter(15);

        assertThat(WindowChoices.read(data)).isEqualTo(new WindowChoices("de", Scheme.DARK, 15));
        assertThat(shown).containsExactly(Scheme.DARK);
    }

    @Test
    void aFileThatIsNotUnderstoodIsAsIfItWereNotThere() throws IOException {
        Files.writeString(data.resolve("window.properties"), "language=xx\nscheme=\\u00zz\n");
        WindowChoices broken = WindowChoices.read(data);
        Files.writeString(data.resolve("window.properties"), "language=tlh\nscheme=purple\nvault.lock.minutes=7\n");
        WindowChoices strange = WindowChoices.read(data);
        Files.write(data.resolve("window.properties"), new byte[20_000]);

        assertThat(broken).isEqualTo(WindowChoices.NONE);
        assertThat(strange).isEqualTo(WindowChoices.NONE);
        assertThat(WindowChoices.read(data)).isEqualTo(WindowChoices.NONE);
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaid() {
        model(data.resolve("gone")).dress(Scheme.LIGHT);

        assertThat(desk.toastTitles()).containsExactly("That could not be saved");
    }

    @Test
    void theNameOfTheDeviceIsChangedWhenItIsOne() {
        boolean blank = model.rename("  ");
        boolean same = model.rename("maren-laptop");
        boolean other = model.rename(" desk ");

        assertThat(blank).isFalse();
        assertThat(same && other).isTrue();
        assertThat(desk.library.commands).containsExactly(new Command.RenameDevice("desk"));
        assertThat(model.deviceName().get()).isEqualTo("desk");
    }

    @Test
    void theLimitIsSetInKilobytesAndTakenAway() {
        boolean word = model.limitTo("fast");
        boolean nothing = model.limitTo("0");
        model.limitTo("500");
        String set = model.limit().get();
        model.limitTo(" ");

        assertThat(word || nothing).isFalse();
        assertThat(set).isEqualTo("500");
        assertThat(desk.library.commands).containsExactly(
                new Command.LimitSync(Optional.empty(), Optional.of(500_000L)),
                new Command.LimitSync(Optional.empty(), Optional.empty()));
        assertThat(model.limit().get()).isEmpty();
    }
}

package app.holdfast.desktop.drives;

import app.holdfast.core.api.VolumeRow;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.locations.LocationsModel;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// What is asked before something happens to a drive.
final class DriveDialogs {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final DrivesModel model;
    private final Words words;
    private final Dialogs dialogs;

    DriveDialogs(DrivesModel model, Words words, Dialogs dialogs) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
    }

    /// @param chooser the system's dialog for a folder
    void track(Supplier<Optional<Path>> chooser) {
        TextField folder = new TextField();
        Label problem = Nodes.paragraph("", "t-small fg-danger");
        Button choose = Nodes.button(words.get(Text.LOCATION_CHOOSE), "");
        choose.setOnAction(_ -> chooser.get().ifPresent(path -> folder.setText(path.toString())));
        folder.setMaxHeight(TextField.USE_PREF_SIZE);
        folder.textProperty().addListener((_, _, _) -> show(problem, folder, ""));
        show(problem, folder, "");
        VBox field = Nodes.column(6, Nodes.label(words.get(Text.DRIVE_TRACK_FIELD), "t-medium"),
                Nodes.row(8, Nodes.grown(folder), choose),
                Nodes.paragraph(words.get(Text.DRIVE_TRACK_HINT), "t-small muted"), problem);
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.DRIVE_TRACK_TITLE), new VBox(field));
        Button track = Nodes.button(words.get(Text.DRIVE_TRACK), "primary");
        track.setDefaultButton(true);
        track.disableProperty().bind(folder.textProperty().map(String::isBlank));
        track.setOnAction(_ -> LocationsModel.folder(folder.getText()).ifPresentOrElse(
                path -> track(path, () -> dialogs.close(frame), why -> show(problem, folder, why)),
                () -> show(problem, folder, words.get(Text.LOCATION_NOT_ABSOLUTE))));
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame), track).focus(folder);
        dialogs.open(frame, () -> { });
    }

    void track(DriveLine line) {
        DrivesModel.place(line).ifPresent(path -> track(path, () -> { }, why -> model.failed(line.name(), why)));
    }

    private void track(Path path, Runnable done, Consumer<String> refused) {
        Runnable insisting = () -> model.track(path, true, new DrivesModel.Tracked(done, refused, refused));
        model.track(path, false, new DrivesModel.Tracked(done, refused, question -> dialogs.ask(
                words.get(Text.DRIVE_TRACK_SYSTEM_TITLE), question, words.get(Text.DRIVE_TRACK), insisting)));
    }

    private static void show(Label problem, TextField field, String why) {
        problem.setText(why);
        Nodes.show(problem, !why.isEmpty());
        field.pseudoClassStateChanged(WRONG, !why.isEmpty());
    }

    void note(VolumeRow volume) {
        TextField note = new TextField(volume.standing().note());
        VBox body = new VBox(Dialogs.field(words.get(Text.DRIVE_NOTE_FIELD), note,
                Nodes.paragraph(words.get(Text.DRIVE_NOTE_HINT), "t-small muted")));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.DRIVE_NOTE_TITLE, volume.label()), body);
        Button save = Nodes.button(words.get(Text.DRIVE_NOTE_SAVE), RemixiconAL.CHECK_LINE, "primary");
        save.setDefaultButton(true);
        save.disableProperty().bind(note.textProperty().map(text ->
                text.strip().length() > DrivesModel.NOTE_CHARS_MAX));
        save.setOnAction(_ -> {
            if (model.note(volume, note.getText())) {
                dialogs.close(frame);
            }
        });
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame), save).focus(note);
        dialogs.open(frame, () -> { });
        note.selectAll();
    }

    /// Nothing is chosen at first: whoever goes on by habit changes nothing.
    void resolve(VolumeRow volume) {
        ToggleGroup group = new ToggleGroup();
        VBox choices = Nodes.column(12, Nodes.paragraph(words.get(Text.DRIVE_RESOLVE_DETAIL, volume.label()), ""));
        List<Verdict.Choice> all = model.choices(volume);
        for (Verdict.Choice choice : all) {
            RadioButton button = new RadioButton(choice.title());
            button.setToggleGroup(group);
            button.setUserData(choice.verdict());
            button.setWrapText(true);
            button.setAccessibleText(choice.title() + ", " + choice.detail());
            Label detail = Nodes.paragraph(choice.detail(), "t-small muted choice-detail");
            choices.getChildren().add(Nodes.column(2, button, detail));
        }
        DialogFrame frame = new DialogFrame(DialogFrame.WIDE, words.get(Text.DRIVE_RESOLVE_TITLE), choices);
        Button say = Nodes.button(words.get(Text.DRIVE_RESOLVE_VERB), "primary");
        say.disableProperty().bind(group.selectedToggleProperty().isNull());
        say.setOnAction(_ -> {
            if (group.getSelectedToggle().getUserData() instanceof Verdict verdict) {
                dialogs.close(frame);
                model.say(volume, verdict);
            }
        });
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame), say);
        group.getToggles().stream().findFirst().ifPresent(first -> frame.focus((RadioButton) first));
        dialogs.open(frame, () -> { });
    }

    void forget(VolumeRow volume) {
        dialogs.ask(words.get(Text.DRIVE_FORGET_TITLE, volume.label()),
                words.get(Text.DRIVE_FORGET_ASK, volume.label(), model.locationsOn(volume)),
                words.get(Text.DRIVE_FORGET_TITLE, volume.label()), () -> model.forget(volume));
    }
}

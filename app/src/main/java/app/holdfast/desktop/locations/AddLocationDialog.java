package app.holdfast.desktop.locations;

import app.holdfast.core.model.LocationId;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// Asks for a folder: typed, or chosen in the system's dialog. Stays open until core has taken it, and says why not.
public final class AddLocationDialog {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final LocationsModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final Supplier<Optional<Path>> chooser;
    private final TextField folder = new TextField();
    private final Label problem = Nodes.paragraph("", "t-small fg-danger");

    /// @param chooser the system's dialog for a folder
    public AddLocationDialog(LocationsModel model, Words words, Dialogs dialogs, Supplier<Optional<Path>> chooser) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        this.chooser = chooser;
    }

    /// @param added told of the new location
    public void open(Consumer<LocationId> added) {
        folder.setPromptText(System.getProperty("user.home", "/"));
        Button choose = Nodes.button(words.get(Text.LOCATION_CHOOSE), "");
        choose.setOnAction(_ -> chooser.get().ifPresent(path -> folder.setText(path.toString())));
        Label hint = Nodes.paragraph(words.get(Text.LOCATION_HINT), "t-small muted");
        VBox field = Nodes.column(6, Nodes.label(words.get(Text.LOCATION_FOLDER), "t-medium"),
                Nodes.row(8, Nodes.grown(folder), choose), hint, problem);
        folder.setMaxHeight(TextField.USE_PREF_SIZE);
        show("");
        folder.textProperty().addListener((_, _, _) -> show(""));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.LOCATION_ADD), new VBox(field));
        Button add = Nodes.button(words.get(Text.LOCATION_ADD_VERB), "primary");
        add.setDefaultButton(true);
        add.disableProperty().bind(folder.textProperty().map(String::isBlank));
        add.setOnAction(_ -> LocationsModel.folder(folder.getText()).ifPresentOrElse(
                path -> model.add(path, id -> {
                    dialogs.close(frame);
                    added.accept(id);
                }, this::show),
                () -> show(words.get(Text.LOCATION_NOT_ABSOLUTE))));
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame), add).focus(folder);
        dialogs.open(frame, () -> { });
    }

    private void show(String why) {
        problem.setText(why);
        Nodes.show(problem, !why.isEmpty());
        folder.pseudoClassStateChanged(WRONG, !why.isEmpty());
    }
}

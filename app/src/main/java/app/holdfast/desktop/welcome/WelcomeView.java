package app.holdfast.desktop.welcome;

import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Logo;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// The first page: a name, a folder, and a button; or a ticket in place of the folder.
public final class WelcomeView extends ScrollPane {

    private static final double WIDTH = 440;

    private final WelcomeModel model;
    private final Words words;
    private final TextField name = new TextField();
    private final TextField folder = Nodes.grown(new TextField());
    private final TextArea ticket = Nodes.styled(new TextArea(), "t-mono ticket");

    /// @param chooser the system's dialog for a folder
    public WelcomeView(WelcomeModel model, Words words, Supplier<Optional<Path>> chooser) {
        this.model = model;
        this.words = words;
        VBox column = new VBox(24, head(), form(chooser), buttons(), foot());
        column.setMaxSize(WIDTH, USE_PREF_SIZE);
        StackPane page = Nodes.styled(new StackPane(column), "welcome");
        setContent(page);
        setFitToWidth(true);
        setFitToHeight(true);
        setFocusTraversable(false);
    }

    public void start() {
        name.requestFocus();
        name.selectAll();
    }

    private VBox head() {
        Label line = Nodes.paragraph(words.get(Text.WELCOME_LINE), "muted");
        line.setTextAlignment(TextAlignment.CENTER);
        Logo logo = new Logo(56);
        VBox.setMargin(logo, new Insets(0, 0, 12, 0));
        VBox head = new VBox(8, logo, Nodes.styled(Nodes.label(words.get(Text.WELCOME_TITLE), "t-display"),
                "welcome-title"), line);
        head.setAlignment(Pos.CENTER);
        return head;
    }

    private VBox form(Supplier<Optional<Path>> chooser) {
        name.textProperty().bindBidirectional(model.name());
        folder.setMaxHeight(USE_PREF_SIZE);
        folder.textProperty().bindBidirectional(model.folder());
        Button choose = Nodes.button(words.get(Text.LOCATION_CHOOSE), "");
        choose.setOnAction(_ -> chooser.get().ifPresent(path -> folder.setText(path.toString())));
        HBox pick = Nodes.row(8, folder, choose);
        ticket.setWrapText(true);
        ticket.setPrefRowCount(3);
        Nodes.enterActs(ticket, model::start);
        ticket.textProperty().bindBidirectional(model.ticket());
        VBox first = Dialogs.field(words.get(Text.WELCOME_FOLDER), pick,
                Nodes.paragraph(words.get(Text.LOCATION_HINT), "t-small muted"));
        VBox join = Dialogs.field(words.get(Text.PAIR_TICKET), ticket,
                Nodes.paragraph(words.get(Text.WELCOME_TICKET_HINT), "t-small muted"));
        Label problem = Nodes.paragraph("", "t-small fg-danger");
        problem.textProperty().bind(model.problem());
        show(first, join);
        model.joining().addListener((_, _, _) -> show(first, join));
        model.problem().addListener((_, _, why) -> Nodes.show(problem, !why.isEmpty()));
        Nodes.show(problem, false);
        VBox form = Nodes.styled(new VBox(Dialogs.field(words.get(Text.WELCOME_NAME), name,
                Nodes.paragraph(words.get(Text.DEVICE_NAME_HINT), "t-small muted")), first, join, problem),
                "card form");
        form.disableProperty().bind(model.busy());
        return form;
    }

    private void show(VBox first, VBox join) {
        Nodes.show(first, !model.joining().get());
        Nodes.show(join, model.joining().get());
    }

    private VBox buttons() {
        Button start = wide(Nodes.button("", "primary large"));
        start.setDefaultButton(true);
        start.textProperty().bind(Bindings.createStringBinding(() -> words.get(
                model.busy().get() ? Text.WELCOME_BUSY
                        : model.joining().get() ? Text.WELCOME_JOIN : Text.WELCOME_CREATE),
                model.joining(), model.busy()));
        start.setOnAction(_ -> model.start());
        start.disableProperty().bind(model.busy());
        Button other = wide(Nodes.button("", "large"));
        other.textProperty().bind(Bindings.createStringBinding(() -> words.get(
                model.joining().get() ? Text.WELCOME_CREATE_INSTEAD : Text.WELCOME_JOIN_INSTEAD), model.joining()));
        other.graphicProperty().bind(Bindings.createObjectBinding(() ->
                model.joining().get() ? null : Nodes.icon(RemixiconMZ.QR_CODE_LINE, ""), model.joining()));
        other.setOnAction(_ -> {
            model.joining().set(!model.joining().get());
            (model.joining().get() ? ticket : folder).requestFocus();
        });
        other.disableProperty().bind(model.busy());
        return Nodes.column(8, start, other);
    }

    private static Button wide(Button button) {
        button.setMaxWidth(Double.MAX_VALUE);
        return button;
    }

    private Label foot() {
        Label foot = Nodes.paragraph(words.get(Text.WELCOME_FOOT), "t-small subtle");
        foot.setMaxWidth(Double.MAX_VALUE);
        foot.setAlignment(Pos.CENTER);
        foot.setTextAlignment(TextAlignment.CENTER);
        return foot;
    }
}

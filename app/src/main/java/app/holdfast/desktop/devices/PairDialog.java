package app.holdfast.desktop.devices;

import app.holdfast.desktop.devices.PairModel.Step;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Dot;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.QrPicture;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// The dialogs of pairing, one for each step that a person sees. They follow the model; nobody opens them by hand.
public final class PairDialog {

    /// Room for the code; its modules are whole pixels.
    private static final int QR_PIXELS_MAX = 232;
    private static final int HALF_OF_DIGITS = 3;

    private final PairModel model;
    private final Words words;
    private final Dialogs dialogs;
    private @Nullable DialogFrame open;
    private @Nullable Timeline clock;

    public PairDialog(PairModel model, Words words, Dialogs dialogs) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        model.step().addListener((_, _, step) -> show(step));
        show(model.step().get());
    }

    private void show(Step step) {
        switch (step) {
            case Step.Idle _ -> close();
            case Step.Making _ -> replace(waiting(words.get(Text.PAIR_DEVICE), words.get(Text.PAIR_MAKING)));
            case Step.Showing showing -> replace(ticket(showing));
            case Step.Entering entering -> replace(entry(entering));
            case Step.Joining _ -> replace(waiting(words.get(Text.PAIR_JOIN_TITLE), words.get(Text.PAIR_JOINING)));
            case Step.Comparing comparing -> replace(compare(comparing));
            case Step.Finishing finishing -> replace(waiting(words.get(Text.PAIR_COMPARE_TITLE),
                    words.get(Text.PAIR_FINISHING, finishing.device())));
            case Step.Done done -> replace(ended(words.get(Text.PAIR_DONE_TITLE),
                    words.get(Text.PAIR_DONE, done.device())));
            case Step.Failed failed -> replace(ended(words.get(Text.PAIR_FAILED_TITLE), failed.words()));
        }
    }

    private void replace(DialogFrame frame) {
        close();
        if (model.step().get() instanceof Step.Showing showing) {
            startClock(showing, frame);
        }
        open = frame;
        dialogs.open(frame, () -> {
            open = null;
            model.cancel();
        });
    }

    private void close() {
        if (clock != null) {
            clock.stop();
            clock = null;
        }
        DialogFrame frame = open;
        open = null;
        if (frame != null) {
            dialogs.close(frame);
        }
    }

    private DialogFrame ticket(Step.Showing showing) {
        TextField ticket = Nodes.styled(new TextField(showing.ticket()), "t-mono");
        ticket.setEditable(false);
        Button copy = Nodes.button(words.get(Text.PAIR_COPY), RemixiconAL.FILE_COPY_LINE, "");
        copy.setOnAction(_ -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(showing.ticket());
            Clipboard.getSystemClipboard().setContent(content);
            copy.setText(words.get(Text.PAIR_COPIED));
        });
        Label expires = Nodes.paragraph("", "t-small muted expires");
        VBox paste = Nodes.column(8, Nodes.label(words.get(Text.PAIR_OR_PASTE), "t-medium"),
                Nodes.row(8, Nodes.grown(ticket), copy), expires);
        ticket.setMaxHeight(Region.USE_PREF_SIZE);
        VBox steps = Nodes.column(16, step(1, words.get(Text.PAIR_STEP_OPEN)), step(2, words.get(Text.PAIR_STEP_SCAN)),
                step(3, words.get(Text.PAIR_STEP_COMPARE)), paste);
        HBox body = new HBox(24);
        QrPicture.of(showing.ticket(), QR_PIXELS_MAX).ifPresent(code -> {
            code.setAccessibleText(words.get(Text.PAIR_QR));
            VBox beside = new VBox(code);
            beside.setMinWidth(Region.USE_PREF_SIZE);
            body.getChildren().add(beside);
        });
        body.getChildren().add(Nodes.grown(steps));
        DialogFrame frame = new DialogFrame(DialogFrame.WIDE, words.get(Text.PAIR_DEVICE), new VBox(body));
        Button enter = Nodes.button(words.get(Text.PAIR_ENTER_INSTEAD), "quiet");
        enter.setOnAction(_ -> model.enter());
        return frame.foot(new Dot(Dot.State.MOVING), Nodes.label(words.get(Text.PAIR_WAITING), "muted"),
                Nodes.spring(), enter, dialogs.cancelButton(frame)).focus(copy);
    }

    private void startClock(Step.Showing showing, DialogFrame frame) {
        Optional<Label> label = Optional.ofNullable((Label) frame.lookup(".expires"));
        Runnable tick = () -> label.ifPresent(expires -> expires.setText(words.isPast(showing.expires())
                ? words.get(Text.PAIR_EXPIRED) : words.get(Text.PAIR_EXPIRES, words.timeLeft(showing.expires()))));
        tick.run();
        Timeline timer = new Timeline(new KeyFrame(Duration.seconds(1), _ -> tick.run()));
        timer.setCycleCount(Animation.INDEFINITE);
        timer.play();
        clock = timer;
    }

    private DialogFrame entry(Step.Entering entering) {
        TextArea ticket = Nodes.styled(new TextArea(), "t-mono ticket");
        ticket.setWrapText(true);
        ticket.setPrefRowCount(4);
        ticket.setAccessibleText(words.get(Text.PAIR_TICKET));
        Label problem = Nodes.paragraph(entering.problem(), "t-small fg-danger");
        Nodes.show(problem, !entering.problem().isEmpty());
        VBox body = new VBox(Dialogs.field(words.get(Text.PAIR_TICKET), ticket,
                Nodes.paragraph(words.get(Text.PAIR_TICKET_HINT), "t-small muted")), problem);
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.PAIR_JOIN_TITLE), body);
        Button join = Nodes.button(words.get(Text.PAIR_JOIN), "primary");
        join.setDefaultButton(true);
        join.disableProperty().bind(ticket.textProperty().map(String::isBlank));
        join.setOnAction(_ -> model.join(ticket.getText()));
        Nodes.enterActs(ticket, join::fire);
        return frame.foot(Nodes.spring(), dialogs.cancelButton(frame), join).focus(ticket);
    }

    private DialogFrame compare(Step.Comparing comparing) {
        String digits = comparing.digits();
        int half = Math.min(HALF_OF_DIGITS, digits.length());
        HBox shown = Nodes.row(24, Nodes.label(digits.substring(0, half), "t-digits"),
                Nodes.label(digits.substring(half), "t-digits"));
        shown.setAlignment(Pos.CENTER);
        shown.setAccessibleText(String.join(" ", digits.split("")));
        VBox well = Nodes.styled(new VBox(shown), "preview digits");
        VBox body = new VBox(Nodes.paragraph(words.get(Text.PAIR_COMPARE, comparing.device()), ""), well,
                Nodes.paragraph(words.get(Text.PAIR_COMPARE_HINT), "t-small muted"));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.PAIR_COMPARE_TITLE), body);
        Button differ = Nodes.button(words.get(Text.PAIR_THEY_DIFFER), "danger-text");
        differ.setOnAction(_ -> model.answer(false));
        Button match = Nodes.button(words.get(Text.PAIR_THEY_MATCH), RemixiconAL.CHECK_LINE, "primary");
        match.setOnAction(_ -> model.answer(true));
        Button cancel = dialogs.cancelButton(frame);
        // Not on the button that agrees: a key pressed by habit must not let anyone in.
        return frame.foot(differ, Nodes.spring(), cancel, match).focus(cancel);
    }

    private DialogFrame waiting(String title, String what) {
        HBox line = Nodes.row(8, new Dot(Dot.State.MOVING), Nodes.label(what, "muted"));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, title, new VBox(line));
        Button cancel = dialogs.cancelButton(frame);
        return frame.foot(Nodes.spring(), cancel).focus(cancel);
    }

    private DialogFrame ended(String title, String what) {
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, title, new VBox(Nodes.paragraph(what, "")));
        Button close = Nodes.button(words.get(Text.DIALOG_CLOSE), "primary");
        close.setDefaultButton(true);
        close.setOnAction(_ -> model.cancel());
        return frame.foot(Nodes.spring(), close).focus(close);
    }

    private static Node step(int number, String what) {
        HBox row = new HBox(8, Nodes.label(String.valueOf(number), "badge accent step"),
                Nodes.grown(Nodes.paragraph(what, "")));
        row.setAlignment(Pos.TOP_LEFT);
        return row;
    }
}

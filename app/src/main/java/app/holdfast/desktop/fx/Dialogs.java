package app.holdfast.desktop.fx;

import app.holdfast.ui.Text;
import app.holdfast.ui.Texts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// The layer of the window on which dialogs lie, over a scrim. Escape cancels; the focus stays inside and goes back to
/// where it was.
public final class Dialogs extends StackPane {

    private final Texts texts;
    private final Deque<Open> open = new ArrayDeque<>();

    private record Open(DialogFrame frame, StackPane scrim, Runnable cancelled, @Nullable Node focusBefore) {}

    public Dialogs(Texts texts) {
        this.texts = texts;
        setVisible(false);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !open.isEmpty()) {
                event.consume();
                cancel(open.peek());
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressDefault);
        sceneProperty().addListener((_, _, scene) -> {
            if (scene != null) {
                scene.focusOwnerProperty().addListener(this::keepFocusInside);
            }
        });
    }

    /// @param cancelled told when it was closed by Escape, the cross or [#cancelButton]
    public void open(DialogFrame frame, Runnable cancelled) {
        StackPane scrim = Nodes.styled(new StackPane(frame), "scrim");
        // of steps that follow one another the first knows where the focus is to go in the end
        Node before = open.isEmpty() ? getScene().getFocusOwner() : open.peek().focusBefore;
        Open dialog = new Open(frame, scrim, cancelled, before);
        Button close = Nodes.iconButton(texts.get(Text.DIALOG_CLOSE), RemixiconAL.CLOSE_LINE, "small");
        close.setOnAction(_ -> cancel(dialog));
        frame.addClose(close);
        open.push(dialog);
        getChildren().add(scrim);
        setVisible(true);
        applyCss();
        layout();
        focusInside(dialog);
    }

    public void close(DialogFrame frame) {
        open.stream().filter(each -> each.frame.equals(frame)).findFirst().ifPresent(this::remove);
    }

    public boolean isOpen() {
        return !open.isEmpty();
    }

    /// A button that ends the dialog as Escape does.
    public Button cancelButton(DialogFrame frame) {
        Button button = Nodes.button(texts.get(Text.DIALOG_CANCEL), "");
        button.setOnAction(_ ->
                open.stream().filter(each -> each.frame.equals(frame)).findFirst().ifPresent(this::cancel));
        return button;
    }

    /// Asks before something that cannot be undone.
    ///
    /// @param verb what the button says: the question's verb again
    public void ask(String title, String question, String verb, Runnable confirmed) {
        Label words = Nodes.paragraph(question, "");
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, title, new VBox(words));
        Button yes = Nodes.button(verb, "danger-text");
        yes.setOnAction(_ -> {
            close(frame);
            confirmed.run();
        });
        Button no = cancelButton(frame);
        frame.foot(yes, Nodes.spring(), no).focus(no);
        open(frame, () -> { });
    }

    private void cancel(Open dialog) {
        remove(dialog);
        dialog.cancelled.run();
    }

    private void remove(Open dialog) {
        if (!open.remove(dialog)) {
            return;
        }
        getChildren().remove(dialog.scrim);
        setVisible(!open.isEmpty());
        Node before = dialog.focusBefore;
        if (!open.isEmpty()) {
            focusInside(open.peek());
        } else if (before != null && Objects.equals(before.getScene(), getScene())) {
            before.requestFocus();
        }
    }

    /// Enter means the default button also where a choice has the focus, which would otherwise swallow the key.
    private void pressDefault(KeyEvent event) {
        boolean onChoice = event.getTarget() instanceof RadioButton || event.getTarget() instanceof CheckBox;
        Open top = open.peek();
        if (event.getCode() == KeyCode.ENTER && onChoice && top != null) {
            top.frame.defaultButton().ifPresent(button -> {
                event.consume();
                button.fire();
            });
        }
    }

    private void keepFocusInside(ObservableValue<? extends Node> owner, @Nullable Node before, @Nullable Node now) {
        Open top = open.peek();
        if (top != null && now != null && !isInside(now, top.frame)) {
            focusInside(top);
        }
    }

    private static void focusInside(Open dialog) {
        Node first = dialog.frame.firstFocus();
        (first == null ? dialog.frame : first).requestFocus();
    }

    private static boolean isInside(Node node, Node frame) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each.equals(frame)) {
                return true;
            }
        }
        return false;
    }

    /// A labelled field with a hint below, as forms are made of.
    public static VBox field(String title, Node control, @Nullable Label hint) {
        VBox field = Nodes.column(6, Nodes.label(title, "t-medium"), control);
        if (hint != null) {
            field.getChildren().add(hint);
        }
        if (control instanceof Region region) {
            region.setMaxWidth(Double.MAX_VALUE);
        }
        HBox.setHgrow(field, Priority.ALWAYS);
        return field;
    }
}

package app.holdfast.desktop.fx;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A dialog's frame: title, body, and the buttons below a line. Shown by [Dialogs].
///
/// The primary button stands at the right, Cancel beside it, a dangerous way out at the left.
public final class DialogFrame extends VBox {

    public static final double NARROW = 440;
    public static final double WIDE = 640;
    public static final double WIDEST = 820;

    private final Label title;
    private final HBox head;
    private final HBox foot = Nodes.styled(new HBox(), "dialog-foot");
    private @Nullable Node firstFocus;

    public DialogFrame(double width, String title, Region body) {
        this.title = Nodes.label(title, "t-heading");
        head = Nodes.styled(new HBox(this.title, Nodes.spring()), "dialog-head");
        Nodes.styled(body, "dialog-body");
        Nodes.styled(this, "dialog");
        getChildren().addAll(head, body);
        setMinWidth(width);
        setMaxWidth(width);
        setPrefWidth(width);
        setMaxHeight(Region.USE_PREF_SIZE);
    }

    public String title() {
        return title.getText();
    }

    /// @param nodes from left to right
    public DialogFrame foot(Node... nodes) {
        foot.getChildren().setAll(nodes);
        if (!getChildren().contains(foot)) {
            getChildren().add(foot);
        }
        return this;
    }

    /// What has the focus when the dialog opens.
    public DialogFrame focus(Node node) {
        firstFocus = node;
        return this;
    }

    @Nullable Node firstFocus() {
        return firstFocus;
    }

    /// What Enter presses, if it can be pressed now.
    Optional<Button> defaultButton() {
        return foot.getChildren().stream().filter(Button.class::isInstance).map(Button.class::cast)
                .filter(button -> button.isDefaultButton() && !button.isDisabled()).findFirst();
    }

    void addClose(Button close) {
        head.getChildren().add(close);
    }
}

package app.holdfast.desktop.fx;

import app.holdfast.desktop.fx.Toasts.Toast;
import app.holdfast.ui.Text;
import app.holdfast.ui.Texts;
import java.util.HashMap;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// The toasts at the bottom right, newest below.
public final class ToastsView extends VBox {

    private static final Duration SHOWN = Duration.seconds(6);
    private static final Duration SHOWN_WITH_ACTION = Duration.seconds(10);

    private final Toasts toasts;
    private final Texts texts;
    private final Map<Toast, Node> nodes = new HashMap<>();

    public ToastsView(Toasts toasts, Texts texts) {
        this.toasts = toasts;
        this.texts = texts;
        getStyleClass().add("toasts");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setPickOnBounds(false);
        toasts.shown().addListener((ListChangeListener<Toast>) change -> {
            while (change.next()) {
                change.getRemoved().forEach(gone -> getChildren().remove(nodes.remove(gone)));
                change.getAddedSubList().forEach(this::add);
            }
        });
    }

    private void add(Toast toast) {
        Node node = node(toast);
        nodes.put(toast, node);
        getChildren().add(node);
        if (toast.tone() != Toasts.Tone.FAILED) {
            PauseTransition wait = new PauseTransition(toast.action().isPresent() ? SHOWN_WITH_ACTION : SHOWN);
            wait.setOnFinished(_ -> toasts.dismiss(toast));
            wait.play();
        }
    }

    private Node node(Toast toast) {
        FontIcon icon = switch (toast.tone()) {
            case DONE -> Nodes.icon(RemixiconAL.CHECK_LINE, "s20 accent");
            case NEWS -> Nodes.icon(RemixiconMZ.NOTIFICATION_LINE, "s20 fg-syncing");
            case FAILED -> Nodes.icon(RemixiconAL.ERROR_WARNING_LINE, "s20 fg-danger");
        };
        VBox words = Nodes.grown(Nodes.column(2, Nodes.paragraph(toast.title(), "t-medium")));
        words.setAlignment(toast.detail().isPresent() ? Pos.TOP_LEFT : Pos.CENTER_LEFT);
        toast.detail().ifPresent(detail -> words.getChildren().add(Nodes.paragraph(detail, "muted t-small")));
        HBox line = Nodes.styled(new HBox(icon, words), toast.detail().isPresent() ? "toast" : "toast single");
        line.setAccessibleRole(AccessibleRole.TEXT);
        line.setAccessibleText(toast.title() + toast.detail().map(detail -> ". " + detail).orElse(""));
        toast.action().ifPresent(action -> {
            Button button = Nodes.button(action.name(), "small");
            button.setOnAction(_ -> {
                toasts.dismiss(toast);
                action.run().run();
            });
            line.getChildren().add(button);
        });
        Button close = Nodes.iconButton(texts.get(Text.TOAST_DISMISS), RemixiconAL.CLOSE_LINE, "small");
        close.setOnAction(_ -> toasts.dismiss(toast));
        line.getChildren().add(close);
        return line;
    }
}

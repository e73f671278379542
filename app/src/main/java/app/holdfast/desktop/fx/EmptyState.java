package app.holdfast.desktop.fx;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.Ikon;

/// What a page shows that has nothing to show: what is missing, one sentence, what to do.
public final class EmptyState extends VBox {

    private static final double TEXT_WIDTH_MAX = 400;

    public EmptyState(Ikon ikon, String title, String body, Button... actions) {
        StackPane tile = Nodes.styled(new StackPane(Nodes.icon(ikon, "s24 accent")), "tile big accent");
        Label words = Nodes.paragraph(body, "muted");
        words.setMaxWidth(TEXT_WIDTH_MAX);
        words.setAlignment(Pos.CENTER);
        words.setTextAlignment(TextAlignment.CENTER);
        Label head = Nodes.label(title, "t-heading");
        head.setWrapText(true);
        head.setTextAlignment(TextAlignment.CENTER);
        getStyleClass().add("empty");
        getChildren().addAll(tile, head, words);
        if (actions.length > 0) {
            HBox buttons = Nodes.styled(Nodes.row(8, actions), "empty-actions");
            buttons.setAlignment(Pos.CENTER);
            getChildren().add(buttons);
        }
        VBox.setVgrow(this, Priority.ALWAYS);
    }
}

package app.holdfast.desktop.fx;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// The plainest parts. How they look is the stylesheet's; the classes are given as one text with spaces.
public final class Nodes {

    private Nodes() {
    }

    public static <N extends Node> N styled(N node, String classes) {
        if (!classes.isEmpty()) {
            node.getStyleClass().addAll(classes.split(" "));
        }
        return node;
    }

    /// Sets one class apart from all others: present or not.
    public static void mark(Node node, String styleClass, boolean present) {
        if (!present) {
            node.getStyleClass().remove(styleClass);
        } else if (!node.getStyleClass().contains(styleClass)) {
            node.getStyleClass().add(styleClass);
        }
    }

    public static Label label(String text, String classes) {
        return styled(new Label(text), classes);
    }

    /// A label that breaks lines instead of being cut.
    public static Label paragraph(String text, String classes) {
        Label label = label(text, classes);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    public static FontIcon icon(Ikon ikon, String classes) {
        return styled(new FontIcon(ikon), classes);
    }

    /// Never narrower than its word: German needs the room.
    public static Button button(String text, String classes) {
        Button button = styled(new Button(text), classes);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    public static Button button(String text, Ikon ikon, String classes) {
        Button button = button(text, classes);
        button.setGraphic(icon(ikon, ""));
        return button;
    }

    /// Its name is tooltip and accessible text.
    public static Button iconButton(String name, Ikon ikon, String classes) {
        Button button = styled(new Button(null, icon(ikon, "")), "icon quiet");
        styled(button, classes);
        button.setTooltip(new Tooltip(name));
        button.setAccessibleText(name);
        return button;
    }

    public static HBox row(double gap, Node... nodes) {
        HBox row = new HBox(gap, nodes);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    public static VBox column(double gap, Node... nodes) {
        VBox column = new VBox(gap, nodes);
        column.setAlignment(Pos.TOP_LEFT);
        return column;
    }

    public static Region spring() {
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        return spring;
    }

    public static Region rule() {
        return styled(new Region(), "hr");
    }

    /// Takes all the room that is left.
    public static <N extends Region> N grown(N region) {
        HBox.setHgrow(region, Priority.ALWAYS);
        VBox.setVgrow(region, Priority.ALWAYS);
        region.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        return region;
    }

    /// Which digit a key stands for, on the main keyboard or the number pad.
    ///
    /// @param code a digit key
    public static int digit(KeyCode code) {
        String name = code.getName();
        return name.charAt(name.length() - 1) - '0';
    }

    /// Tab goes on from a text instead of writing a tab; with Ctrl it is written.
    public static void tabLeaves(TextArea text) {
        text.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.TAB && !event.isControlDown() && !event.isAltDown()) {
                text.requestFocusTraversal(event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
                event.consume();
            }
        });
    }

    /// For one long line that is shown as several: Enter acts, and writes no line.
    public static void enterActs(TextArea line, Runnable act) {
        tabLeaves(line);
        line.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                act.run();
            }
        });
    }

    /// Hidden things take no room.
    public static void show(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }
}

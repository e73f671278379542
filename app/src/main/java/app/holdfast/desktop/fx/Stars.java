package app.holdfast.desktop.fx;

import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// A rating of five stars: one tab stop; the arrows and 0 to 5 set it, and a click on the last star takes it away.
public final class Stars extends HBox {

    private static final int MAX = 5;

    private final Words words;
    private final IntConsumer rated;
    private final List<FontIcon> stars = new ArrayList<>();
    private int rating;

    /// @param rated told what a person chose, 0 to 5
    public Stars(Words words, IntConsumer rated) {
        this.words = words;
        this.rated = rated;
        Nodes.styled(this, "stars");
        setAccessibleRole(AccessibleRole.SLIDER);
        setFocusTraversable(true);
        for (int i = 1; i <= MAX; i++) {
            int number = i;
            FontIcon icon = Nodes.icon(RemixiconMZ.STAR_LINE, "s20");
            StackPane target = Nodes.styled(new StackPane(icon), "star");
            target.setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY) {
                    requestFocus();
                    rate(number == rating ? 0 : number);
                }
            });
            stars.add(icon);
            getChildren().add(target);
        }
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        set(Optional.of(0));
    }

    /// @param now empty when it is various
    public void set(Optional<Integer> now) {
        rating = now.orElse(0);
        for (int i = 0; i < MAX; i++) {
            stars.get(i).setIconCode(i < rating ? RemixiconMZ.STAR_FILL : RemixiconMZ.STAR_LINE);
            Nodes.mark(stars.get(i), "on", i < rating);
        }
        setAccessibleText(now.map(stars -> words.get(Text.NOTE_RATING_SPOKEN, stars))
                .orElse(words.get(Text.NOTE_RATING_VARIOUS)));
    }

    private void rate(int wanted) {
        rated.accept(Math.clamp(wanted, 0, MAX));
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        KeyCode code = event.getCode();
        if (code == KeyCode.RIGHT || code == KeyCode.ADD || code == KeyCode.PLUS) {
            rate(rating + 1);
        } else if (code == KeyCode.LEFT || code == KeyCode.SUBTRACT || code == KeyCode.MINUS) {
            rate(rating - 1);
        } else if (code.isDigitKey() && Nodes.digit(code) <= MAX) {
            rate(Nodes.digit(code));
        } else {
            return;
        }
        event.consume();
    }
}

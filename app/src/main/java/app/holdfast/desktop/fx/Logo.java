package app.holdfast.desktop.fx;

import javafx.scene.Group;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;

/// Three strands that hold: the mark of the program.
public final class Logo extends StackPane {

    private static final String STRANDS =
            "M12 4v16 M12 10c0 3-5.500 3-5.500 7v3 M12 10c0 3 5.500 3 5.500 7v3";
    /// The size at which the strands are drawn as they are.
    private static final double DRAWN_PIXELS = 32;

    public Logo(double pixels) {
        SVGPath mark = Nodes.styled(new SVGPath(), "logo-mark");
        mark.setContent(STRANDS);
        mark.setScaleX(pixels / DRAWN_PIXELS);
        mark.setScaleY(pixels / DRAWN_PIXELS);
        getChildren().add(new Group(mark));
        Nodes.styled(this, pixels > DRAWN_PIXELS ? "logo big" : "logo");
        setMinSize(pixels, pixels);
        setMaxSize(pixels, pixels);
    }
}

package app.holdfast.desktop.fx;

import app.holdfast.core.api.TagColor;
import javafx.scene.layout.Region;

/// A tag's colour, 8 px. The only thing a tag's colour is ever used for, so that any colour keeps its contrast.
public final class Swatch extends Region {

    public Swatch() {
        getStyleClass().add("swatch");
    }

    public Swatch(TagColor color) {
        this();
        set(color);
    }

    public void set(TagColor color) {
        getStyleClass().setAll("swatch", color.code());
    }
}

package app.holdfast.desktop.fx;

import app.holdfast.core.api.TagColor;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// A tag as it stands on a file: colour and name. Made once, then given other tags.
public final class TagPill extends HBox {

    private final Swatch swatch = new Swatch();
    private final Label name = new Label();

    public TagPill(String classes) {
        Nodes.styled(this, "pill");
        Nodes.styled(this, classes);
        getChildren().addAll(swatch, name);
        setMinWidth(Region.USE_PREF_SIZE);
        setMaxWidth(Region.USE_PREF_SIZE);
    }

    public void set(String tag, TagColor color) {
        swatch.set(color);
        if (!tag.equals(name.getText())) {
            name.setText(tag);
        }
    }
}

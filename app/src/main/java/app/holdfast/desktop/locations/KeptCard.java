package app.holdfast.desktop.locations;

import app.holdfast.core.api.LocationRow;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Which locations of other devices this one keeps the list of, each with a box to tick.
public final class KeptCard extends VBox {

    private final LocationsModel model;
    private final Words words;
    private final VBox rows = Nodes.column(8);

    public KeptCard(LocationsModel model, Words words) {
        this.model = model;
        this.words = words;
        Nodes.styled(this, "card");
        setMinWidth(0);
        getChildren().addAll(Nodes.label(words.get(Text.LOCATION_FOREIGN), "t-heading"),
                Nodes.paragraph(words.get(Text.LOCATION_FOREIGN_HINT), "t-small muted"), rows);
        model.foreign().addListener((ListChangeListener<LocationRow>) _ -> fill());
        fill();
    }

    private void fill() {
        if (model.foreign().isEmpty()) {
            rows.getChildren().setAll(List.of(Nodes.paragraph(words.get(Text.LOCATION_FOREIGN_NONE), "muted")));
            return;
        }
        rows.getChildren().setAll(model.foreign().stream().map(this::row).toList());
    }

    private Node row(LocationRow location) {
        CheckBox kept = new CheckBox(words.get(Text.LOCATION_KEPT_WORD));
        kept.setSelected(location.kept());
        kept.setMinWidth(USE_PREF_SIZE);
        String says = model.says(location);
        kept.setAccessibleText(location.name() + ", " + says + ", " + kept.getText());
        kept.setOnAction(_ -> model.keep(location, kept.isSelected()));
        Label name = Nodes.label(location.name(), "t-medium");
        VBox lines = Nodes.column(2, name, Nodes.paragraph(says, "t-small muted"));
        return Nodes.row(12, Nodes.grown(lines), kept);
    }
}

package app.holdfast.desktop.sync;

import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.sync.SyncLines.ConflictLine;
import app.holdfast.ui.Text;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What two devices changed at once: both values, and a button for each.
final class ConflictsCard extends VBox {

    private final SyncModel model;
    private final Words words;
    private final VBox rows = Nodes.styled(new VBox(), "conflicts");

    ConflictsCard(SyncModel model, Words words) {
        this.model = model;
        this.words = words;
        Nodes.styled(this, "card");
        Label hint = Nodes.label(words.get(Text.SYNC_CONFLICTS_HINT), "t-small muted");
        Label title = Nodes.label(words.get(Text.SYNC_CONFLICTS), "t-heading");
        title.setMinWidth(USE_PREF_SIZE);
        setMinWidth(0);
        getChildren().addAll(Nodes.row(8, title, Nodes.spring(), hint), rows);
        SyncView.fillOn(model.conflicts(), this::fill);
    }

    private void fill() {
        if (model.conflicts().isEmpty()) {
            rows.getChildren().setAll(List.of(Nodes.paragraph(words.get(Text.SYNC_CONFLICTS_EMPTY), "muted")));
            return;
        }
        rows.getChildren().setAll(model.conflicts().stream().map(this::row).toList());
    }

    private Node row(ConflictLine line) {
        Label field = Nodes.label(line.field(), "badge");
        field.setMinWidth(USE_PREF_SIZE);
        Button take = Nodes.button(words.get(Text.SYNC_CONFLICT_TAKE), "small");
        take.setOnAction(_ -> model.takeOther(line));
        take.setAccessibleText(take.getText() + ", " + line.title() + ", " + line.other().value());
        Button keep = Nodes.button(words.get(Text.SYNC_CONFLICT_KEEP), "small quiet");
        keep.setOnAction(_ -> model.keep(line));
        keep.setAccessibleText(keep.getText() + ", " + line.title() + ", " + line.kept().value());
        HBox head = Nodes.row(8, Nodes.label(line.title(), "t-medium"), field, Nodes.spring(), take, keep);
        Node kept = value(line.kept(), "version kept");
        Node other = value(line.other(), "version");
        VBox row = Nodes.styled(new VBox(head, new HBox(8, kept, other)), "conflict-row");
        if (!line.more().isEmpty()) {
            row.getChildren().add(Nodes.label(line.more(), "t-small subtle"));
        }
        return row;
    }

    private static Node value(SyncLines.Value value, String classes) {
        Label held = Nodes.label(value.value(), "");
        held.setTooltip(new Tooltip(value.value()));
        VBox box = Nodes.styled(new VBox(Nodes.label(value.who(), "t-caption muted"), held), classes);
        box.setMinWidth(0);
        HBox.setHgrow(box, Priority.ALWAYS);
        return box;
    }
}

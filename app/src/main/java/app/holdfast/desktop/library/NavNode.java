package app.holdfast.desktop.library;

import app.holdfast.desktop.fx.Dot;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Swatch;
import app.holdfast.desktop.library.NavRow.Kind;
import app.holdfast.desktop.library.NavRow.State;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// A line of the sidebar. Made once, then given other rows.
final class NavNode extends HBox {

    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final FontIcon icon = Nodes.icon(RemixiconAL.FOLDER_LINE, "");
    private final Swatch swatch = new Swatch();
    private final Dot lead = new Dot();
    private final Label name = Nodes.label("", "name");
    private final Label trailing = Nodes.label("", "t-caption subtle");
    private final Dot mark = new Dot(Dot.State.AWAY);
    private NavRow row;

    NavNode(NavRow row) {
        this.row = row;
        StackPane picture = Nodes.styled(new StackPane(icon, swatch, lead), "slot");
        trailing.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(picture, name, Nodes.spring(), trailing, mark);
        getStyleClass().add("nav");
        setAccessibleRole(AccessibleRole.BUTTON);
        set(row);
    }

    NavRow row() {
        return row;
    }

    void set(NavRow now) {
        row = now;
        name.setText(now.name());
        trailing.setText(now.trailing());
        setAccessibleText(now.spoken());
        Nodes.show(trailing, !now.trailing().isEmpty());
        Nodes.mark(trailing, "fg-syncing", now.state() == State.MOVING);
        Nodes.mark(this, "away", now.state() == State.AWAY || now.state() == State.LEFT_OUT);
        boolean device = now.kind() == Kind.DEVICE;
        boolean look = now.state() == State.LOOK;
        Nodes.show(mark, (now.state() == State.AWAY || look) && !device);
        mark.set(look ? Dot.State.LOOK : Dot.State.AWAY);
        Nodes.show(icon, now.color().isEmpty() && !device);
        Nodes.show(swatch, now.color().isPresent());
        Nodes.show(lead, device);
        now.color().ifPresent(swatch::set);
        lead.set(now.state() == State.AWAY ? Dot.State.AWAY : Dot.State.ONLINE);
        icon.setIconCode(ikon(now.kind()));
        Nodes.mark(icon, "subtle", now.state() == State.AWAY);
    }

    /// Whether what is dragged over it would be taken.
    void lightUp(boolean lit) {
        pseudoClassStateChanged(DROP, lit);
    }

    void select(boolean selected) {
        pseudoClassStateChanged(SELECTED, selected);
    }

    private static Ikon ikon(Kind kind) {
        return switch (kind) {
            case ALL_FILES -> RemixiconAL.FILE_COPY_2_LINE;
            case LOCATION -> RemixiconAL.FOLDER_LINE;
            case COLLECTION -> RemixiconMZ.STACK_LINE;
            case TAG, ALL_TAGS -> RemixiconMZ.PRICE_TAG_3_LINE;
            case DEVICE -> RemixiconAL.COMPUTER_LINE;
            case DRIVES -> RemixiconAL.HARD_DRIVE_2_LINE;
            case SETTINGS -> RemixiconMZ.SETTINGS_3_LINE;
            case VAULTS -> RemixiconMZ.SAFE_2_LINE;
            case SYNC -> RemixiconMZ.PULSE_LINE;
        };
    }
}

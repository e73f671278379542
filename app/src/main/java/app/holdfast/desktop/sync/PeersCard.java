package app.holdfast.desktop.sync;

import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.sync.SyncLines.PeerLine;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// The other devices in columns, each with a menu of what can be done with it.
final class PeersCard extends VBox {

    private final SyncModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final GridPane grid = Nodes.styled(new GridPane(), "peers");
    private final List<Button> menus = new ArrayList<>();

    PeersCard(SyncModel model, Words words, Dialogs dialogs) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        Nodes.styled(this, "card");
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        name.setMinWidth(80);
        grid.getColumnConstraints().add(name);
        getChildren().addAll(Nodes.label(words.get(Text.DEVICES_TITLE), "t-heading"), grid);
        SyncView.fillOn(model.peers(), this::fill);
    }

    void focus() {
        if (!menus.isEmpty()) {
            menus.getFirst().requestFocus();
        }
    }

    private void fill() {
        int focused = focused();
        grid.getChildren().clear();
        menus.clear();
        if (model.peers().isEmpty()) {
            grid.add(Nodes.paragraph(words.get(Text.SYNC_DEVICES_NONE), "muted"), 0, 0);
            return;
        }
        addRow(0, head(Text.SYNC_COLUMN_DEVICE), head(Text.SYNC_COLUMN_STATE), right(head(Text.SYNC_COLUMN_TO_SEND)),
                right(head(Text.SYNC_COLUMN_TO_GET)), head(Text.SYNC_COLUMN_LAST));
        int line = 1;
        for (PeerLine peer : model.peers()) {
            addRow(line++, name(peer), state(peer), right(Nodes.label(peer.toSend(), "")),
                    right(Nodes.label(peer.toGet(), "")), whole(Nodes.label(peer.last(), "muted")), menu(peer));
        }
        if (focused >= 0) {
            menus.get(Math.min(focused, menus.size() - 1)).requestFocus();
        }
    }

    private int focused() {
        for (int i = 0; i < menus.size(); i++) {
            if (menus.get(i).isFocused()) {
                return i;
            }
        }
        return -1;
    }

    private void addRow(int line, Node... cells) {
        for (int column = 0; column < cells.length; column++) {
            grid.add(cells[column], column, line);
        }
    }

    private Label head(Text text) {
        return Nodes.label(words.get(text), "t-small t-medium muted");
    }

    private static Label right(Label label) {
        GridPane.setHalignment(label, HPos.RIGHT);
        return whole(label);
    }

    private static Label whole(Label label) {
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static Node name(PeerLine peer) {
        VBox lines = Nodes.column(2, Nodes.label(peer.name(), "t-medium"));
        lines.setAlignment(Pos.CENTER_LEFT);
        if (!peer.detail().isEmpty()) {
            lines.getChildren().add(Nodes.label(peer.detail(), "t-caption subtle"));
        }
        return lines;
    }

    private static Node state(PeerLine peer) {
        Label badge = Nodes.label(peer.state().word(), peer.state().badge());
        badge.setMinWidth(USE_PREF_SIZE);
        if (peer.state().fraction() < 0) {
            return badge;
        }
        ProgressBar bar = new ProgressBar(peer.state().fraction());
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setMinWidth(0);
        return Nodes.column(4, badge, bar);
    }

    private Node menu(PeerLine peer) {
        Button button = Nodes.iconButton(words.get(Text.SYNC_MENU, peer.name()), RemixiconMZ.MORE_2_LINE, "small");
        button.setFocusTraversable(true);
        button.setAccessibleText(peer.spoken() + ". " + words.get(Text.SYNC_MENU, peer.name()));
        MenuItem pause = new MenuItem(words.get(peer.paused() ? Text.SYNC_RESUME : Text.SYNC_PAUSE),
                Nodes.icon(peer.paused() ? RemixiconMZ.PLAY_LINE : RemixiconMZ.PAUSE_LINE, ""));
        pause.setOnAction(_ -> model.pause(peer, !peer.paused()));
        MenuItem limit = new MenuItem(words.get(Text.SYNC_LIMIT_MENU), Nodes.icon(RemixiconAL.DASHBOARD_LINE, ""));
        limit.setOnAction(_ -> askLimit(peer));
        ContextMenu menu = new ContextMenu(pause, limit);
        button.setOnAction(_ -> menu.show(button, Side.BOTTOM, 0, 0));
        menus.add(button);
        return button;
    }

    private void askLimit(PeerLine peer) {
        TextField field = new TextField();
        VBox body = new VBox(Dialogs.field(words.get(Text.SYNC_LIMIT_FIELD), field,
                Nodes.label(words.get(Text.SYNC_LIMIT_HINT), "t-small muted")));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.SYNC_LIMIT_TITLE, peer.name()), body);
        Button save = Nodes.button(words.get(Text.SYNC_LIMIT_SAVE), RemixiconAL.CHECK_LINE, "primary");
        save.setDefaultButton(true);
        save.disableProperty().bind(field.textProperty().map(typed -> !model.isRate(typed)));
        save.setOnAction(_ -> {
            dialogs.close(frame);
            model.limit(peer, field.getText());
        });
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame), save).focus(field);
        dialogs.open(frame, () -> { });
    }
}

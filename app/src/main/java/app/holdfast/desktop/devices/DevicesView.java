package app.holdfast.desktop.devices;

import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.model.DeviceId;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Dot;
import app.holdfast.desktop.fx.Icons;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// The page of devices: one line of two rows for each, and the buttons that pair another one.
public final class DevicesView extends VBox {

    private final DevicesModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final Pairing pairing;
    private final VBox rows = Nodes.styled(new VBox(), "card flush");

    /// @param show  shows a ticket
    /// @param enter takes one
    public record Pairing(Runnable show, Runnable enter) {}

    public DevicesView(DevicesModel model, Words words, Dialogs dialogs, Pairing pairing) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        this.pairing = pairing;
        Label hint = Nodes.paragraph(words.get(Text.DEVICES_HINT), "t-small muted");
        VBox content = Nodes.styled(new VBox(rows, hint), "content");
        ScrollPane scroll = Nodes.grown(new ScrollPane(content));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        getChildren().addAll(toolbar(), scroll);
        model.rows().addListener((ListChangeListener<DeviceRow>) _ -> fill());
        fill();
    }

    /// Puts the focus on a device's line, or on the first.
    public void focus(@Nullable DeviceId device) {
        int line = 0;
        for (int i = 0; i < model.rows().size(); i++) {
            line = model.rows().get(i).id().equals(device) ? i : line;
        }
        if (!rows.getChildren().isEmpty()) {
            rows.getChildren().get(line).requestFocus();
        }
    }

    private Node toolbar() {
        Label facts = Nodes.label("", "muted");
        facts.textProperty().bind(model.summary());
        Button sync = Nodes.button(words.get(Text.DEVICE_SYNC_NOW), RemixiconMZ.REFRESH_LINE, "quiet");
        sync.setOnAction(_ -> model.syncNow());
        sync.disableProperty().bind(model.syncing());
        Button enter = Nodes.button(words.get(Text.PAIR_ENTER), "");
        enter.setOnAction(_ -> pairing.enter().run());
        Button show = Nodes.button(words.get(Text.PAIR_DEVICE), RemixiconMZ.QR_CODE_LINE, "primary");
        show.setOnAction(_ -> pairing.show().run());
        return Nodes.styled(new HBox(Nodes.label(words.get(Text.DEVICES_TITLE), "t-heading"), facts, Nodes.spring(),
                sync, enter, show), "toolbar page");
    }

    private void fill() {
        rows.getChildren().setAll(model.rows().stream().map(this::row).toList());
        if (!rows.getChildren().isEmpty()) {
            Nodes.mark(rows.getChildren().getFirst(), "first", true);
        }
    }

    private Node row(DeviceRow device) {
        StackPane tile = Nodes.styled(new StackPane(Nodes.icon(Icons.ofDevice(device.self()), "s20")), "tile");
        boolean here = device.self() || device.online();
        Label badge = device.self() ? Nodes.label(words.get(Text.DEVICE_THIS), "badge accent")
                : Nodes.label(words.get(here ? Text.DEVICE_ONLINE : Text.DEVICE_AWAY), here ? "badge online" : "badge");
        badge.setMinWidth(USE_PREF_SIZE);
        Label name = Nodes.label(device.name(), "t-medium");
        Label id = Nodes.label(device.id().shortHex(), "t-mono subtle");
        String second = device.self() ? "" : model.reached(device);
        VBox lines = Nodes.column(2, Nodes.row(8, name, badge),
                Nodes.row(8, Nodes.label(second, "t-small muted"), id));
        if (second.isEmpty()) {
            ((HBox) lines.getChildren().get(1)).getChildren().removeFirst();
        }
        HBox row = Nodes.styled(new HBox(tile, Nodes.grown(lines)), "row");
        String pending = model.pending(device);
        if (!pending.isEmpty()) {
            Label words = Nodes.label(pending, device.online() ? model.isMoving(device) ? "t-small fg-syncing"
                    : "t-small fg-online" : "t-small fg-offline");
            words.setMinWidth(USE_PREF_SIZE);
            row.getChildren().addAll(new Dot(!device.online() ? Dot.State.AWAY
                    : model.isMoving(device) ? Dot.State.MOVING : Dot.State.ONLINE), words);
        }
        Button action = action(device);
        row.getChildren().add(action);
        row.setFocusTraversable(true);
        row.addEventHandler(KeyEvent.KEY_PRESSED, event -> key(event, row, device, action));
        row.setAccessibleText(device.name() + ", " + badge.getText() + ", " + second + " " + pending);
        return row;
    }

    /// Arrows move between lines; F2 renames this device, Delete forgets another: what its button does.
    private void key(KeyEvent event, HBox row, DeviceRow device, Button action) {
        int line = rows.getChildren().indexOf(row);
        boolean act = event.getCode() == (device.self() ? KeyCode.F2 : KeyCode.DELETE);
        if (!row.equals(event.getTarget())) {
            return;
        }
        if (act) {
            action.fire();
        } else if (event.getCode() == KeyCode.DOWN && line + 1 < rows.getChildren().size()) {
            rows.getChildren().get(line + 1).requestFocus();
        } else if (event.getCode() == KeyCode.UP && line > 0) {
            rows.getChildren().get(line - 1).requestFocus();
        } else {
            return;
        }
        event.consume();
    }

    private Button action(DeviceRow device) {
        if (device.self()) {
            Button rename = Nodes.button(words.get(Text.DEVICE_RENAME), "small");
            rename.setOnAction(_ -> askName(device));
            return rename;
        }
        Button forget = Nodes.button(words.get(Text.DEVICE_FORGET), "small danger-text");
        forget.setAccessibleText(words.get(Text.DEVICE_FORGET_VERB, device.name()));
        forget.setOnAction(_ -> dialogs.ask(words.get(Text.DEVICE_FORGET_TITLE, device.name()),
                device.pendingOut() > 0 ? words.get(Text.DEVICE_FORGET_WAITING, device.name(), device.pendingOut())
                        : words.get(Text.DEVICE_FORGET_ASK, device.name()),
                words.get(Text.DEVICE_FORGET_VERB, device.name()), () -> model.forget(device)));
        return forget;
    }

    private void askName(DeviceRow device) {
        TextField field = new TextField(device.name());
        VBox body = new VBox(Dialogs.field(words.get(Text.DEVICE_NAME), field,
                Nodes.label(words.get(Text.DEVICE_NAME_HINT), "t-small muted")));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.DEVICE_RENAME_TITLE), body);
        Button save = Nodes.button(words.get(Text.DEVICE_RENAME_VERB), RemixiconAL.CHECK_LINE, "primary");
        save.setDefaultButton(true);
        save.disableProperty().bind(field.textProperty().map(text -> !DevicesModel.isName(text)));
        save.setOnAction(_ -> {
            dialogs.close(frame);
            model.renameThis(field.getText());
        });
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame), save).focus(field);
        dialogs.open(frame, () -> { });
        field.selectAll();
    }
}

package app.holdfast.desktop.vaults;

import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.EmptyState;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.ContentRows.Kind;
import app.holdfast.desktop.vaults.ContentRows.Line;
import app.holdfast.desktop.vaults.ContentRows.Mark;
import app.holdfast.desktop.vaults.VaultsModel.Page;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// An open vault: what it holds, and what can be done with it.
final class OpenPane extends VBox {

    private static final double ROW_PIXELS = 36;
    /// Narrower than this the buttons stand below the name.
    private static final double BESIDE_WIDTH_MIN = 860;

    private final VaultsModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final VaultFiles files;
    private final Label title = Nodes.label("", "t-title");
    private final Label about = Nodes.label("", "t-small muted");
    private final ContentTree tree;
    private final ContentRows rows;
    private final EmptyState empty;
    private final Consumer<Page.Open> sync;
    private final SecretClipboard clipboard;
    private Page.@Nullable Open shown;

    OpenPane(VaultsModel model, Words words, Dialogs dialogs, VaultFiles files, Consumer<Page.Open> sync) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        this.files = files;
        this.sync = sync;
        clipboard = new SecretClipboard(words, model.toasts());
        model.whenClosed(clipboard::clear);
        tree = Nodes.grown(new ContentTree(words));
        rows = new ContentRows(words);
        Button add = Nodes.button(words.get(Text.VAULT_ADD), RemixiconAL.ADD_LINE, "");
        add.setOnAction(_ -> add());
        empty = new EmptyState(RemixiconAL.KEY_2_LINE, words.get(Text.VAULT_EMPTY), words.get(Text.VAULT_EMPTY_DETAIL),
                add);
        Label foot = Nodes.paragraph(words.get(Text.VAULT_NEVER_SHOWN), "t-small muted");
        HBox footLine = Nodes.styled(new HBox(8, Nodes.icon(RemixiconMZ.SHIELD_KEYHOLE_LINE, "s14"), foot),
                "vault-foot");
        getChildren().addAll(head(), Nodes.grown(new StackPane(tree, empty)), footLine);
        tree.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        tree.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            menu().show(tree, event.getScreenX(), event.getScreenY());
            event.consume();
        });
    }

    void focus() {
        tree.requestFocus();
    }

    void show(Page.Open page) {
        boolean other = shown == null || !shown.content().equals(page.content()) || !shown.file().equals(page.file());
        shown = page;
        title.setText(page.line().name());
        about.setText(page.about());
        if (other) {
            tree.fill(rows.of(page.content()));
        }
        boolean nothing = page.content().clients().isEmpty();
        Nodes.show(empty, nothing);
        Nodes.show(tree, !nothing);
    }

    private Node head() {
        StackPane tile = Nodes.styled(new StackPane(Nodes.icon(RemixiconMZ.SAFE_2_LINE, "s20")), "tile accent");
        VBox lines = Nodes.column(2, title, about);
        lines.setAlignment(Pos.CENTER_LEFT);
        Button add = Nodes.button(words.get(Text.VAULT_ADD), RemixiconAL.ADD_LINE, "");
        add.setOnAction(_ -> add());
        Button device = Nodes.button(words.get(Text.VAULT_SYNC), RemixiconMZ.REFRESH_LINE, "");
        device.setOnAction(_ -> withShown(sync));
        Button lock = Nodes.button(words.get(Text.VAULT_LOCK), RemixiconAL.LOCK_LINE, "");
        lock.setOnAction(_ -> withShown(page -> model.lock(page.file())));
        Button more = Nodes.iconButton(words.get(Text.VAULT_MORE), RemixiconMZ.MORE_2_LINE, "");
        more.setOnAction(_ -> vaultMenu().show(more, Side.BOTTOM, 0, 4));
        FlowPane buttons = new FlowPane(8, 8, add, device, lock, more);
        buttons.setPrefWrapLength(BESIDE_WIDTH_MIN);
        buttons.setMinWidth(0);
        HBox names = Nodes.row(12, tile, Nodes.grown(lines));
        HBox beside = Nodes.row(12, Nodes.grown(names), buttons);
        VBox head = Nodes.styled(Nodes.column(12, beside), "vault-head");
        widthProperty().addListener((_, before, now) -> {
            boolean narrow = now.doubleValue() < BESIDE_WIDTH_MIN;
            if (narrow != head.getChildren().contains(buttons)) {
                (narrow ? beside : head).getChildren().remove(buttons);
                (narrow ? head : beside).getChildren().add(buttons);
            }
        });
        return head;
    }

    private void withShown(Consumer<Page.Open> action) {
        if (shown != null) {
            action.accept(shown);
        }
    }

    private void withRecord(BiConsumer<Page.Open, Line> action) {
        withShown(page -> tree.chosen().filter(line -> line.kind() == Kind.RECORD && line.mark() == Mark.NONE)
                .ifPresent(line -> action.accept(page, line)));
    }

    private void add() {
        withShown(page -> VaultDialogs.add(page, tree.chosen(), files, new VaultDialogs.On(model, words, dialogs)));
    }

    private void copy() {
        withRecord((page, line) -> model.deeds().secret(page.file(), line.path(), secret ->
                clipboard.put(secret, line.name())));
    }

    private void save() {
        withRecord((page, line) -> {
            Optional<Path> to = files.save().apply(line.named() ? line.name() : "");
            to.ifPresent(path -> model.deeds().save(page.file(), line.path(), path));
        });
    }

    private void rename() {
        withShown(page -> tree.chosen().filter(line -> line.kind() == Kind.CLIENT || line.kind() == Kind.VAULT
                || line.kind() == Kind.RECORD).ifPresent(line ->
                VaultDialogs.name(page, line, new VaultDialogs.On(model, words, dialogs))));
    }

    /// What is revoked does not come back, so it is asked before.
    private void revoke() {
        withRecord((page, line) -> dialogs.ask(words.get(Text.VAULT_REVOKE_TITLE, line.name()),
                words.get(Text.VAULT_REVOKE_ASK), words.get(Text.VAULT_REVOKE_VERB, line.name()),
                () -> model.deeds().revoke(page.file(), line.path(), line.name())));
        withShown(page -> tree.chosen().filter(line -> line.kind() == Kind.VALUE).ifPresent(line ->
                dialogs.ask(words.get(Text.VAULT_VALUE_TITLE, line.name()), words.get(Text.VAULT_VALUE_ASK),
                        words.get(Text.VAULT_VALUE_VERB), () -> model.deeds().removeValue(page.file(),
                                line.path().client(), line.id()))));
    }

    private void key(KeyEvent event) {
        boolean menu = event.getCode() == KeyCode.CONTEXT_MENU || event.getCode() == KeyCode.F10 && event.isShiftDown();
        if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
            copy();
        } else if (event.isShortcutDown() && event.getCode() == KeyCode.S) {
            save();
        } else if (event.getCode() == KeyCode.INSERT) {
            add();
        } else if (event.getCode() == KeyCode.F2) {
            rename();
        } else if (event.getCode() == KeyCode.DELETE) {
            revoke();
        } else if (menu) {
            var bounds = tree.localToScreen(tree.getBoundsInLocal());
            double y = bounds.getMinY() + ROW_PIXELS * (tree.getSelectionModel().getSelectedIndex() + 2);
            menu().show(tree, bounds.getMinX() + 48, Math.min(y, bounds.getMaxY()));
        } else {
            return;
        }
        event.consume();
    }

    /// What works for the chosen line.
    private ContextMenu menu() {
        ContextMenu menu = new ContextMenu();
        Kind kind = tree.chosen().map(Line::kind).orElse(Kind.STORE);
        boolean record = kind == Kind.RECORD && tree.chosen().filter(line -> line.mark() == Mark.NONE).isPresent();
        if (record) {
            menu.getItems().addAll(item(Text.VAULT_COPY, RemixiconAL.CLIPBOARD_LINE, shortcut(KeyCode.C), this::copy),
                    item(Text.VAULT_SAVE, RemixiconAL.DOWNLOAD_LINE, shortcut(KeyCode.S), this::save),
                    new SeparatorMenuItem());
        }
        menu.getItems().add(item(Text.VAULT_ADD, RemixiconAL.ADD_LINE, new KeyCodeCombination(KeyCode.INSERT),
                this::add));
        if (kind != Kind.STORE && kind != Kind.VALUE) {
            menu.getItems().add(item(Text.VAULT_NAME, RemixiconAL.EDIT_LINE, new KeyCodeCombination(KeyCode.F2),
                    this::rename));
        }
        if (record || kind == Kind.VALUE) {
            menu.getItems().addAll(new SeparatorMenuItem(), item(record ? Text.VAULT_REVOKE : Text.VAULT_VALUE_REMOVE,
                    RemixiconAL.DELETE_BIN_LINE, new KeyCodeCombination(KeyCode.DELETE), this::revoke));
        }
        return menu;
    }

    /// What works for the vault as a whole.
    private ContextMenu vaultMenu() {
        var on = new VaultDialogs.On(model, words, dialogs);
        ContextMenu menu = new ContextMenu(
                item(Text.VAULT_VERIFY, RemixiconMZ.SHIELD_CHECK_LINE, null,
                        () -> withShown(page -> model.deeds().verify(page.file()))),
                item(Text.VAULT_COLLECT, RemixiconAL.DELETE_BIN_LINE, null, () -> withShown(page ->
                        dialogs.ask(words.get(Text.VAULT_COLLECT_TITLE), words.get(Text.VAULT_COLLECT_ASK),
                                words.get(Text.VAULT_COLLECT_VERB), () -> model.deeds().collect(page.file())))),
                item(Text.VAULT_CHANGE_PASSWORD, RemixiconAL.LOCK_PASSWORD_LINE, null,
                        () -> withShown(page -> VaultDialogs.password(page, false, on))));
        if (shown != null && shown.content().version() < 3) {
            menu.getItems().add(item(Text.VAULT_MIGRATE, RemixiconAL.ARROW_UP_LINE, null,
                    () -> withShown(page -> VaultDialogs.password(page, true, on))));
        }
        menu.getItems().addAll(new SeparatorMenuItem(), item(Text.VAULT_HISTORY, RemixiconAL.HISTORY_LINE, null,
                () -> withShown(page -> VaultDialogs.history(page.line(), model, words, dialogs))));
        return menu;
    }

    private MenuItem item(Text name, Ikon ikon, @Nullable KeyCombination key, Runnable action) {
        MenuItem item = new MenuItem(words.get(name), Nodes.icon(ikon, ""));
        item.setAccelerator(key);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private static KeyCombination shortcut(KeyCode code) {
        return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
    }
}

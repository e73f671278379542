package app.holdfast.desktop.vaults;

import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.EmptyState;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.VaultsModel.Page;
import app.holdfast.desktop.vaults.VaultsModel.State;
import app.holdfast.desktop.vaults.VaultsModel.VaultLine;
import app.holdfast.ui.Text;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// The page of vaults: the list at the left, the chosen one at the right.
public final class VaultsView extends VBox {

    private static final double ROW_PIXELS = 50;

    private final VaultsModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final Actions actions;
    private final ListView<VaultLine> list = new ListView<>();
    private final StackPane right = Nodes.grown(new StackPane());
    private final LockedPane locked;
    private final OpenPane open;
    private boolean filling;

    /// @param create   asks for a new vault
    /// @param importer asks for snapshots to import
    /// @param sync     synchronizes an open vault with a device
    public record Actions(Runnable create, Runnable importer, Consumer<Page.Open> sync) {}

    /// @param files the dialogs of the system for files
    public VaultsView(VaultsModel model, Words words, Dialogs dialogs, VaultFiles files, Actions actions) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        this.actions = actions;
        locked = new LockedPane(model, words);
        open = new OpenPane(model, words, dialogs, files, actions.sync());
        list.setFixedCellSize(ROW_PIXELS);
        list.setCellFactory(_ -> new Cell());
        list.setAccessibleText(words.get(Text.PLACE_VAULTS));
        VBox left = Nodes.styled(new VBox(Nodes.grown(list)), "pane-left vault-list");
        getChildren().addAll(toolbar(), Nodes.grown(new HBox(left, right)));
        list.getSelectionModel().selectedItemProperty().addListener((_, _, line) -> {
            if (line != null && !filling) {
                model.choose(line.row().id());
            }
        });
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            menu(event.getScreenX(), event.getScreenY());
            event.consume();
        });
        model.lines().addListener((ListChangeListener<VaultLine>) _ -> fill());
        model.page().addListener((_, _, page) -> show(page));
        Nodes.show(left, !model.lines().isEmpty());
        model.lines().addListener((ListChangeListener<VaultLine>) _ -> Nodes.show(left, !model.lines().isEmpty()));
        fill();
        show(model.page().get());
    }

    /// A page opens with the focus in its list, or where a password is wanted.
    public void focus() {
        if (model.lines().isEmpty()) {
            right.lookupAll(".button").stream().findFirst().ifPresent(Node::requestFocus);
        } else {
            list.requestFocus();
        }
    }

    private Node toolbar() {
        Label facts = Nodes.label("", "muted");
        facts.textProperty().bind(model.summary());
        Label title = Nodes.label(words.get(Text.PLACE_VAULTS), "t-heading");
        title.setMinWidth(USE_PREF_SIZE);
        Button importer = Nodes.button(words.get(Text.IMPORT_BUTTON), RemixiconAL.DOWNLOAD_LINE, "");
        importer.setOnAction(_ -> actions.importer().run());
        Button make = Nodes.button(words.get(Text.VAULT_NEW), RemixiconAL.ADD_LINE, "primary");
        make.setOnAction(_ -> actions.create().run());
        return Nodes.styled(new HBox(title, facts, Nodes.spring(), importer, make), "toolbar page");
    }

    private void fill() {
        filling = true;
        list.getItems().setAll(model.lines());
        filling = false;
        mark(model.page().get());
    }

    private void mark(Page page) {
        filling = true;
        line(page).ifPresent(line -> list.getSelectionModel().select(line));
        filling = false;
    }

    private static Optional<VaultLine> line(Page page) {
        return switch (page) {
            case Page.Nothing _ -> Optional.empty();
            case Page.Locked shown -> Optional.of(shown.line());
            case Page.Elsewhere shown -> Optional.of(shown.line());
            case Page.Open shown -> Optional.of(shown.line());
        };
    }

    private void show(Page page) {
        mark(page);
        Node pane = switch (page) {
            case Page.Nothing _ -> nothing();
            case Page.Elsewhere away -> new EmptyState(away.line().state() == State.AWAY ? RemixiconAL.COMPUTER_LINE
                    : RemixiconAL.FILE_LOCK_LINE, away.title(), away.about());
            case Page.Locked shown -> {
                locked.show(shown);
                yield locked;
            }
            case Page.Open shown -> {
                open.show(shown);
                yield open;
            }
        };
        if (right.getChildren().isEmpty() || !Objects.equals(right.getChildren().getFirst(), pane)) {
            boolean unlocked = pane.equals(open) && locked.isFocusWithin();
            right.getChildren().setAll(List.of(pane));
            if (unlocked) {
                open.focus();
            }
        }
    }

    private Node nothing() {
        Button make = Nodes.button(words.get(Text.VAULT_NEW), RemixiconAL.ADD_LINE, "primary");
        make.setOnAction(_ -> actions.create().run());
        Button importer = Nodes.button(words.get(Text.IMPORT_BUTTON), RemixiconAL.DOWNLOAD_LINE, "");
        importer.setOnAction(_ -> actions.importer().run());
        return new EmptyState(RemixiconMZ.SAFE_2_LINE, words.get(Text.VAULTS_NONE), words.get(Text.VAULTS_NONE_DETAIL),
                make, importer);
    }

    private void key(KeyEvent event) {
        boolean menu = event.getCode() == KeyCode.CONTEXT_MENU || event.getCode() == KeyCode.F10 && event.isShiftDown();
        if (event.getCode() == KeyCode.ENTER) {
            if (model.page().get() instanceof Page.Open) {
                open.focus();
            } else {
                locked.focus();
            }
        } else if (event.getCode() == KeyCode.DELETE) {
            line(model.page().get()).ifPresent(this::forget);
        } else if (menu) {
            var bounds = list.localToScreen(list.getBoundsInLocal());
            menu(bounds.getMinX() + 48, bounds.getMinY() + ROW_PIXELS
                    * (list.getSelectionModel().getSelectedIndex() + 1));
        } else {
            return;
        }
        event.consume();
    }

    private void menu(double x, double y) {
        line(model.page().get()).ifPresent(line -> {
            ContextMenu menu = new ContextMenu();
            if (model.page().get() instanceof Page.Open shown) {
                MenuItem lock = new MenuItem(words.get(Text.VAULT_LOCK), Nodes.icon(RemixiconAL.LOCK_LINE, ""));
                lock.setOnAction(_ -> model.lock(shown.file()));
                menu.getItems().addAll(lock, new SeparatorMenuItem());
            }
            MenuItem history = new MenuItem(words.get(Text.VAULT_HISTORY), Nodes.icon(RemixiconAL.HISTORY_LINE, ""));
            history.setOnAction(_ -> VaultDialogs.history(line, model, words, dialogs));
            menu.getItems().add(history);
            if (line.state() != State.AWAY) {
                MenuItem forget = new MenuItem(words.get(Text.VAULT_FORGET), Nodes.icon(RemixiconAL.CLOSE_LINE, ""));
                forget.setOnAction(_ -> forget(line));
                menu.getItems().add(forget);
            }
            menu.show(list, x, y);
        });
    }

    /// The file stays, so nothing has to be asked.
    private void forget(VaultLine line) {
        if (line.state() != State.AWAY) {
            model.forget(line);
        }
    }

    private static final class Cell extends ListCell<VaultLine> {

        private final FontIcon icon = Nodes.icon(RemixiconAL.LOCK_LINE, "");
        private final Label name = Nodes.label("", "t-medium name");
        private final Label detail = Nodes.label("", "t-small muted");
        private final HBox both;

        Cell() {
            VBox lines = Nodes.column(2, name, detail);
            lines.setAlignment(Pos.CENTER_LEFT);
            both = Nodes.row(12, icon, lines);
        }

        @Override
        protected void updateItem(@Nullable VaultLine line, boolean empty) {
            super.updateItem(line, empty);
            setGraphic(empty || line == null ? null : both);
            if (!empty && line != null) {
                icon.setIconCode(switch (line.state()) {
                    case OPEN -> RemixiconAL.LOCK_UNLOCK_LINE;
                    case LOCKED -> RemixiconAL.LOCK_LINE;
                    case AWAY -> RemixiconAL.COMPUTER_LINE;
                    case MISSING -> RemixiconAL.ERROR_WARNING_LINE;
                });
                Nodes.mark(icon, "fg-online", line.state() == State.OPEN);
                name.setText(line.name());
                Nodes.mark(name, "subtle", line.state() == State.AWAY || line.state() == State.MISSING);
                detail.setText(line.detail());
                setAccessibleText(line.spoken());
            }
        }
    }
}

package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryScope;
import app.holdfast.desktop.fx.Logo;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// The sidebar: one tab stop, in which the arrows move.
final class SidebarView extends VBox {

    private final SidebarModel model;
    private final Navigation navigation;
    private final Actions actions;
    private final List<VBox> sections = new ArrayList<>();

    record Actions(Runnable addLocation, Runnable addCollection, Runnable addTag, Runnable pair, SidebarRows rows) {}

    SidebarView(SidebarModel model, Navigation navigation, Words words, Actions actions) {
        this.model = model;
        this.navigation = navigation;
        this.actions = actions;
        getStyleClass().add("sidebar");
        VBox places = Nodes.styled(new VBox(), "nav-list");
        places.getChildren().addAll(section(model.files()),
                head(words.get(Text.SIDEBAR_LOCATIONS), words.get(Text.LOCATION_ADD), actions.addLocation()),
                hinted(model.locations(), words.get(Text.SIDEBAR_LOCATIONS_EMPTY)),
                head(words.get(Text.SIDEBAR_COLLECTIONS), words.get(Text.COLLECTION_NEW), actions.addCollection()),
                hinted(model.collections(), words.get(Text.SIDEBAR_COLLECTIONS_EMPTY)),
                head(words.get(Text.SIDEBAR_TAGS), words.get(Text.TAG_NEW), actions.addTag()),
                hinted(model.tags(), words.get(Text.SIDEBAR_TAGS_EMPTY)),
                head(words.get(Text.SIDEBAR_DEVICES_HEAD), words.get(Text.PAIR_DEVICE), actions.pair()),
                section(model.devices()), section(model.drives()), section(model.vaults()),
                section(model.sync()), section(model.settings()));
        ScrollPane scroll = Nodes.grown(new ScrollPane(places));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        getChildren().addAll(top(), scroll);
        navigation.place().addListener((_, _, _) -> showSelection());
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        showSelection();
    }

    void focus() {
        nodes().stream().filter(Node::isFocusTraversable).findFirst().ifPresent(Node::requestFocus);
    }

    private Node top() {
        Label name = Nodes.label("", "t-strong");
        name.textProperty().bind(model.libraryName());
        Label devices = Nodes.label("", "t-caption subtle");
        devices.textProperty().bind(model.deviceCount());
        VBox names = new VBox(name, devices);
        names.setAlignment(Pos.CENTER_LEFT);
        return Nodes.styled(Nodes.row(10, new Logo(28), names), "sidebar-head");
    }

    private Node head(String name, String add, Runnable action) {
        Button plus = Nodes.iconButton(add, RemixiconAL.ADD_LINE, "tiny");
        plus.setOnAction(_ -> action.run());
        plus.setFocusTraversable(true);
        return Nodes.styled(Nodes.row(0, Nodes.label(name, ""), Nodes.spring(), plus), "nav-section");
    }

    private Node hinted(ObservableList<NavRow> rows, String hint) {
        Label words = Nodes.paragraph(hint, "t-small subtle hint");
        Nodes.show(words, rows.isEmpty());
        rows.addListener((ListChangeListener<NavRow>) _ -> Nodes.show(words, rows.isEmpty()));
        return new VBox(section(rows), words);
    }

    private VBox section(ObservableList<NavRow> rows) {
        VBox box = Nodes.styled(new VBox(), "nav-list");
        sections.add(box);
        fill(box, rows);
        rows.addListener((ListChangeListener<NavRow>) _ -> fill(box, rows));
        return box;
    }

    /// Nodes are kept and given the new rows; only what is missing is made.
    private void fill(VBox box, List<NavRow> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (i < box.getChildren().size()) {
                ((NavNode) box.getChildren().get(i)).set(rows.get(i));
            } else {
                box.getChildren().add(make(rows.get(i)));
            }
        }
        if (box.getChildren().size() > rows.size()) {
            box.getChildren().remove(rows.size(), box.getChildren().size());
        }
        showSelection();
    }

    private NavNode make(NavRow row) {
        NavNode node = new NavNode(row);
        node.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                node.requestFocus();
                navigation.go(node.row().place());
            }
        });
        node.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            actions.rows().menu(node.row(), node, event.getScreenX(), event.getScreenY());
            event.consume();
        });
        node.setOnDragOver(event -> {
            if (event.getDragboard().hasContent(EntryTable.FILES) && actions.rows().takes(node.row())) {
                event.acceptTransferModes(TransferMode.LINK);
                node.lightUp(true);
                event.consume();
            }
        });
        node.setOnDragExited(_ -> node.lightUp(false));
        node.setOnDragDropped(event -> {
            actions.rows().dropped(node.row());
            event.setDropCompleted(true);
            event.consume();
        });
        return node;
    }

    private void showSelection() {
        Place here = navigation.place().get();
        NavNode stop = null;
        for (NavNode node : nodes()) {
            boolean selected = isSame(node.row().place(), here);
            node.select(selected);
            node.setFocusTraversable(false);
            stop = selected || stop == null ? node : stop;
        }
        if (stop != null) {
            stop.setFocusTraversable(true);
        }
    }

    /// A folder belongs to its location; the page of tags is one place whatever tag it shows.
    private static boolean isSame(Place listed, Place here) {
        return switch (here) {
            case Place.Tags _ -> listed instanceof Place.Tags;
            case Place.Files(EntryScope.Folder folder) ->
                    listed.equals(Place.location(folder.location()));
            case Place.Files _, Place.Search _, Place.Devices _, Place.Drives _, Place.Vaults _, Place.Sync _,
                    Place.Settings _ ->
                    listed.equals(here);
        };
    }

    private List<NavNode> nodes() {
        return sections.stream().flatMap(box -> box.getChildren().stream()).map(NavNode.class::cast).toList();
    }

    private void key(KeyEvent event) {
        List<NavNode> nodes = nodes();
        int focused = nodes.indexOf(event.getTarget());
        if (focused < 0) {
            return;
        }
        NavNode node = nodes.get(focused);
        boolean menu = event.getCode() == KeyCode.CONTEXT_MENU
                || event.getCode() == KeyCode.F10 && event.isShiftDown();
        if (event.getCode() == KeyCode.DOWN && focused + 1 < nodes.size()) {
            nodes.get(focused + 1).requestFocus();
        } else if (event.getCode() == KeyCode.UP && focused > 0) {
            nodes.get(focused - 1).requestFocus();
        } else if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
            navigation.go(node.row().place());
        } else if (event.getCode() == KeyCode.F2) {
            actions.rows().rename(node.row());
        } else if (event.getCode() == KeyCode.DELETE) {
            actions.rows().delete(node.row());
        } else if (menu) {
            var bounds = node.localToScreen(node.getBoundsInLocal());
            actions.rows().menu(node.row(), node, bounds.getMinX() + 24, bounds.getMaxY());
        } else {
            return;
        }
        event.consume();
    }
}

package app.holdfast.desktop.search;

import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.search.SearchModel.Saved;
import app.holdfast.desktop.search.SearchModel.Shown;
import app.holdfast.ui.Text;
import java.util.List;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// The filters of what is searched for, as pills; what cannot be understood is said here too. Arrows move between the
/// pills, Delete takes one away.
public final class FilterBar extends VBox {

    private final SearchModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final SearchModel.Doing doing;
    private final FlowPane pills = new FlowPane(6, 6);
    private final Label problem = Nodes.paragraph("", "t-small fg-danger");
    private final Button filter;
    private final Button kept;

    public FilterBar(SearchModel model, Words words, Dialogs dialogs, SearchModel.Doing doing) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        this.doing = doing;
        filter = Nodes.button(words.get(Text.FILTER_ADD), RemixiconAL.FILTER_3_LINE, "quiet small");
        filter.setOnAction(_ -> openFilters());
        kept = Nodes.button(words.get(Text.SEARCHES), RemixiconAL.BOOKMARK_LINE, "quiet small");
        kept.setOnAction(_ -> savedMenu().show(kept, Side.BOTTOM, 0, 0));
        getChildren().addAll(pills, problem);
        Nodes.styled(this, "pills");
        pills.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        model.shown().addListener((_, _, now) -> show(now));
        show(model.shown().get());
    }

    /// The button that opens the filters, and the one of searches under a name.
    public List<Node> buttons() {
        return List.of(filter, kept);
    }

    public void openFilters() {
        filter.requestFocus();
        filterMenu().show(filter, Side.BOTTOM, 0, 0);
    }

    private void show(Shown now) {
        int focused = focused();
        pills.getChildren().setAll(now.pills().stream().map(this::pill).toList());
        if (!now.pills().isEmpty()) {
            Button clear = Nodes.button(words.get(Text.FILTER_CLEAR), "quiet small");
            clear.setOnAction(_ -> doing.show().accept(model.withoutFilters()));
            Button save = Nodes.button(words.get(Text.SEARCH_SAVE), "quiet small");
            save.setOnAction(_ -> askName());
            pills.getChildren().addAll(save, clear);
        }
        problem.setText(now.problem());
        Nodes.show(pills, !now.pills().isEmpty());
        Nodes.show(problem, !now.problem().isEmpty());
        Nodes.show(this, !now.pills().isEmpty() || !now.problem().isEmpty());
        if (focused >= 0 && !now.pills().isEmpty()) {
            pills.getChildren().get(Math.min(focused, now.pills().size() - 1)).requestFocus();
        } else if (focused >= 0) {
            filter.requestFocus();
        }
    }

    private int focused() {
        Node owner = getScene() == null ? null : getScene().getFocusOwner();
        for (int i = 0; i < pills.getChildren().size(); i++) {
            Node child = pills.getChildren().get(i);
            if (child.equals(owner) || owner != null && child.equals(owner.getParent())) {
                return i;
            }
        }
        return -1;
    }

    private Node pill(Pill pill) {
        Button remove = Nodes.iconButton(words.get(Text.FILTER_REMOVE, pill.says()), RemixiconAL.CLOSE_LINE,
                "pill-cross");
        remove.setFocusTraversable(false);
        remove.setOnAction(_ -> doing.show().accept(model.without(pill)));
        HBox node = Nodes.styled(new HBox(Nodes.label(pill.says(), ""), remove), "pill large removable filter");
        node.setMaxWidth(USE_PREF_SIZE);
        node.setFocusTraversable(true);
        node.setAccessibleText(words.get(Text.FILTER_SPOKEN, pill.says()));
        node.setUserData(pill);
        return node;
    }

    private void key(KeyEvent event) {
        int at = pills.getChildren().indexOf(event.getTarget());
        if (at < 0 || !(pills.getChildren().get(at).getUserData() instanceof Pill pill)) {
            return;
        }
        switch (event.getCode()) {
            case DELETE, BACK_SPACE -> doing.show().accept(model.without(pill));
            case LEFT -> pills.getChildren().get(Math.max(0, at - 1)).requestFocus();
            case RIGHT -> pills.getChildren().get(at + 1).requestFocus();
            default -> {
                return;
            }
        }
        event.consume();
    }

    /// Every filter that one can choose.
    ContextMenu filterMenu() {
        ContextMenu menu = new ContextMenu();
        for (Filters.Group group : model.filters()) {
            Menu below = new Menu(group.name());
            for (Filters.Offer offer : group.offers()) {
                MenuItem item = new MenuItem("\u2003".repeat(offer.depth()) + offer.name());
                item.setMnemonicParsing(false);
                item.setOnAction(_ -> doing.add().accept(offer.term()));
                below.getItems().add(item);
            }
            menu.getItems().add(below);
        }
        return menu;
    }

    /// The searches that have a name.
    ContextMenu savedMenu() {
        ContextMenu menu = new ContextMenu();
        for (Saved search : model.saved()) {
            MenuItem item = new MenuItem(search.name(), Nodes.icon(RemixiconMZ.SEARCH_LINE, ""));
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> doing.show().accept(search.query()));
            menu.getItems().add(item);
        }
        MenuItem save = new MenuItem(words.get(Text.SEARCH_SAVE), Nodes.icon(RemixiconAL.BOOKMARK_LINE, ""));
        save.setDisable(model.shown().get().query().isBlank() || !model.shown().get().problem().isEmpty());
        save.setOnAction(_ -> askName());
        if (!menu.getItems().isEmpty()) {
            Menu forget = new Menu(words.get(Text.SEARCH_DELETE), Nodes.icon(RemixiconAL.DELETE_BIN_LINE, ""));
            for (Saved search : model.saved()) {
                MenuItem item = new MenuItem(search.name());
                item.setMnemonicParsing(false);
                item.setOnAction(_ -> model.delete(search));
                forget.getItems().add(item);
            }
            menu.getItems().addAll(new SeparatorMenuItem(), save, forget);
        } else {
            menu.getItems().add(save);
        }
        return menu;
    }

    private void askName() {
        TextField name = new TextField();
        VBox body = new VBox(Dialogs.field(words.get(Text.SEARCH_NAME), name,
                Nodes.paragraph(words.get(Text.SEARCH_NAME_HINT), "t-small muted")));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.SEARCH_SAVE_TITLE), body);
        Button save = Nodes.button(words.get(Text.SEARCH_SAVE_VERB), RemixiconAL.CHECK_LINE, "primary");
        save.setDefaultButton(true);
        save.disableProperty().bind(name.textProperty().map(text -> !SearchModel.isName(text)));
        save.setOnAction(_ -> {
            dialogs.close(frame);
            model.save(name.getText());
        });
        frame.foot(Nodes.spring(), dialogs.cancelButton(frame), save).focus(name);
        dialogs.open(frame, () -> { });
    }
}

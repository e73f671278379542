package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.LocationRow;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.EmptyState;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.notes.NotesModel;
import app.holdfast.desktop.search.FilterBar;
import app.holdfast.desktop.search.SearchModel;
import app.holdfast.ui.Text;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// A list of files with the line above that counts them, and what the keyboard does in it.
final class FilesView extends VBox {

    private static final KeyCombination REVEAL =
            new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);

    private final LibraryModel library;
    private final BrowserModel model;
    private final Words words;
    private final Actions actions;
    private final EntryTable table;
    /// Lies over the table when there is nothing in it, so that the focus stays where it was.
    private final StackPane cover = Nodes.styled(new StackPane(), "cover");
    private final HBox info;
    private final FilterBar filters;
    private final TagModeBar tagMode;

    /// What needs a dialog or another page.
    record Actions(Dialogs dialogs, Runnable addLocation, Runnable pair, Menus.Selected selected, Menu menu) {}

    @FunctionalInterface
    interface Menu {
        void show(Node at, double screenX, double screenY);
    }

    FilesView(LibraryModel library, BrowserModel model, Words words, Actions actions) {
        this.library = library;
        this.model = model;
        this.words = words;
        this.actions = actions;
        table = new EntryTable(model, words, library.parts().drives(), library::open);
        cover.setVisible(false);
        filters = new FilterBar(library.parts().search(), words, actions.dialogs(), new SearchModel.Doing(
                term -> library.filter(model, term), library::search));
        info = info();
        tagMode = new TagModeBar(library.parts().tags(), words, digit -> library.toggleNumbered(model, digit));
        getChildren().addAll(info, filters, Nodes.grown(new StackPane(table, cover)), tagMode);
        Nodes.grown(this);
        showTagMode(library.tagging().get());
        library.tagging().addListener((_, _, on) -> showTagMode(on));
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        table.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
        table.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            if (!event.isKeyboardTrigger() && !model.selection().keys().isEmpty()) {
                actions.menu().show(table, event.getScreenX(), event.getScreenY());
                event.consume();
            }
        });
        model.changes().addListener((_, _, _) -> showEmptiness());
        library.sidebar().locations().addListener((ListChangeListener<NavRow>) _ -> showEmptiness());
        library.sidebar().read().addListener((_, _, _) -> showEmptiness());
    }

    void focus() {
        table.requestFocus();
        if (table.getSelectionModel().isEmpty() && !table.getItems().isEmpty()) {
            table.getFocusModel().focus(0);
        }
    }

    void openFilters() {
        filters.openFilters();
    }

    /// The file that keys and menus are about.
    Optional<EntryRow> current() {
        return table.current();
    }

    private HBox info() {
        Label counts = Nodes.label("", "muted t-small");
        counts.textProperty().bind(model.summary());
        Label selected = Nodes.label("", "t-small t-medium");
        selected.textProperty().bind(model.selection().count().map(count ->
                count.intValue() > 1 ? words.get(Text.BROWSER_SELECTED, count) : ""));
        Label hint = Nodes.label(words.get(Text.TAG_MODE_HINT), "t-small muted");
        HBox tagHint = Nodes.row(6, Nodes.label(words.get(Text.KEY_T), "kbd"), hint);
        tagHint.visibleProperty().bind(model.selection().count().greaterThan(0).and(library.tagging().not()));
        HBox bar = Nodes.styled(Nodes.row(8, counts, Nodes.spring(), selected, tagHint), "filterbar");
        bar.getChildren().addAll(filters.buttons());
        return bar;
    }

    private void showTagMode(boolean on) {
        Nodes.show(tagMode, on);
    }

    private void showEmptiness() {
        boolean empty = model.read().get() && library.sidebar().read().get() && model.rows().get().isEmpty();
        if (empty) {
            cover.getChildren().setAll(emptiness());
        }
        cover.setVisible(empty);
        Nodes.show(info, !empty || !library.sidebar().locations().isEmpty());
    }

    private EmptyState emptiness() {
        if (library.sidebar().locations().isEmpty()) {
            Button add = Nodes.button(words.get(Text.LOCATION_ADD), RemixiconAL.ADD_LINE, "primary");
            add.setOnAction(_ -> actions.addLocation().run());
            Button pair = Nodes.button(words.get(Text.PAIR_DEVICE), "");
            pair.setOnAction(_ -> actions.pair().run());
            return new EmptyState(RemixiconAL.FOLDER_ADD_LINE, words.get(Text.EMPTY_LOCATIONS),
                    words.get(Text.EMPTY_LOCATIONS_DETAIL), add, pair);
        }
        return switch (model.scope().get()) {
            case EntryScope.Folder folder when notKept(folder).isPresent() -> notKept(notKept(folder).get());
            case EntryScope.Folder _ -> new EmptyState(RemixiconAL.FOLDER_OPEN_LINE, words.get(Text.EMPTY_FOLDER),
                    words.get(Text.EMPTY_FOLDER_DETAIL));
            case EntryScope.Tagged _ -> new EmptyState(RemixiconMZ.PRICE_TAG_3_LINE, words.get(Text.EMPTY_TAG),
                    words.get(Text.EMPTY_TAG_DETAIL));
            case EntryScope.Collected _ -> new EmptyState(RemixiconMZ.STACK_LINE, words.get(Text.EMPTY_COLLECTION),
                    words.get(Text.EMPTY_COLLECTION_DETAIL));
            case EntryScope.Query _, EntryScope.Copies _ -> new EmptyState(RemixiconMZ.SEARCH_LINE,
                    words.get(Text.EMPTY_SEARCH, library.searched()), words.get(Text.EMPTY_SEARCH_DETAIL));
            case EntryScope.Search _ -> new EmptyState(RemixiconMZ.SEARCH_LINE, words.get(Text.EMPTY_FOLDER),
                    words.get(Text.EMPTY_FILES_DETAIL));
        };
    }

    private Optional<LocationRow> notKept(EntryScope.Folder folder) {
        return library.sidebar().location(folder.location()).filter(location -> !location.kept());
    }

    private EmptyState notKept(LocationRow location) {
        Button keep = Nodes.button(words.get(Text.LOCATION_KEEP), "primary");
        keep.setOnAction(_ -> library.parts().locations().keep(location, true));
        return new EmptyState(RemixiconAL.CLOUD_OFF_LINE, words.get(Text.EMPTY_NOT_KEPT, location.name()),
                words.get(Text.EMPTY_NOT_KEPT_DETAIL, location.deviceName()), keep);
    }

    private void key(KeyEvent event) {
        if (REVEAL.match(event)) {
            current().ifPresent(library::reveal);
        } else if (event.isShortcutDown() || event.isAltDown()) {
            return;
        } else if (event.getCode() == KeyCode.ENTER) {
            current().ifPresent(library::open);
        } else if (event.getCode() == KeyCode.BACK_SPACE) {
            library.up();
        } else if (event.getCode() == KeyCode.CONTEXT_MENU
                || event.getCode() == KeyCode.F10 && event.isShiftDown()) {
            showMenuAtSelection();
        } else if (event.getCode() == KeyCode.T && !event.isShiftDown()) {
            library.tagging().set(!library.tagging().get() && !library.parts().tags().tags().isEmpty());
        } else if (event.getCode() == KeyCode.ESCAPE && library.tagging().get()) {
            library.tagging().set(false);
        } else if (event.getCode().isDigitKey() && library.tagging().get()) {
            library.toggleNumbered(model, Nodes.digit(event.getCode()));
        } else if (event.getCode().isDigitKey() && Nodes.digit(event.getCode()) <= NotesModel.STARS_MAX) {
            library.rate(model, Nodes.digit(event.getCode()));
        } else if (!note(event.getCode()) && !first(event.getCode())) {
            return;
        }
        event.consume();
    }

    /// While nothing is selected an arrow selects the line that has the focus, instead of passing over it.
    private boolean first(KeyCode code) {
        boolean isArrow = code == KeyCode.DOWN || code == KeyCode.UP;
        if (!isArrow || !table.getSelectionModel().isEmpty() || table.getItems().isEmpty()) {
            return false;
        }
        table.getSelectionModel().select(Math.max(0, table.getFocusModel().getFocusedIndex()));
        return true;
    }

    /// Letters that lead into a text field act when they are typed: pressed, the field would get them.
    private void typed(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        switch (event.getCharacter()) {
            case "c", "C" -> actions.selected().pickCollection().run();
            case "n", "N" -> actions.selected().writeNote().run();
            case "t", "T" -> tagFirst();
            default -> {
                return;
            }
        }
        event.consume();
    }

    /// Digits stand for nothing while there are no tags: the first is made where any is looked for.
    private void tagFirst() {
        if (library.parts().tags().tags().isEmpty()) {
            actions.selected().pickTags().run();
        }
    }

    /// The keys that note something about what is selected.
    private boolean note(KeyCode code) {
        switch (code) {
            case INSERT -> actions.selected().pickTags().run();
            case F -> library.toggleFavorite(model);
            case DELETE -> library.uncollect(model);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void showMenuAtSelection() {
        if (model.selection().keys().isEmpty()) {
            return;
        }
        Node at = table.lookupAll(".table-row-cell").stream()
                .filter(row -> row.getPseudoClassStates().contains(PseudoClass.getPseudoClass("selected")))
                .findFirst().orElse(table);
        var bounds = at.localToScreen(at.getBoundsInLocal());
        actions.menu().show(table, bounds.getMinX() + 48, Math.min(bounds.getMaxY(), bounds.getMinY() + 36));
    }
}

package app.holdfast.desktop.library;

import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.library.BrowserModel.Crumb;
import app.holdfast.ui.Text;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.BreadCrumbBar;
import org.controlsfx.control.textfield.CustomTextField;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// Back, forward, up, the way to where one is, and the search field.
final class BrowserToolbar extends HBox {

    private final LibraryModel library;
    private final Words words;
    private final BreadCrumbBar<Crumb> crumbs = new BreadCrumbBar<>();
    private final CustomTextField search = new CustomTextField();
    private final Runnable leaveSearch;
    private boolean showing;

    /// @param leaveSearch where the focus goes from the search field
    BrowserToolbar(LibraryModel library, Words words, BooleanProperty inspector, Runnable leaveSearch) {
        this.library = library;
        this.words = words;
        this.leaveSearch = leaveSearch;
        Nodes.styled(this, "toolbar");
        Button pane = Nodes.iconButton(words.get(Text.TOOLBAR_INSPECTOR), RemixiconAL.LAYOUT_RIGHT_LINE, "");
        pane.setOnAction(_ -> inspector.set(!inspector.get()));
        getChildren().addAll(history(), crumbBar(), Nodes.spring(), searchField(), pane);
    }

    void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    private Node history() {
        Navigation navigation = library.navigation();
        Button back = Nodes.iconButton(words.get(Text.TOOLBAR_BACK), RemixiconAL.ARROW_LEFT_LINE, "");
        back.setOnAction(_ -> navigation.back());
        back.disableProperty().bind(navigation.canGoBack().not());
        Button forward = Nodes.iconButton(words.get(Text.TOOLBAR_FORWARD), RemixiconAL.ARROW_RIGHT_LINE, "");
        forward.setOnAction(_ -> navigation.forward());
        forward.disableProperty().bind(navigation.canGoForward().not());
        Button up = Nodes.iconButton(words.get(Text.TOOLBAR_UP), RemixiconAL.ARROW_UP_LINE, "");
        up.setOnAction(_ -> library.up());
        up.disableProperty().bind(navigation.place().isEqualTo(Place.ALL_FILES));
        return Nodes.row(0, back, forward, up);
    }

    private Node crumbBar() {
        crumbs.setCrumbFactory(this::crumb);
        crumbs.setAutoNavigationEnabled(false);
        crumbs.setOnCrumbAction(event -> {
            if (!event.getSelectedCrumb().isLeaf()) { // where one is already
                library.navigation().go(event.getSelectedCrumb().getValue().place());
            }
        });
        crumbs.setMinWidth(0);
        library.browser().trail().addListener((ListChangeListener<Crumb>) _ -> showTrail());
        showTrail();
        return crumbs;
    }

    private void showTrail() {
        List<Crumb> trail = library.browser().trail();
        TreeItem<Crumb> last = null;
        for (Crumb crumb : trail) {
            TreeItem<Crumb> item = new TreeItem<>(crumb);
            if (last != null) {
                last.getChildren().add(item);
            }
            last = item;
        }
        crumbs.setSelectedCrumb(last);
    }

    /// Plain buttons: the built-in crumb sets an arrow shape that no stylesheet can take back.
    private Button crumb(TreeItem<Crumb> item) {
        Button button = Nodes.styled(new Button(item.getValue().name()), item.isLeaf() ? "crumb last" : "crumb");
        if (item.getParent() != null) {
            button.setGraphic(Nodes.icon(RemixiconAL.ARROW_RIGHT_S_LINE, "s14 subtle"));
        }
        return button;
    }

    private Node searchField() {
        Nodes.styled(search, "search-field");
        search.setPromptText(words.get(Text.TOOLBAR_SEARCH));
        search.setAccessibleText(words.get(Text.TOOLBAR_SEARCH));
        search.setLeft(Nodes.styled(new StackPane(Nodes.icon(RemixiconMZ.SEARCH_LINE, "subtle s14")), "search-glyph"));
        search.setRight(Nodes.styled(new StackPane(Nodes.label(words.get(Text.KEY_SEARCH), "kbd")), "search-key"));
        search.setPrefWidth(240);
        search.setMinWidth(180);
        search.textProperty().addListener((_, _, text) -> {
            if (!showing) {
                library.search(text);
            }
        });
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::searchKey);
        library.navigation().place().addListener((_, _, _) -> showSearched(search));
        return search;
    }

    /// Going elsewhere empties the field; coming back to a search fills it again.
    private void showSearched(TextField field) {
        String searched = library.searched();
        if (!field.getText().strip().equals(searched)) {
            showing = true;
            field.setText(searched);
            showing = false;
        }
    }

    private void searchKey(KeyEvent event) {
        @Nullable String text = search.getText();
        if (event.getCode() == KeyCode.ESCAPE) {
            if (text == null || text.isEmpty()) {
                leaveSearch.run();
            } else {
                search.clear();
            }
            event.consume();
        } else if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
            leaveSearch.run();
            event.consume();
        }
    }
}

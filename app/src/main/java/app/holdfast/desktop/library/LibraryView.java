package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.collections.CollectionDialog;
import app.holdfast.desktop.collections.CollectionPicker;
import app.holdfast.desktop.devices.DevicesView;
import app.holdfast.desktop.devices.PairDialog;
import app.holdfast.desktop.drives.DrivesView;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.ToastsView;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.locations.AddLocationDialog;
import app.holdfast.desktop.locations.KeptCard;
import app.holdfast.desktop.notes.NoteDialog;
import app.holdfast.desktop.palette.PaletteDialog;
import app.holdfast.desktop.settings.SettingsView;
import app.holdfast.desktop.sync.SyncView;
import app.holdfast.desktop.tags.TagDialog;
import app.holdfast.desktop.tags.TagPicker;
import app.holdfast.desktop.vaults.DropOverlay;
import app.holdfast.desktop.vaults.VaultFiles;
import app.holdfast.desktop.vaults.VaultsScreen;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.WindowEvent;
import javafx.util.Duration;

/// The main window: sidebar, page and status bar; above them toasts, and above those dialogs.
public final class LibraryView extends StackPane {

    /// Narrower than this the inspector closes itself.
    private static final double INSPECTOR_WIDTH_MIN = 1080;
    /// How often vaults that nobody uses are looked for.
    private static final Duration LOOK_FOR_IDLE = Duration.seconds(5);

    private final LibraryModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final Supplier<Optional<Path>> chooser;
    private final BooleanProperty sidebarWanted = new SimpleBooleanProperty(true);
    private final BooleanProperty inspectorWanted = new SimpleBooleanProperty(true);
    private final SidebarView sidebar;
    private final BrowserToolbar toolbar;
    private final FilesView files;
    private final InspectorView inspector;
    private final VBox filesPage;
    private final TagsPage tagsPage;
    private final DevicesView devicesPage;
    private final DrivesView drivesPage;
    private final VaultsScreen vaults;
    private final SyncView syncPage;
    private final SettingsView settingsPage;
    /// It went because there was no room for it.
    private boolean inspectorCloses;
    private final BorderPane frame = new BorderPane();

    /// The system's dialogs.
    public record Choosers(Supplier<Optional<Path>> folder, VaultFiles vaults) {}

    public LibraryView(LibraryModel model, Words words, Toasts toasts, Choosers choosers) {
        this.model = model;
        this.words = words;
        this.chooser = choosers.folder();
        dialogs = new Dialogs(words.texts());
        sidebar = new SidebarView(model.sidebar(), model.navigation(), words, new SidebarView.Actions(
                this::addLocation, this::addCollection, this::addTag, model.parts().pair()::show,
                new SidebarRows(model, words, dialogs)));
        files = filesView(model.browser());
        toolbar = new BrowserToolbar(model, words, inspectorWanted, files::focus);
        inspector = new InspectorView(model, words, () -> pickTags(model.browser()));
        filesPage = new VBox(toolbar, Nodes.grown(new HBox(files, inspector)));
        tagsPage = new TagsPage(model, words, dialogs, filesView(model.tagged()));
        devicesPage = new DevicesView(model.parts().devices(), words, dialogs,
                new DevicesView.Pairing(model.parts().pair()::show, model.parts().pair()::enter));
        drivesPage = new DrivesView(model.parts().drives(), model.parts().locations(), words, dialogs,
                new DrivesView.Outside(chooser, location ->
                        model.navigation().go(Place.location(location.id()))));
        vaults = new VaultsScreen(model.parts().vaults(), words, dialogs, choosers.vaults());
        syncPage = new SyncView(model.parts().sync(), words, dialogs,
                new KeptCard(model.parts().locations(), words));
        settingsPage = new SettingsView(model.parts().settings(), words);
        frame.setLeft(sidebar);
        frame.setBottom(new StatusView(model, words));
        ToastsView toastsView = new ToastsView(toasts, words.texts());
        StackPane.setAlignment(toastsView, Pos.BOTTOM_RIGHT);
        getChildren().addAll(frame, toastsView, dialogs, vaults.overlay());
        model.navigation().place().addListener((_, _, place) -> show(place));
        show(model.navigation().place().get());
        sidebarWanted.addListener((_, _, wanted) -> frame.setLeft(wanted ? sidebar : null));
        inspectorWanted.addListener((_, _, _) -> showInspector());
        model.sidebar().locations().addListener((ListChangeListener<NavRow>) _ -> showInspector());
        showInspector();
        widthProperty().addListener((_, before, now) -> widthChanged(before.doubleValue(), now.doubleValue()));
        frame.addEventFilter(KeyEvent.KEY_PRESSED, new Shortcuts(model, new Shortcuts.Panes(
                this::toggleSidebar, this::toggleInspector, this::focusSearch, this::openFilters, this::openPalette,
                vaults::importFiles, this::movePane))::pressed);
        setOnDragOver(this::dragOver);
        setOnDragExited(_ -> vaults.overlay().left());
        setOnDragDropped(this::dragDropped);
    }

    /// To be called when the window is on the screen: pairing may already have something to show.
    public void start() {
        new PairDialog(model.parts().pair(), words, dialogs);
        vaults.start();
        Timeline idle = new Timeline(new KeyFrame(LOOK_FOR_IDLE, _ -> model.parts().vaults().vaults().lockIdle()));
        idle.setCycleCount(Timeline.INDEFINITE);
        idle.play();
        getScene().getWindow().addEventHandler(WindowEvent.WINDOW_HIDDEN, _ -> idle.stop());
        files.focus();
    }

    private FilesView filesView(BrowserModel browser) {
        return new FilesView(model, browser, words, new FilesView.Actions(dialogs, this::addLocation,
                model.parts().pair()::show, selected(browser), (at, x, y) -> fileMenu(browser, at, x, y)));
    }

    private void show(Place place) {
        Node before = frame.getCenter();
        Node page = switch (place) {
            case Place.Files _, Place.Search _ -> filesPage;
            case Place.Tags _ -> tagsPage;
            case Place.Devices _ -> devicesPage;
            case Place.Drives _ -> drivesPage;
            case Place.Vaults _ -> vaults.view();
            case Place.Sync _ -> syncPage;
            case Place.Settings _ -> settingsPage;
        };
        boolean turned = !page.equals(before);
        boolean focusGoesAlong = turned && before != null && isFocusIn(before);
        if (turned) {
            frame.setCenter(page);
        }
        if (place instanceof Place.Tags(Optional<TagId> tag)) {
            tagsPage.show(tag.orElse(null));
        }
        if (focusGoesAlong) {
            focusPage(place);
        }
    }

    /// A page opens with the focus in its main list.
    private void focusPage(Place place) {
        switch (place) {
            case Place.Files _, Place.Search _ -> files.focus();
            case Place.Tags _ -> tagsPage.focus();
            case Place.Devices devices -> devicesPage.focus(devices.device().orElse(null));
            case Place.Drives _ -> drivesPage.focus();
            case Place.Vaults _ -> vaults.view().focus();
            case Place.Sync _ -> syncPage.focus();
            case Place.Settings _ -> settingsPage.focus();
        }
    }

    private void openPalette() {
        PaletteDialog.open(PaletteOffers.model(model, words, new PaletteOffers.Doing(this::addLocation,
                this::addCollection, this::addTag, this::focusSearch, this::toggleSidebar, this::toggleInspector,
                vaults::create, vaults::importFiles)),
                words, dialogs);
    }

    private void addLocation() {
        new AddLocationDialog(model.parts().locations(), words, dialogs, chooser)
                .open(id -> open(Place.location(id)));
    }

    /// Goes to what was made in a dialog, which gave the focus back to the button that opened it.
    private void open(Place place) {
        model.navigation().go(place);
        focusPage(place);
    }

    private void addTag() {
        TagDialog.create(model.parts().tags(), words, dialogs, null);
    }

    private void addCollection() {
        CollectionDialog.create(model.parts().collections(), words, dialogs,
                id -> open(Place.collected(id)));
    }

    private Menus.Selected selected(BrowserModel browser) {
        return new Menus.Selected(() -> pickTags(browser), () -> pickCollection(browser), () -> writeNote(browser));
    }

    private void pickCollection(BrowserModel browser) {
        int count = browser.selection().keys().size();
        if (count > 0) {
            CollectionPicker.open(model.parts().collections(), words, dialogs, count, new CollectionPicker.Actions(
                    row -> model.collect(browser, row), name -> model.collectInNew(browser, name)));
        }
    }

    /// The note is written in the inspector, which comes for it; the page of tags has none, so its file is shown.
    private void writeNote(BrowserModel browser) {
        if (browser.selection().keys().isEmpty()) {
            return;
        }
        if (browser == model.browser()) {
            inspectorWanted.set(true);
            inspector.focusNote();
        } else {
            NoteDialog.open(model.parts().notes(), words, dialogs, browser.selection().rows());
        }
    }

    private void pickTags(BrowserModel browser) {
        if (browser.selection().keys().isEmpty()) {
            return;
        }
        new TagPicker(model.parts().tags(), words, browser.selection().rows(), new TagPicker.Actions(
                tag -> model.toggle(browser, tag.id(), tag.name()), name -> model.createTagOn(browser, name)))
                .open(dialogs);
    }

    private void fileMenu(BrowserModel browser, Node at, double x, double y) {
        Optional<EntryRow> entry = browser.selection().rows().stream().findFirst();
        entry.ifPresent(row -> Menus.ofFile(row, model, browser, words, selected(browser)).show(at, x, y));
    }

    private void showInspector() {
        boolean something = !model.sidebar().locations().isEmpty();
        Nodes.show(inspector, inspectorWanted.get() && something);
    }

    /// When the window opens narrow or gets so the inspector goes, and comes back with the room; a person may have it
    /// all the same.
    private void widthChanged(double before, double now) {
        boolean opens = before <= 0;
        if ((opens || before >= INSPECTOR_WIDTH_MIN) && now < INSPECTOR_WIDTH_MIN) {
            inspectorCloses = inspectorWanted.get();
            inspectorWanted.set(false);
        } else if (before < INSPECTOR_WIDTH_MIN && now >= INSPECTOR_WIDTH_MIN && inspectorCloses) {
            inspectorCloses = false;
            inspectorWanted.set(true);
        }
    }

    private void toggleSidebar() {
        sidebarWanted.set(!sidebarWanted.get());
    }

    private void toggleInspector() {
        inspectorWanted.set(!inspectorWanted.get());
    }

    private void focusSearch() {
        Place place = model.navigation().place().get();
        if (!(place instanceof Place.Files || place instanceof Place.Search)) {
            model.navigation().go(Place.ALL_FILES);
        }
        toolbar.focusSearch();
    }

    private void openFilters() {
        if (model.navigation().place().get() instanceof Place.Tags) {
            tagsPage.openFilters();
        } else {
            focusSearch();
            files.openFilters();
        }
    }

    /// The panes from left to right; those that are not in sight are passed over.
    private void movePane(int by) {
        List<Node> panes = switch (model.navigation().place().get()) {
            case Place.Files _, Place.Search _ -> List.of(sidebar, toolbar, files, inspector);
            case Place.Tags _ -> List.of(sidebar, tagsPage);
            case Place.Devices _ -> List.of(sidebar, devicesPage);
            case Place.Drives _ -> List.of(sidebar, drivesPage);
            case Place.Vaults _ -> List.of(sidebar, vaults.view());
            case Place.Sync _ -> List.of(sidebar, syncPage);
            case Place.Settings _ -> List.of(sidebar, settingsPage);
        };
        List<Node> shown = panes.stream().filter(pane -> pane.getScene() != null && pane.isVisible()).toList();
        int now = 0;
        for (int i = 0; i < shown.size(); i++) {
            now = isFocusIn(shown.get(i)) ? i : now;
        }
        focusPane(shown.get(Math.floorMod(now + by, shown.size())));
    }

    private void focusPane(Node pane) {
        if (pane == sidebar) {
            sidebar.focus();
        } else if (pane == toolbar) {
            toolbar.focusSearch();
        } else if (pane == files) {
            files.focus();
        } else if (pane == inspector) {
            inspector.focus();
        } else if (pane == tagsPage) {
            tagsPage.focus();
        } else {
            focusPage(model.navigation().place().get());
        }
    }

    private boolean isFocusIn(Node pane) {
        Node owner = getScene() == null ? null : getScene().getFocusOwner();
        for (Node each = owner; each != null; each = each.getParent()) {
            if (each.equals(pane)) {
                return true;
            }
        }
        return false;
    }

    private void dragOver(DragEvent event) {
        if (DropOverlay.takes(event)) {
            vaults.overlay().over(event);
        } else if (event.getDragboard().hasFiles()
                && event.getDragboard().getFiles().stream().anyMatch(File::isDirectory)) {
            event.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
            event.consume();
        }
    }

    private void dragDropped(DragEvent event) {
        if (DropOverlay.takes(event)) {
            vaults.overlay().dropped(event);
            return;
        }
        List<Path> folders = event.getDragboard().getFiles().stream().filter(File::isDirectory).map(File::toPath)
                .toList();
        model.dropped(folders);
        event.setDropCompleted(!folders.isEmpty());
        event.consume();
    }

    /// For those who ask whether a dialog is open: tests, and keys that must not act below one.
    public Dialogs dialogs() {
        return dialogs;
    }
}

package app.holdfast.desktop.library;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.PlainText;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.collections.CollectionsModel;
import app.holdfast.desktop.devices.DevicesModel;
import app.holdfast.desktop.devices.PairModel;
import app.holdfast.desktop.drives.DrivesModel;
import app.holdfast.desktop.drives.PlugIn;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.locations.LocationsModel;
import app.holdfast.desktop.notes.NotesModel;
import app.holdfast.desktop.search.SearchModel;
import app.holdfast.desktop.settings.SettingsModel;
import app.holdfast.desktop.sync.SyncModel;
import app.holdfast.desktop.tags.TagsModel;
import app.holdfast.desktop.vaults.VaultsScreen;
import app.holdfast.ui.Text;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// The main window's own part: which place is shown, what the keyboard does there, and who hears of moments.
public final class LibraryModel {

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final Navigation navigation = new Navigation(Place.ALL_FILES);
    private final BrowserModel browser;
    private final BrowserModel tagged;
    private final InspectorModel inspector;
    private final SidebarModel sidebar;
    private final StatusModel status;
    private final Parts parts;
    private final Opener opener;
    private final BooleanProperty tagging = new SimpleBooleanProperty();
    private final Subscription moments;

    /// The rooms that this window opens into.
    public record Parts(TagsModel tags, CollectionsModel collections, NotesModel notes, LocationsModel locations,
            DevicesModel devices, DrivesModel drives, PairModel pair, SyncModel sync, SettingsModel settings,
            SearchModel search, VaultsScreen.Models vaults) {}

    public LibraryModel(Live live, Words words, Toasts toasts, Parts parts, Opener opener) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.parts = parts;
        this.opener = opener;
        browser = new BrowserModel(live, words);
        tagged = new BrowserModel(live, words);
        inspector = new InspectorModel(live, words, browser.selection(), parts.drives()::plugIn);
        sidebar = new SidebarModel(live, words);
        status = new StatusModel(live, words);
        navigation.place().addListener((_, _, place) -> show(place));
        show(navigation.place().get());
        moments = live.moments(this::heard);
        sidebar.start();
        status.start();
        parts.sync().start();
    }

    public Navigation navigation() {
        return navigation;
    }

    /// The files of the place, where it is one of files.
    public BrowserModel browser() {
        return browser;
    }

    /// The files beside the tree of tags.
    public BrowserModel tagged() {
        return tagged;
    }

    /// The list of files that is in sight.
    public BrowserModel shown() {
        return navigation.place().get() instanceof Place.Tags ? tagged : browser;
    }

    public InspectorModel inspector() {
        return inspector;
    }

    public SidebarModel sidebar() {
        return sidebar;
    }

    public StatusModel status() {
        return status;
    }

    public Parts parts() {
        return parts;
    }

    /// Whether digits put tags on what is selected.
    public BooleanProperty tagging() {
        return tagging;
    }

    /// Takes back what was done last, as long as its toast is there.
    public void undo() {
        toasts.undo();
    }

    Live live() {
        return live;
    }

    /// The folder above, or the list that this one is part of.
    public void up() {
        if (navigation.place().get() instanceof Place.Files) {
            browser.above().ifPresent(navigation::go);
        } else {
            navigation.go(Place.ALL_FILES);
        }
    }

    /// As one types. A blank text leads back to where the search began.
    public void search(String text) {
        boolean searching = navigation.place().get() instanceof Place.Search;
        if (text.isBlank()) {
            if (searching) {
                navigation.back();
            }
        } else if (searching) {
            navigation.replace(Place.search(text));
        } else {
            navigation.go(Place.search(text));
        }
    }

    /// What is searched for; empty elsewhere.
    public String searched() {
        return navigation.place().get() instanceof Place.Search(String query) ? query : "";
    }

    /// Looks for what is shown and fits a filter as well: a place that is no search becomes one.
    ///
    /// @param term of the query language
    public void filter(BrowserModel files, String term) {
        String query = navigation.place().get() instanceof Place.Search(String now) ? now : asQuery(files);
        search(parts.search().with(query, term));
    }

    private static String asQuery(BrowserModel files) {
        List<String> names = files.trail().stream().map(BrowserModel.Crumb::name).toList();
        return switch (files.scope().get()) {
            case EntryScope.Folder _ when !names.isEmpty() ->
                    SearchModel.here(names.getFirst(), names.size() > 1 ? names.getLast() : "", "");
            case EntryScope.Tagged _ -> SearchModel.here("", "", String.join("/", names));
            case EntryScope.Folder _, EntryScope.Collected _, EntryScope.Search _, EntryScope.Copies _,
                    EntryScope.Query _ -> "";
        };
    }

    /// A folder is gone into; a file that is here is opened by the desktop.
    public void open(EntryRow entry) {
        if (entry.kind() == EntryKind.DIRECTORY) {
            navigation.go(Place.folder(entry.location(), entry.id()));
        } else {
            withFile(entry, file -> opener.open(file, _ -> notOpened(entry)));
        }
    }

    public void reveal(EntryRow entry) {
        withFile(entry, file -> opener.reveal(file, _ -> notOpened(entry)));
    }

    /// Gives what is selected the tag of a digit, or takes it off.
    public void toggleNumbered(BrowserModel files, int digit) {
        parts.tags().numbered(digit).ifPresent(tag -> toggle(files, tag.id(), tag.name()));
    }

    public void toggle(BrowserModel files, TagId tag, String name) {
        withSelection(files, rows -> parts.tags().toggle(tag, name, rows));
    }

    public void removeTag(BrowserModel files, TagId tag, String name) {
        withSelection(files, rows -> parts.tags().remove(tag, name, rows));
    }

    public void createTagOn(BrowserModel files, String name) {
        withSelection(files, rows -> parts.tags().createOn(name, rows));
    }

    /// Gives what is selected so many stars.
    public void rate(BrowserModel files, int stars) {
        withSelection(files, rows -> parts.notes().rate(rows, stars));
    }

    public void toggleFavorite(BrowserModel files) {
        withSelection(files, parts.notes()::toggleFavorite);
    }

    /// Puts what is selected into a collection.
    public void collect(BrowserModel files, CollectionRow collection) {
        withSelection(files, rows -> parts.collections().add(collection, rows));
    }

    public void collectInNew(BrowserModel files, String name) {
        withSelection(files, rows -> parts.collections().createWith(name, rows));
    }

    /// The collection whose files are listed.
    public Optional<CollectionRow> collection(BrowserModel files) {
        return files.scope().get() instanceof EntryScope.Collected(CollectionId id)
                ? parts.collections().collection(id) : Optional.empty();
    }

    /// Takes what is selected out of the collection that is shown.
    public void uncollect(BrowserModel files) {
        collection(files).ifPresent(shown -> withSelection(files, rows -> parts.collections().remove(shown, rows)));
    }

    public void deleteCollection(CollectionRow collection) {
        if (navigation.place().get().equals(Place.collected(collection.id()))) {
            navigation.go(Place.ALL_FILES);
        }
        parts.collections().delete(collection);
    }

    /// What is selected was dragged onto a place: a tag is put on it, a collection takes it in.
    ///
    /// @return whether that place takes files
    public boolean dropped(BrowserModel files, Place place) {
        switch (place) {
            case Place.Files(EntryScope.Tagged tagged) -> parts.tags().tag(tagged.tag()).ifPresent(tag ->
                    withSelection(files, rows -> parts.tags().put(tag.id(), tag.name(), rows)));
            case Place.Files(EntryScope.Collected collected) ->
                    parts.collections().collection(collected.collection()).ifPresent(row -> collect(files, row));
            case Place.Files _, Place.Search _, Place.Tags _, Place.Devices _, Place.Drives _, Place.Vaults _,
                    Place.Sync _, Place.Settings _ -> {
                return false;
            }
        }
        return true;
    }

    /// A folder that was dropped on the window becomes a location.
    public void dropped(List<Path> folders) {
        folders.forEach(folder -> parts.locations().add(folder, id -> navigation.go(Place.location(id))));
    }

    public void close() {
        moments.close();
        sidebar.close();
        status.close();
        inspector.close();
        browser.close();
        tagged.close();
        parts.tags().close();
        parts.collections().close();
        parts.locations().close();
        parts.settings().close();
        parts.devices().close();
        parts.drives().close();
        parts.search().close();
        parts.sync().close();
        parts.pair().cancel();
        parts.vaults().exchange().close();
        parts.vaults().imports().close();
        parts.vaults().vaults().close();
    }

    private void show(Place place) {
        tagging.set(false);
        Optional<SearchQuery> asked = parts.search().show(searched());
        switch (place) {
            case Place.Files files -> browser.open(files.scope());
            case Place.Search _ -> asked.ifPresent(query -> browser.open(new EntryScope.Query(query)));
            case Place.Tags tags -> tags.tag().ifPresent(tag -> tagged.open(new EntryScope.Tagged(tag)));
            case Place.Devices _, Place.Drives _, Place.Vaults _, Place.Sync _, Place.Settings _ -> { }
        }
    }

    private void heard(CoreEvent moment) {
        parts.devices().heard(moment);
        parts.drives().heard(moment, () -> navigation.go(new Place.Drives()));
        parts.vaults().exchange().heard(moment);
        switch (moment) {
            case CoreEvent.PairingAsked asked -> parts.pair().asked(asked);
            case CoreEvent.DeviceJoined joined -> parts.pair().joined(joined.name());
            case CoreEvent.ScanEnded ended -> parts.locations().heard(ended);
            case CoreEvent.DeviceOnline _, CoreEvent.DeviceOffline _, CoreEvent.ClockAhead _,
                    CoreEvent.IdentityTwice _, CoreEvent.DriveHere _, CoreEvent.DriveNew _, CoreEvent.DriveGone _,
                    CoreEvent.DriveMoved _,
                    CoreEvent.DriveAsks _, CoreEvent.DriveTwice _, CoreEvent.VaultAsked _,
                    CoreEvent.VaultAskedNoMore _, CoreEvent.VaultGiven _ -> { }
        }
    }

    private void withSelection(BrowserModel files, Consumer<List<EntryRow>> action) {
        Selection selection = files.selection();
        if (selection.tooManyToActOn()) {
            toasts.failed(words.get(Text.SELECTION_TOO_MANY),
                    words.get(Text.SELECTION_TOO_MANY_DETAIL, Selection.ACTION_MAX));
        } else if (!selection.keys().isEmpty()) {
            selection.all(action);
        }
    }

    private void withFile(EntryRow entry, Consumer<Path> action) {
        live.once(reader -> reader.location(entry.location()).flatMap(row -> row.absolutePath()), top -> {
            Optional<Path> file = top.flatMap(path -> resolve(path, entry.path()));
            if (file.isPresent() && entry.holder().online()) {
                action.accept(file.get());
            } else {
                toasts.failed(words.get(Text.FILE_NOT_HERE, PlainText.shown(entry.name())),
                        parts.drives().plugIn(entry.holder().volume()).map(PlugIn::line).orElseGet(() ->
                                words.get(Text.FILE_NOT_HERE_DETAIL, entry.holder().deviceName())));
            }
        });
    }

    private void notOpened(EntryRow entry) {
        live.onScreen(() -> toasts.failed(words.get(Text.FILE_NOT_OPENED, PlainText.shown(entry.name())),
                words.get(Text.FILE_NOT_OPENED_DETAIL)));
    }

    private static Optional<Path> resolve(Path top, String path) {
        try {
            return Optional.of(top.resolve(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

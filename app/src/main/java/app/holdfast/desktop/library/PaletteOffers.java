package app.holdfast.desktop.library;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.TagRow;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.palette.PaletteModel;
import app.holdfast.desktop.palette.PaletteModel.Kind;
import app.holdfast.desktop.palette.PaletteModel.Offer;
import app.holdfast.desktop.search.SearchModel;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the palette offers: every command, and every place as it is now.
final class PaletteOffers {

    private final LibraryModel library;
    private final Words words;
    private final List<Offer> offers = new ArrayList<>();

    /// What needs a dialog or a pane of the view.
    record Doing(Runnable addLocation, Runnable addCollection, Runnable addTag, Runnable search, Runnable sidebar,
            Runnable inspector, Runnable newVault, Runnable importFiles) {}

    private PaletteOffers(LibraryModel library, Words words) {
        this.library = library;
        this.words = words;
    }

    static PaletteModel model(LibraryModel library, Words words, Doing doing) {
        var of = new PaletteOffers(library, words);
        of.commands(doing);
        of.pages();
        of.places();
        return new PaletteModel(library.live(), words, of.offers,
                new PaletteModel.Files(library::open, library::reveal));
    }

    private void commands(Doing doing) {
        command(Text.COMMAND_SEARCH, Text.KEY_SEARCH, doing.search());
        command(Text.COMMAND_ADD_LOCATION, null, doing.addLocation());
        command(Text.COMMAND_ADD_COLLECTION, null, doing.addCollection());
        command(Text.COMMAND_ADD_TAG, null, doing.addTag());
        command(Text.COMMAND_VAULT_NEW, null, doing.newVault());
        command(Text.COMMAND_VAULT_IMPORT, Text.KEY_IMPORT, doing.importFiles());
        command(Text.COMMAND_VAULT_LOCK, null, library.parts().vaults().vaults()::lockAll);
        command(Text.COMMAND_PAIR, null, library.parts().pair()::show);
        command(Text.COMMAND_SYNC, null, library.parts().sync()::syncNow);
        command(Text.TOOLBAR_BACK, Text.KEY_ALT_LEFT, library.navigation()::back);
        command(Text.TOOLBAR_FORWARD, Text.KEY_ALT_RIGHT, library.navigation()::forward);
        command(Text.TOOLBAR_UP, Text.KEY_ALT_UP, library::up);
        command(Text.COMMAND_UNDO, Text.KEY_UNDO, library::undo);
        command(Text.COMMAND_SIDEBAR, Text.KEY_SIDEBAR, doing.sidebar());
        command(Text.COMMAND_INSPECTOR, Text.KEY_INSPECTOR, doing.inspector());
    }

    private void pages() {
        page(Text.PLACE_ALL_FILES, "", Place.ALL_FILES);
        page(Text.PLACE_ALL_TAGS, "", new Place.Tags(Optional.empty()));
        page(Text.SIDEBAR_DEVICES_HEAD, "", new Place.Devices(Optional.empty()));
        page(Text.PLACE_DRIVES, "", new Place.Drives());
        page(Text.PLACE_VAULTS, "", new Place.Vaults());
        page(Text.PLACE_SYNC, "", new Place.Sync());
        page(Text.PLACE_SETTINGS, words.get(Text.KEY_SETTINGS), new Place.Settings());
    }

    private void places() {
        for (SearchModel.Saved search : library.parts().search().saved()) {
            place(Kind.PAGE, search.name(), search.query(), Place.search(search.query()));
        }
        for (NavRow row : library.sidebar().locations()) {
            place(Kind.LOCATION, row.name(), row.trailing(), row.place());
        }
        for (CollectionRow row : library.parts().collections().collections()) {
            place(Kind.COLLECTION, row.name(), words.get(Text.BROWSER_ITEMS, row.entries()), Place.collected(row.id()));
        }
        for (TagRow row : library.parts().tags().tags()) {
            place(Kind.TAG, row.name(), words.get(Text.BROWSER_ITEMS, row.entries()), Place.tagged(row.id()));
        }
        for (DeviceRow row : library.parts().devices().rows()) {
            place(Kind.DEVICE, row.name(), library.parts().devices().reached(row),
                    new Place.Devices(Optional.of(row.id())));
        }
    }

    private void command(Text name, @Nullable Text keys, Runnable run) {
        offers.add(new Offer(Kind.COMMAND, words.get(name), "", keys == null ? "" : words.get(keys), run));
    }

    private void page(Text name, String keys, Place place) {
        offers.add(new Offer(Kind.PAGE, words.get(name), "", keys, () -> library.navigation().go(place)));
    }

    private void place(Kind kind, String name, String detail, Place place) {
        offers.add(new Offer(kind, name, detail, "", () -> library.navigation().go(place)));
    }
}

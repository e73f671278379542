package app.holdfast.desktop.library;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.EntryKind;
import app.holdfast.desktop.collections.CollectionDialog;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.notes.NotesModel;
import app.holdfast.desktop.tags.TagDialog;
import app.holdfast.desktop.tags.TagsModel;
import app.holdfast.ui.Text;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// The context menus. They hold only what works for the thing they are opened on.
final class Menus {

    private Menus() {
    }

    /// What needs a dialog or another pane, for what is selected.
    record Selected(Runnable pickTags, Runnable pickCollection, Runnable writeNote) {}

    /// @param entry the first that is selected
    static ContextMenu ofFile(EntryRow entry, LibraryModel library, BrowserModel files, Words words,
            Selected selected) {
        ContextMenu menu = new ContextMenu();
        boolean folder = entry.kind() == EntryKind.DIRECTORY;
        boolean here = entry.holder().here() && entry.holder().online();
        if (folder || here) {
            menu.getItems().add(item(words.get(Text.FILE_OPEN), RemixiconAL.FILE_LINE, KeyCode.ENTER,
                    () -> library.open(entry)));
        }
        if (here) {
            MenuItem reveal = item(words.get(Text.FILE_REVEAL), RemixiconAL.FOLDER_OPEN_LINE,
                    () -> library.reveal(entry));
            reveal.setAccelerator(new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN));
            menu.getItems().add(reveal);
        }
        if (!menu.getItems().isEmpty()) {
            menu.getItems().add(new SeparatorMenuItem());
        }
        menu.getItems().addAll(item(words.get(Text.TAG_PICK_MENU), RemixiconMZ.PRICE_TAG_3_LINE, KeyCode.INSERT,
                        selected.pickTags()),
                item(words.get(Text.COLLECTION_ADD_MENU), RemixiconMZ.STACK_LINE, KeyCode.C,
                        selected.pickCollection()),
                rating(library, files, words),
                item(words.get(Text.NOTE_FAVORITE_MENU), RemixiconAL.HEART_LINE, KeyCode.F,
                        () -> library.toggleFavorite(files)),
                item(words.get(Text.NOTE_MENU), RemixiconAL.EDIT_LINE, KeyCode.N, selected.writeNote()));
        library.collection(files).ifPresent(_ -> menu.getItems().addAll(new SeparatorMenuItem(),
                item(words.get(Text.COLLECTION_REMOVE_MENU), RemixiconAL.CLOSE_LINE, KeyCode.DELETE,
                        () -> library.uncollect(files))));
        return menu;
    }

    private static Menu rating(LibraryModel library, BrowserModel files, Words words) {
        Menu menu = new Menu(words.get(Text.NOTE_RATING), Nodes.icon(RemixiconMZ.STAR_LINE, ""));
        for (int stars = NotesModel.STARS_MAX; stars >= 0; stars--) {
            int wanted = stars;
            MenuItem item = new MenuItem(words.get(Text.NOTE_STARS, stars));
            item.setAccelerator(new KeyCodeCombination(KeyCode.getKeyCode(String.valueOf(stars))));
            item.setOnAction(_ -> library.rate(files, wanted));
            menu.getItems().add(item);
        }
        return menu;
    }

    static ContextMenu ofCollection(CollectionRow collection, LibraryModel library, Words words, Dialogs dialogs) {
        MenuItem rename = item(words.get(Text.COLLECTION_RENAME_MENU), RemixiconAL.EDIT_LINE, KeyCode.F2, () ->
                CollectionDialog.rename(library.parts().collections(), words, dialogs, collection));
        MenuItem delete = item(words.get(Text.COLLECTION_DELETE_MENU), RemixiconAL.DELETE_BIN_LINE, KeyCode.DELETE,
                () -> library.deleteCollection(collection));
        return new ContextMenu(rename, new SeparatorMenuItem(), delete);
    }

    static ContextMenu ofTag(TagRow tag, TagsModel tags, Words words, Dialogs dialogs) {
        MenuItem edit = item(words.get(Text.TAG_EDIT_MENU), RemixiconAL.EDIT_LINE,
                () -> TagDialog.edit(tags, words, dialogs, tag));
        edit.setAccelerator(new KeyCodeCombination(KeyCode.F2));
        MenuItem below = item(words.get(Text.TAG_NEW_BELOW), RemixiconAL.ADD_LINE,
                () -> TagDialog.create(tags, words, dialogs, tag.id()));
        MenuItem delete = item(words.get(Text.TAG_DELETE_MENU), RemixiconAL.DELETE_BIN_LINE,
                () -> TagDialog.delete(tags, words, dialogs, tag));
        delete.setAccelerator(new KeyCodeCombination(KeyCode.DELETE));
        return new ContextMenu(edit, below, new SeparatorMenuItem(), delete);
    }

    static ContextMenu ofLocation(LocationRow location, LibraryModel library, Words words, Dialogs dialogs) {
        if (location.absolutePath().isEmpty()) {
            return new ContextMenu(item(words.get(location.kept() ? Text.LOCATION_DROP_MENU : Text.LOCATION_KEEP),
                    location.kept() ? RemixiconAL.CLOUD_OFF_LINE : RemixiconAL.DOWNLOAD_LINE,
                    () -> library.parts().locations().keep(location, !location.kept())));
        }
        MenuItem read = library.sidebar().isScanning(location.id())
                ? item(words.get(Text.LOCATION_CANCEL_MENU), RemixiconAL.CLOSE_LINE,
                        () -> library.parts().locations().cancelScan(location.id(), location.name()))
                : item(words.get(Text.LOCATION_RESCAN_MENU), RemixiconMZ.REFRESH_LINE,
                        () -> library.parts().locations().rescan(location));
        MenuItem remove = item(words.get(Text.LOCATION_REMOVE_MENU), RemixiconAL.DELETE_BIN_LINE, () ->
                dialogs.ask(words.get(Text.LOCATION_REMOVE_TITLE, location.name()),
                        words.get(Text.LOCATION_REMOVE_ASK, location.entries()),
                        words.get(Text.LOCATION_REMOVE_VERB), () -> remove(location, library)));
        return new ContextMenu(read, new SeparatorMenuItem(), remove);
    }

    private static void remove(LocationRow location, LibraryModel library) {
        library.parts().locations().remove(location);
        library.navigation().go(Place.ALL_FILES);
    }

    /// @param key the key that does the same in the list
    private static MenuItem item(String name, Ikon ikon, KeyCode key, Runnable action) {
        MenuItem item = item(name, ikon, action);
        item.setAccelerator(new KeyCodeCombination(key));
        return item;
    }

    private static MenuItem item(String name, Ikon ikon, Runnable action) {
        MenuItem item = new MenuItem(name, Nodes.icon(ikon, ""));
        item.setOnAction(_ -> action.run());
        return item;
    }
}

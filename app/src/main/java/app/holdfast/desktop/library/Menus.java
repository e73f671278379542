package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.EntryKind;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.tags.TagDialog;
import app.holdfast.desktop.tags.TagsModel;
import app.holdfast.ui.Text;
import java.util.Optional;
import javafx.scene.control.ContextMenu;
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

    /// @param pickTags opens the picker for what is selected
    static ContextMenu ofFile(EntryRow entry, LibraryModel library, Words words, Runnable pickTags) {
        ContextMenu menu = new ContextMenu();
        boolean folder = entry.kind() == EntryKind.DIRECTORY;
        boolean here = entry.holder().here() && entry.holder().online();
        if (folder || here) {
            MenuItem open = item(words.get(Text.FILE_OPEN), RemixiconAL.FILE_LINE, () -> library.open(entry));
            open.setAccelerator(new KeyCodeCombination(KeyCode.ENTER));
            menu.getItems().add(open);
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
        MenuItem tag = item(words.get(Text.TAG_PICK_MENU), RemixiconMZ.PRICE_TAG_3_LINE, pickTags);
        tag.setAccelerator(new KeyCodeCombination(KeyCode.INSERT));
        menu.getItems().add(tag);
        return menu;
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

    /// @return empty for a location that another device looks after: there is nothing to do with it here
    static Optional<ContextMenu> ofLocation(LocationRow location, LibraryModel library, Words words, Dialogs dialogs) {
        if (location.absolutePath().isEmpty()) {
            return Optional.empty();
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
        return Optional.of(new ContextMenu(read, new SeparatorMenuItem(), remove));
    }

    private static void remove(LocationRow location, LibraryModel library) {
        library.parts().locations().remove(location);
        library.navigation().go(Place.ALL_FILES);
    }

    private static MenuItem item(String name, Ikon ikon, Runnable action) {
        MenuItem item = new MenuItem(name, Nodes.icon(ikon, ""));
        item.setOnAction(_ -> action.run());
        return item;
    }
}

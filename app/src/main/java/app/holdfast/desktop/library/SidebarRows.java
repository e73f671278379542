package app.holdfast.desktop.library;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.TagRow;
import app.holdfast.desktop.collections.CollectionDialog;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.tags.TagDialog;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;

/// What can be done with the rows of the sidebar: by menu, by key, by dragging files onto them.
final class SidebarRows {

    private final LibraryModel library;
    private final Words words;
    private final Dialogs dialogs;

    SidebarRows(LibraryModel library, Words words, Dialogs dialogs) {
        this.library = library;
        this.words = words;
        this.dialogs = dialogs;
    }

    /// Shows all of it, at a node.
    void menu(NavRow row, Node at, double x, double y) {
        Optional<ContextMenu> menu = switch (row.kind()) {
            case LOCATION -> row.place() instanceof Place.Files(EntryScope.Folder folder)
                    ? library.sidebar().location(folder.location())
                            .map(location -> Menus.ofLocation(location, library, words, dialogs))
                    : Optional.empty();
            case COLLECTION -> collection(row).map(found -> Menus.ofCollection(found, library, words, dialogs));
            case TAG -> tag(row).map(tag -> Menus.ofTag(tag, library.parts().tags(), words, dialogs));
            case ALL_FILES, ALL_TAGS, DEVICE, DRIVES, VAULTS, SYNC, SETTINGS -> Optional.empty();
        };
        menu.ifPresent(shown -> shown.show(at, x, y));
    }

    void rename(NavRow row) {
        collection(row).ifPresent(found ->
                CollectionDialog.rename(library.parts().collections(), words, dialogs, found));
        tag(row).ifPresent(found -> TagDialog.edit(library.parts().tags(), words, dialogs, found));
    }

    void delete(NavRow row) {
        collection(row).ifPresent(library::deleteCollection);
        tag(row).ifPresent(found -> TagDialog.delete(library.parts().tags(), words, dialogs, found));
    }

    /// @return whether files that are dragged here are taken
    boolean takes(NavRow row) {
        return collection(row).isPresent() || tag(row).isPresent();
    }

    void dropped(NavRow row) {
        library.dropped(library.shown(), row.place());
    }

    private Optional<CollectionRow> collection(NavRow row) {
        return row.place() instanceof Place.Files(EntryScope.Collected collected)
                ? library.parts().collections().collection(collected.collection()) : Optional.empty();
    }

    private Optional<TagRow> tag(NavRow row) {
        return row.place() instanceof Place.Files(EntryScope.Tagged tagged)
                ? library.parts().tags().tag(tagged.tag()) : Optional.empty();
    }
}

package app.holdfast.desktop.drives;

import app.holdfast.core.api.VolumeRow;
import app.holdfast.desktop.drives.DriveLine.Deed;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// A drive's line. Made once, then given what is new of it, so that the focus stays. Enter does what its button does,
/// F2 asks for the shelf note, Delete forgets; Shift F10 has all of it.
final class DriveRow extends HBox {

    private static final double SPACE_WIDTH = 172;
    private static final double OWNER_WIDTH = 104;
    /// Room for the longest word on its button in either language, so that what is left of it stands in columns.
    private static final double MAIN_WIDTH = 112;

    private final Words words;
    private final Deeds deeds;
    private final FontIcon icon = Nodes.icon(RemixiconAL.HARD_DRIVE_2_LINE, "s20");
    private final Label name = Nodes.label("", "t-medium");
    private final Label badge = Nodes.label("", "badge");
    private final Label about = Nodes.label("", "t-small muted");
    private final ProgressBar bar = new ProgressBar(0);
    private final Label space = Nodes.label("", "t-small muted");
    private final Label owner = Nodes.label("", "t-small");
    private final Button main = Nodes.button("", "small");
    private final Button more;
    private final VBox whose;
    private DriveLine line;
    private boolean narrow;

    /// What the page does for a line.
    @FunctionalInterface
    interface Deeds {
        void act(DriveLine line, Deed deed);
    }

    DriveRow(DriveLine line, Words words, Deeds deeds) {
        this.line = line;
        this.words = words;
        this.deeds = deeds;
        more = Nodes.iconButton(words.get(Text.DRIVE_MORE, line.name()), RemixiconMZ.MORE_2_LINE, "small");
        badge.setMinWidth(USE_PREF_SIZE);
        VBox names = Nodes.column(2, Nodes.row(8, name, badge), about);
        names.setAlignment(Pos.CENTER_LEFT);
        names.setMinWidth(0);
        bar.setMaxWidth(Double.MAX_VALUE);
        VBox room = Nodes.column(4, bar, space);
        room.setAlignment(Pos.CENTER_LEFT);
        fixed(room, SPACE_WIDTH);
        whose = Nodes.column(2, Nodes.label(words.get(Text.DRIVE_OWNER), "t-caption subtle"), owner);
        whose.setAlignment(Pos.CENTER_LEFT);
        fixed(whose, OWNER_WIDTH);
        HBox slot = new HBox(main);
        slot.setAlignment(Pos.CENTER_RIGHT);
        slot.setMinWidth(MAIN_WIDTH);
        StackPane tile = Nodes.styled(new StackPane(icon), "tile");
        getChildren().addAll(tile, Nodes.grown(names), room, whose, slot, more);
        Nodes.styled(this, "row");
        setFocusTraversable(true);
        main.setOnAction(_ -> this.line.main().ifPresent(this::act));
        more.setOnAction(_ -> menu().show(more, Side.BOTTOM, 0, 0));
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            if (!event.isKeyboardTrigger()) {
                menu().show(this, event.getScreenX(), event.getScreenY());
            }
            event.consume();
        });
        set(line);
    }

    private static void fixed(VBox box, double width) {
        box.setMinWidth(width);
        box.setMaxWidth(width);
    }

    void set(DriveLine now) {
        line = now;
        icon.setIconCode(now.removable() ? RemixiconMZ.USB_LINE : RemixiconAL.HARD_DRIVE_2_LINE);
        name.setText(now.name());
        badge.setText(now.badge().word());
        badge.getStyleClass().setAll(("label " + now.badge().style()).split(" "));
        about.setText(narrow && !now.owner().isEmpty() ? now.owner() + ", " + now.about() : now.about());
        bar.setProgress(Math.max(0, now.space().used()));
        Nodes.show(bar, now.space().used() >= 0);
        space.setText(now.space().words());
        owner.setText(now.owner().isEmpty() ? words.get(Text.DRIVE_NO_OWNER) : now.owner());
        Nodes.mark(name, "muted", now.group() == DriveLine.Group.AWAY);
        Nodes.mark(icon, "subtle", now.group() == DriveLine.Group.AWAY);
        Nodes.show(main, now.main().isPresent());
        now.main().ifPresent(deed -> {
            main.setText(deed == Deed.NOTE ? words.get(Text.DRIVE_NOTE) : word(deed));
            Nodes.mark(main, "primary", deed == Deed.CLAIM);
            main.setAccessibleText(word(deed) + ", " + now.name());
        });
        more.setDisable(now.deeds().isEmpty());
        more.setAccessibleText(words.get(Text.DRIVE_MORE, now.name()));
        setAccessibleText(now.spoken());
    }

    /// Where its drive can be seen, which stays while a stranger becomes a volume.
    Optional<Path> place() {
        return DrivesModel.place(line);
    }

    /// Where there is no room for a column, the owner stands in the second line, if there is one.
    void narrow(boolean now) {
        if (narrow != now) {
            narrow = now;
            Nodes.show(whose, !now);
            set(line);
        }
    }

    private void act(Deed deed) {
        deeds.act(line, deed);
    }

    private void key(KeyEvent event) {
        if (!equals(event.getTarget())) {
            return;
        }
        boolean menu = event.getCode() == KeyCode.CONTEXT_MENU
                || event.getCode() == KeyCode.F10 && event.isShiftDown();
        if (menu) {
            menu().show(this, Side.BOTTOM, 64, 0);
        } else if (event.getCode() == KeyCode.ENTER) {
            line.main().ifPresent(this::act);
        } else if (event.getCode() == KeyCode.F2) {
            ifPossible(Deed.NOTE).ifPresent(this::act);
        } else if (event.getCode() == KeyCode.DELETE) {
            ifPossible(Deed.FORGET).ifPresent(this::act);
        } else {
            return;
        }
        event.consume();
    }

    private Optional<Deed> ifPossible(Deed deed) {
        return Optional.of(deed).filter(line.deeds()::contains);
    }

    /// All that can be done with it now.
    private ContextMenu menu() {
        ContextMenu menu = new ContextMenu();
        for (Deed deed : line.deeds()) {
            MenuItem item = new MenuItem(word(deed), Nodes.icon(ikon(deed), ""));
            item.setOnAction(_ -> act(deed));
            switch (deed) {
                case NOTE -> item.setAccelerator(new KeyCodeCombination(KeyCode.F2));
                case FORGET -> item.setAccelerator(new KeyCodeCombination(KeyCode.DELETE));
                case TRACK, CLAIM, RESOLVE -> { }
            }
            menu.getItems().add(item);
        }
        return menu;
    }

    private String word(Deed deed) {
        return words.get(switch (deed) {
            case TRACK -> Text.DRIVE_TRACK;
            case CLAIM -> Text.DRIVE_CLAIM;
            case RESOLVE -> Text.DRIVE_RESOLVE;
            case NOTE -> line.volume().map(VolumeRow::standing).map(VolumeRow.Standing::note).orElse("").isEmpty()
                    ? Text.DRIVE_NOTE_ADD : Text.DRIVE_NOTE_EDIT;
            case FORGET -> Text.DRIVE_FORGET;
        });
    }

    private static Ikon ikon(Deed deed) {
        return switch (deed) {
            case TRACK -> RemixiconAL.BOOKMARK_LINE;
            case CLAIM -> RemixiconAL.CHECK_LINE;
            case RESOLVE -> RemixiconAL.FILE_COPY_2_LINE;
            case NOTE -> RemixiconAL.EDIT_LINE;
            case FORGET -> RemixiconAL.DELETE_BIN_LINE;
        };
    }
}

package app.holdfast.desktop.drives;

import app.holdfast.core.api.LocationRow;
import app.holdfast.desktop.drives.FolderLine.Scan;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// A location's line below its drive: what it holds, or how far reading it is. Enter shows its files, Space pauses or
/// goes on; Shift F10 has all that can be done.
final class FolderRow extends HBox {

    private static final double BAR_WIDTH = 120;

    private final Words words;
    private final Doing doing;
    private final Label name = Nodes.label("", "t-medium");
    private final Label place = Nodes.label("", "t-small subtle");
    private final Label state = Nodes.label("", "t-small muted");
    private final ProgressBar bar = new ProgressBar(0);
    private final Button pause;
    private final Button more;
    private FolderLine line;

    /// What the page does for a line.
    ///
    /// @param confirm reads it again and believes that most of it is gone
    record Doing(Consumer<LocationRow> show, Consumer<FolderLine> pause, Consumer<LocationRow> cancel,
            Consumer<LocationRow> rescan, Consumer<LocationRow> confirm) {}

    FolderRow(FolderLine line, Words words, Doing doing) {
        this.line = line;
        this.words = words;
        this.doing = doing;
        pause = Nodes.iconButton(words.get(Text.FOLDER_PAUSE, ""), RemixiconMZ.PAUSE_LINE, "small");
        more = Nodes.iconButton(words.get(Text.DRIVE_MORE, ""), RemixiconMZ.MORE_2_LINE, "small");
        VBox names = Nodes.column(2, Nodes.row(8, name, place), state);
        names.setAlignment(Pos.CENTER_LEFT);
        names.setMinWidth(0);
        bar.setMinWidth(BAR_WIDTH);
        bar.setMaxWidth(BAR_WIDTH);
        getChildren().addAll(Nodes.icon(RemixiconAL.FOLDER_LINE, ""), Nodes.grown(names), bar, pause, more);
        Nodes.styled(this, "row folder");
        setFocusTraversable(true);
        pause.setOnAction(_ -> doing.pause().accept(this.line));
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

    void set(FolderLine now) {
        line = now;
        name.setText(now.location().name());
        place.setText(now.place());
        state.setText(now.state());
        Nodes.mark(state, "fg-syncing", now.scan() == Scan.RUNNING);
        Nodes.mark(state, "fg-danger", now.gone());
        Nodes.mark(name, "muted", !now.location().online());
        bar.setProgress(Math.max(0, now.fraction()));
        bar.setVisible(now.fraction() >= 0);
        Nodes.show(pause, now.scan() != Scan.NONE);
        boolean paused = now.scan() == Scan.PAUSED;
        String pausing = words.get(paused ? Text.FOLDER_RESUME : Text.FOLDER_PAUSE, now.location().name());
        pause.setGraphic(Nodes.icon(paused ? RemixiconMZ.PLAY_LINE : RemixiconMZ.PAUSE_LINE, ""));
        pause.getTooltip().setText(pausing);
        pause.setAccessibleText(pausing);
        more.setAccessibleText(words.get(Text.DRIVE_MORE, now.location().name()));
        more.getTooltip().setText(more.getAccessibleText());
        setAccessibleText(now.spoken());
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
            doing.show().accept(line.location());
        } else if (event.getCode() == KeyCode.SPACE && line.scan() != Scan.NONE) {
            doing.pause().accept(line);
        } else {
            return;
        }
        event.consume();
    }

    private ContextMenu menu() {
        ContextMenu menu = new ContextMenu(item(Text.FOLDER_SHOW, RemixiconAL.FOLDER_OPEN_LINE, doing.show()));
        if (!line.own()) {
            return menu;
        }
        if (line.scan() == Scan.NONE) {
            menu.getItems().add(item(Text.LOCATION_RESCAN_MENU, RemixiconMZ.REFRESH_LINE, doing.rescan()));
            if (line.gone()) {
                menu.getItems().add(item(Text.FOLDER_CONFIRM, RemixiconAL.CHECK_LINE, doing.confirm()));
            }
            return menu;
        }
        boolean paused = line.scan() == Scan.PAUSED;
        MenuItem pausing = new MenuItem(words.get(paused ? Text.FOLDER_RESUME_MENU : Text.FOLDER_PAUSE_MENU),
                Nodes.icon(paused ? RemixiconMZ.PLAY_LINE : RemixiconMZ.PAUSE_LINE, ""));
        pausing.setOnAction(_ -> doing.pause().accept(line));
        menu.getItems().addAll(List.of(pausing,
                item(Text.LOCATION_CANCEL_MENU, RemixiconAL.CLOSE_LINE, doing.cancel())));
        return menu;
    }

    private MenuItem item(Text text, Ikon ikon, Consumer<LocationRow> action) {
        MenuItem item = new MenuItem(words.get(text), Nodes.icon(ikon, ""));
        item.setOnAction(_ -> action.accept(line.location()));
        return item;
    }
}

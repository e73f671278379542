package app.holdfast.desktop.library;

import java.util.function.IntConsumer;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The keys that act wherever the focus is. On macOS Cmd stands for Ctrl.
final class Shortcuts {

    private final LibraryModel model;
    private final Panes panes;

    /// @param movePane 1 for the next pane, -1 for the one before
    record Panes(Runnable toggleSidebar, Runnable toggleInspector, Runnable search, Runnable filter, Runnable palette,
            Runnable importFiles, IntConsumer movePane) {}

    Shortcuts(LibraryModel model, Panes panes) {
        this.model = model;
        this.panes = panes;
    }

    void pressed(KeyEvent event) {
        if (event.getTarget() instanceof TextInputControl && event.getCode() == KeyCode.Z) {
            return;
        }
        boolean done = event.isShortcutDown() && !event.isAltDown() ? control(event)
                : event.isAltDown() && !event.isShortcutDown() ? alt(event.getCode()) : plain(event);
        if (done) {
            event.consume();
        }
    }

    private boolean control(KeyEvent event) {
        switch (event.getCode()) {
            case B -> panes.toggleSidebar().run();
            case I -> panes.toggleInspector().run();
            case F -> (event.isShiftDown() ? panes.filter() : panes.search()).run();
            case Z -> model.undo();
            case K -> panes.palette().run();
            case O -> panes.importFiles().run();
            case COMMA -> model.navigation().go(new Place.Settings());
            case DIGIT1, DIGIT2, DIGIT3, DIGIT4, DIGIT5, DIGIT6, DIGIT7, DIGIT8, DIGIT9 ->
                    model.sidebar().numbered(event.getCode().ordinal() - KeyCode.DIGIT0.ordinal())
                            .ifPresent(model.navigation()::go);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean alt(KeyCode code) {
        switch (code) {
            case LEFT -> model.navigation().back();
            case RIGHT -> model.navigation().forward();
            case UP -> model.up();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean plain(KeyEvent event) {
        if (event.getCode() == KeyCode.F6) {
            panes.movePane().accept(event.isShiftDown() ? -1 : 1);
            return true;
        }
        return false;
    }
}

package app.holdfast.desktop.palette;

import app.holdfast.core.api.EntryRow;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Icons;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.palette.PaletteModel.Kind;
import app.holdfast.desktop.palette.PaletteModel.Row;
import app.holdfast.ui.Text;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// One field and what it finds. The focus stays in the field; the arrows choose, Enter does it.
public final class PaletteDialog {

    private static final double ROW_PIXELS = 36;
    private static final int ROWS_SHOWN = 10;

    private final PaletteModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final TextField field = new TextField();
    private final ListView<Row> list = new ListView<>();
    private final DialogFrame frame;

    private PaletteDialog(PaletteModel model, Words words, Dialogs dialogs) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        VBox body = Nodes.styled(new VBox(field, list), "palette");
        frame = new DialogFrame(DialogFrame.WIDE, words.get(Text.PALETTE_TITLE), body);
    }

    public static void open(PaletteModel model, Words words, Dialogs dialogs) {
        new PaletteDialog(model, words, dialogs).open();
    }

    private void open() {
        field.setPromptText(words.get(Text.PALETTE_FIELD));
        field.setAccessibleText(words.get(Text.PALETTE_FIELD));
        field.textProperty().addListener((_, _, text) -> model.type(text));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.setFixedCellSize(ROW_PIXELS);
        list.setPrefHeight(ROWS_SHOWN * ROW_PIXELS + 2);
        list.setCellFactory(_ -> new Cell());
        list.setFocusTraversable(false);
        Label none = Nodes.label("", "muted");
        list.setPlaceholder(none);
        ListChangeListener<Row> changed = _ -> {
            none.setText(words.get(Text.PALETTE_NONE, field.getText().strip()));
            fill();
        };
        model.rows().addListener(changed);
        fill();
        frame.foot(Nodes.label(words.get(Text.PALETTE_KEYS), "t-small muted"), Nodes.spring(),
                Nodes.label(words.get(Text.PALETTE_PREFIXES), "t-small muted")).focus(field);
        dialogs.open(frame, () -> model.rows().removeListener(changed));
    }

    private void fill() {
        list.getItems().setAll(model.rows());
        list.getSelectionModel().clearAndSelect(model.next(-1, 1));
    }

    private void key(KeyEvent event) {
        int chosen = list.getSelectionModel().getSelectedIndex();
        switch (event.getCode()) {
            case DOWN -> choose(model.next(chosen, 1));
            case UP -> choose(model.next(chosen, -1));
            case ENTER -> run(list.getSelectionModel().getSelectedItem(), event.isShortcutDown());
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void choose(int index) {
        list.getSelectionModel().clearAndSelect(index);
        list.scrollTo(Math.max(0, index - 4));
    }

    private void run(@Nullable Row row, boolean reveal) {
        if (row instanceof Row.Line line) {
            dialogs.close(frame);
            if (reveal && line.reveal().isPresent()) {
                line.reveal().get().run();
            } else {
                line.offer().run().run();
            }
        }
    }

    private static Ikon ikon(Kind kind, @Nullable EntryRow file) {
        return switch (kind) {
            case COMMAND -> RemixiconAL.ARROW_RIGHT_LINE;
            case LOCATION -> RemixiconAL.FOLDER_LINE;
            case COLLECTION -> RemixiconMZ.STACK_LINE;
            case TAG -> RemixiconMZ.PRICE_TAG_3_LINE;
            case DEVICE -> RemixiconAL.COMPUTER_LINE;
            case PAGE -> RemixiconMZ.WINDOW_LINE;
            case FILE -> file == null ? RemixiconAL.FILE_LINE : Icons.of(file.kind(), file.name());
        };
    }

    private final class Cell extends ListCell<Row> {

        private final FontIcon icon = Nodes.icon(RemixiconAL.FILE_LINE, "");
        private final Label name = Nodes.label("", "name");
        private final Label detail = Nodes.label("", "t-small subtle");
        private final Label keys = Nodes.label("", "kbd");
        private final HBox line = Nodes.row(10, icon, name, detail, Nodes.spring(), keys);
        private final Label head = Nodes.label("", "t-caption t-medium subtle");

        Cell() {
            name.setMinWidth(USE_PREF_SIZE);
            keys.setMinWidth(USE_PREF_SIZE);
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY) {
                    run(getItem(), event.isShortcutDown());
                }
            });
        }

        @Override
        protected void updateItem(@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : graphic(row));
        }

        private Node graphic(Row row) {
            return switch (row) {
                case Row.Head(String called) -> {
                    head.setText(called);
                    setAccessibleText(called);
                    yield head;
                }
                case Row.Line of -> {
                    icon.setIconCode(ikon(of.offer().kind(), of.file().orElse(null)));
                    name.setText(of.offer().name());
                    detail.setText(of.offer().detail());
                    keys.setText(of.offer().keys());
                    Nodes.show(keys, !of.offer().keys().isEmpty());
                    setAccessibleText(of.offer().name() + ", " + of.offer().detail());
                    yield line;
                }
            };
        }
    }
}

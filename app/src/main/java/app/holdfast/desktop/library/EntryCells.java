package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.PlainText;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.VolumeId;
import app.holdfast.desktop.drives.PlugIn;
import app.holdfast.desktop.fx.Dot;
import app.holdfast.desktop.fx.Icons;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.TagPill;
import app.holdfast.desktop.fx.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// The cells of the table of files. Each builds its nodes once and changes only what they say.
final class EntryCells {

    /// Pills in a cell; what is more becomes `+n`.
    static final int PILLS_MAX = 3;

    /// Widths of tags' names that were shown lately.
    private static final Map<String, Double> NAME_WIDTHS = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Double> eldest) {
            return size() > NAME_WIDTHS_MAX;
        }
    };
    private static final int NAME_WIDTHS_MAX = 1_000;

    private EntryCells() {
    }

    /// Icon and name; a grey bar while the row has not been read.
    static final class Name extends TableCell<EntrySlot, EntryRow> {

        private final FontIcon icon = Nodes.icon(RemixiconAL.FILE_LINE, "");
        private final Label name = Nodes.label("", "name");
        private final Label way = Nodes.label("", "t-small subtle");
        private final NameLine box = new NameLine(icon, name, way);
        private final Region shell = Nodes.styled(new Region(), "shell");
        private final BooleanSupplier withWay;

        /// @param withWay whether the list gathers files of many folders, so that each says which
        Name(BooleanSupplier withWay) {
            this.withWay = withWay;
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        }

        @Override
        protected void updateItem(@Nullable EntryRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(empty ? null : shell);
                return;
            }
            icon.setIconCode(Icons.of(row.kind(), row.name()));
            Nodes.mark(icon, "accent", row.kind() == EntryKind.DIRECTORY);
            name.setText(PlainText.shown(row.name()));
            int slash = row.path().lastIndexOf('/');
            boolean shown = slash > 0 && withWay.getAsBoolean();
            way.setText(shown ? PlainText.shown(row.path().substring(0, slash)) : "");
            setGraphic(box);
        }
    }

    /// The name has the room first; the way to it what is left, if that is enough to read.
    private static final class NameLine extends Region {

        private static final double GAP = 8;
        private static final double WAY_WIDTH_MIN = 48;

        private final FontIcon icon;
        private final Label name;
        private final Label way;

        NameLine(FontIcon icon, Label name, Label way) {
            this.icon = icon;
            this.name = name;
            this.way = way;
            getChildren().addAll(icon, name, way);
        }

        @Override
        protected double computePrefWidth(double height) {
            return icon.prefWidth(-1) + GAP + name.prefWidth(-1) + GAP + way.prefWidth(-1);
        }

        @Override
        protected double computeMinWidth(double height) {
            return 0;
        }

        @Override
        protected void layoutChildren() {
            double start = icon.prefWidth(-1) + GAP;
            double room = Math.max(0, getWidth() - start);
            double named = Math.min(snapSizeX(name.prefWidth(-1)), room);
            double left = Math.min(snapSizeX(way.prefWidth(-1)), room - named - GAP);
            layoutInArea(icon, 0, 0, icon.prefWidth(-1), getHeight(), 0, HPos.LEFT, VPos.CENTER);
            layoutInArea(name, start, 0, named, getHeight(), 0, HPos.LEFT, VPos.CENTER);
            way.setVisible(!way.getText().isEmpty() && left >= Math.min(WAY_WIDTH_MIN, way.prefWidth(-1)));
            layoutInArea(way, start + named + GAP, 0, Math.max(0, left), getHeight(), 0, HPos.LEFT, VPos.CENTER);
        }
    }

    /// In the font of a pill.
    private static double nameWidth(String name) {
        return NAME_WIDTHS.computeIfAbsent(name, text -> {
            Text measured = new Text(text);
            measured.setFont(Font.font("Inter Medium", 11));
            return measured.getLayoutBounds().getWidth();
        });
    }

    static final class Tags extends TableCell<EntrySlot, EntryRow> {

        private final List<TagPill> pills =
                IntStream.range(0, PILLS_MAX).mapToObj(_ -> new TagPill("")).toList();
        private final Label more = Nodes.label("", "t-caption subtle");
        private final HBox box = Nodes.row(4);

        private static final double CELL_PADDING = 16;
        /// What a pill is wider than its name, with the gap to the next.
        private static final double PILL_PADDING = 30;
        private static final double MORE_WIDTH = 20;

        Tags() {
            box.getChildren().addAll(pills);
            box.getChildren().add(more);
            more.setMinWidth(Region.USE_PREF_SIZE);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        }

        @Override
        protected void updateItem(@Nullable EntryRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null || row.tags().isEmpty()) {
                setGraphic(null);
                return;
            }
            int fits = fitting(row.tags());
            for (int i = 0; i < PILLS_MAX; i++) {
                TagPill pill = pills.get(i);
                Nodes.show(pill, i < fits);
                if (i < fits) {
                    pill.set(row.tags().get(i).name(), row.tags().get(i).color());
                }
            }
            more.setText("+" + (row.tags().size() - fits));
            Nodes.show(more, row.tags().size() > fits);
            setGraphic(box);
        }

        /// How many pills the column has room for: a pill cut in half says nothing.
        private int fitting(List<EntryRow.Tag> tags) {
            double room = getTableColumn().getWidth() - CELL_PADDING;
            int fits = 0;
            while (fits < Math.min(PILLS_MAX, tags.size())) {
                room -= PILL_PADDING + nameWidth(tags.get(fits).name());
                double kept = fits + 1 < tags.size() ? MORE_WIDTH : 0;
                if (fits > 0 && room < kept) {
                    break;
                }
                fits++;
            }
            return fits;
        }
    }

    static final class Plain extends TableCell<EntrySlot, EntryRow> {

        private final Function<EntryRow, String> says;

        Plain(Function<EntryRow, String> says) {
            this.says = says;
            getStyleClass().add("muted");
        }

        @Override
        protected void updateItem(@Nullable EntryRow row, boolean empty) {
            super.updateItem(row, empty);
            setText(empty || row == null ? null : says.apply(row));
        }
    }

    /// Which device and drive hold it; a hollow dot when they are away.
    static final class Where extends TableCell<EntrySlot, EntryRow> {

        private final Words words;
        private final Function<VolumeId, Optional<PlugIn>> drives;
        private final Dot dot = new Dot(Dot.State.AWAY);
        private final Tooltip tooltip = new Tooltip();

        /// @param drives what to plug in for the files of a drive
        Where(Words words, Function<VolumeId, Optional<PlugIn>> drives) {
            this.words = words;
            this.drives = drives;
            getStyleClass().add("muted");
            setContentDisplay(ContentDisplay.RIGHT);
            setGraphicTextGap(6);
        }

        @Override
        protected void updateItem(@Nullable EntryRow row, boolean empty) {
            super.updateItem(row, empty);
            boolean away = !empty && row != null && !row.holder().online();
            Optional<PlugIn> plugIn = away && row != null ? drives.apply(row.holder().volume()) : Optional.empty();
            setText(empty || row == null ? null : plugIn.map(PlugIn::shortLine).orElseGet(() -> where(row, words)));
            setGraphic(away ? dot : null);
            tooltip.setText(plugIn.map(PlugIn::line).orElse(""));
            setTooltip(plugIn.isPresent() ? tooltip : null);
        }
    }

    static String where(EntryRow row, Words words) {
        return row.holder().here() ? words.get(app.holdfast.ui.Text.PLACE_THIS_DEVICE) : row.holder().deviceName();
    }

    static String size(EntryRow row, Words words) {
        return row.kind() == EntryKind.DIRECTORY ? "—" : words.size(row.size());
    }
}

package app.holdfast.desktop.drives;

import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.desktop.drives.DriveLine.Deed;
import app.holdfast.desktop.drives.DriveLine.Group;
import app.holdfast.desktop.drives.FolderLine.Scan;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.EmptyState;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.locations.LocationsModel;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// The page of drives: those here, those in other devices, those that are away, each with its locations. Arrows move
/// between the lines.
public final class DrivesView extends VBox {

    /// Narrower than this drives have no column for their owners.
    private static final double OWNER_WIDTH_MIN = 860;

    private final DrivesModel model;
    private final LocationsModel locations;
    private final Words words;
    private final DriveDialogs asking;
    private final Outside outside;
    private final VBox banners = Nodes.column(8);
    private List<VolumeRow> bannered = List.of();
    private final Map<Group, VBox> cards = new EnumMap<>(Group.class);
    private final Map<Object, Node> rows = new HashMap<>();
    private final VBox content;
    private final VBox rules;
    private final Label facts = Nodes.label("", "muted");
    private final Label reading = Nodes.paragraph("", "");
    private final Button pause = Nodes.button("", "small");

    /// @param chooser the system's dialog for a folder
    /// @param show    shows a location's files
    public record Outside(Supplier<Optional<Path>> chooser, Consumer<LocationRow> show) {}

    public DrivesView(DrivesModel model, LocationsModel locations, Words words, Dialogs dialogs, Outside outside) {
        this.model = model;
        this.locations = locations;
        this.words = words;
        this.outside = outside;
        asking = new DriveDialogs(model, words, dialogs);
        rules = rules();
        content = Nodes.styled(new VBox(), "content");
        ScrollPane scroll = Nodes.grown(new ScrollPane(content));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        getChildren().addAll(toolbar(), scroll);
        model.drives().addListener((ListChangeListener<DriveLine>) _ -> fill());
        model.folders().addListener((ListChangeListener<FolderLine>) _ -> fill());
        model.reading().addListener((_, _, _) -> showReading());
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        sceneProperty().flatMap(Scene::windowProperty).flatMap(Window::showingProperty).orElse(false)
                .subscribe(model::watchClosely);
        widthProperty().addListener((_, _, _) -> narrow());
        fill();
        showReading();
    }

    private void narrow() {
        rows.values().stream().filter(DriveRow.class::isInstance)
                .forEach(row -> ((DriveRow) row).narrow(getWidth() < OWNER_WIDTH_MIN));
    }

    /// A page opens with the focus in its list.
    public void focus() {
        List<Node> lines = lines();
        (lines.isEmpty() ? this : lines.getFirst()).requestFocus();
    }

    private Node toolbar() {
        Label title = Nodes.label(words.get(Text.PLACE_DRIVES), "t-heading");
        title.setMinWidth(USE_PREF_SIZE);
        Button track = Nodes.button(words.get(Text.DRIVE_TRACK_TITLE), RemixiconAL.ADD_LINE, "primary");
        track.setOnAction(_ -> asking.track(outside.chooser()));
        return Nodes.styled(new HBox(title, facts, Nodes.spring(), track), "toolbar page");
    }

    /// What holds for all drives: whether they are claimed at once, and the reading of what files have in them.
    private VBox rules() {
        CheckBox atOnce = new CheckBox(words.get(Text.DRIVE_POLICY));
        atOnce.setWrapText(true);
        atOnce.setSelected(model.atOnce().get());
        model.atOnce().addListener((_, _, now) -> atOnce.setSelected(now));
        atOnce.setOnAction(_ -> model.claimAtOnce(atOnce.isSelected()));
        Label detail = Nodes.paragraph(words.get(Text.DRIVE_POLICY_DETAIL), "t-small muted");
        pause.setOnAction(_ -> model.pauseReading(!model.reading().get().paused()));
        VBox read = Nodes.column(2, Nodes.label(words.get(Text.READING), "t-medium"), reading);
        return Nodes.styled(new VBox(Nodes.column(2, atOnce, detail), Nodes.rule(),
                Nodes.row(12, Nodes.grown(read), pause)), "card");
    }

    private void showReading() {
        reading.setText(model.readingLine());
        pause.setText(words.get(model.reading().get().paused() ? Text.READING_RESUME : Text.READING_PAUSE));
    }

    private void fill() {
        facts.setText(model.summary());
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        Optional<DriveRow> row = rowOf(focused);
        Optional<Path> place = row.flatMap(DriveRow::place);
        List<Node> parts = new ArrayList<>();
        fillBanners();
        if (!banners.getChildren().isEmpty()) {
            parts.add(banners);
        }
        Map<Object, Node> still = new HashMap<>();
        for (Group group : Group.values()) {
            List<Node> shown = new ArrayList<>();
            model.drives().stream().filter(line -> line.group() == group).forEach(line -> add(shown, line, still));
            if (!shown.isEmpty()) {
                parts.add(group(group, shown));
            }
        }
        rows.clear();
        rows.putAll(still);
        narrow();
        if (model.drives().isEmpty()) {
            parts.add(new EmptyState(RemixiconAL.HARD_DRIVE_2_LINE, words.get(Text.DRIVES_NONE),
                    words.get(Text.DRIVES_NONE_DETAIL)));
        }
        parts.add(rules);
        if (!content.getChildren().equals(parts)) {
            content.getChildren().setAll(parts);
        }
        if (focused != null && focused.getScene() != null && focused.isVisible() && isHere(focused)) {
            if (!focused.isFocused()) {
                focused.requestFocus();
            }
        } else {
            row.ifPresent(before -> after(before, place).requestFocus());
        }
    }

    /// Where the focus goes when what had it in a drive's line is gone: to that drive's line as it is now.
    private Node after(DriveRow before, Optional<Path> place) {
        return isHere(before) ? before : rows.values().stream().filter(DriveRow.class::isInstance)
                .filter(row -> place.isPresent() && ((DriveRow) row).place().equals(place)).findFirst()
                .orElseGet(() -> lines().isEmpty() ? this : lines().getFirst());
    }

    private Optional<DriveRow> rowOf(@Nullable Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each instanceof DriveRow row && isHere(row)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private boolean isHere(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each.equals(this)) {
                return true;
            }
        }
        return false;
    }

    private void add(List<Node> shown, DriveLine line, Map<Object, Node> still) {
        DriveRow row = rows.get(line.key()) instanceof DriveRow known ? known : new DriveRow(line, words, this::act);
        row.set(line);
        still.put(line.key(), row);
        shown.add(row);
        model.folders().stream().filter(folder -> line.volume().map(VolumeRow::id)
                .filter(folder.location().volume()::equals).isPresent()).forEach(folder -> {
            FolderRow below = rows.get(folder.location().id()) instanceof FolderRow known ? known
                    : new FolderRow(folder, words, new FolderRow.Doing(outside.show(), this::pause,
                            location -> locations.cancelScan(location.id(), location.name()), locations::rescan,
                            locations::rescanConfirmed));
            below.set(folder);
            still.put(folder.location().id(), below);
            shown.add(below);
        });
    }

    private void pause(FolderLine line) {
        locations.pauseScan(line.location(), line.scan() == Scan.RUNNING);
    }

    private VBox group(Group group, List<Node> shown) {
        VBox card = cards.computeIfAbsent(group, _ -> Nodes.styled(new VBox(), "card flush"));
        shown.forEach(node -> Nodes.mark(node, "first", node.equals(shown.getFirst())));
        if (!card.getChildren().equals(shown)) {
            card.getChildren().setAll(shown);
        }
        String title = words.get(switch (group) {
            case HERE -> Text.DRIVES_HERE;
            case ELSEWHERE -> Text.DRIVES_ELSEWHERE;
            case AWAY -> Text.DRIVES_AWAY;
        });
        return card.getParent() instanceof VBox around ? around
                : Nodes.column(8, Nodes.label(title, "t-small t-medium muted"), card);
    }

    private void fillBanners() {
        List<VolumeRow> twice = model.drives().stream().flatMap(line -> line.volume().stream())
                .filter(volume -> volume.standing().state() == VolumeRow.State.DUPLICATE).toList();
        if (!twice.equals(bannered)) {
            bannered = twice;
            banners.getChildren().setAll(twice.stream().map(this::banner).toList());
        }
    }

    private Node banner(VolumeRow volume) {
        VBox said = Nodes.column(2, Nodes.paragraph(words.get(Text.DRIVE_BANNER, volume.label()), "t-medium"),
                Nodes.paragraph(words.get(Text.DRIVE_BANNER_DETAIL), "t-small muted"));
        Button choose = Nodes.button(words.get(Text.DRIVE_RESOLVE_LONG), "");
        choose.setOnAction(_ -> asking.resolve(volume));
        return Nodes.styled(new HBox(Nodes.icon(RemixiconAL.FILE_COPY_2_LINE, "s20 fg-warning"), Nodes.grown(said),
                choose), "banner");
    }

    private void act(DriveLine line, Deed deed) {
        switch (deed) {
            case TRACK -> asking.track(line);
            case CLAIM -> model.claim(line);
            case RESOLVE -> model.volume(line).ifPresent(asking::resolve);
            case NOTE -> line.volume().ifPresent(asking::note);
            case FORGET -> line.volume().ifPresent(asking::forget);
        }
    }

    /// Drives and locations in the order in which they are shown.
    private List<Node> lines() {
        List<Node> lines = new ArrayList<>();
        for (Group group : Group.values()) {
            VBox card = cards.get(group);
            if (card != null && isHere(card)) {
                lines.addAll(card.getChildren());
            }
        }
        return lines;
    }

    private void key(KeyEvent event) {
        List<Node> lines = lines();
        int line = event.getTarget() instanceof Node target ? lines.indexOf(target) : -1;
        if (line < 0) {
            return;
        }
        if (event.getCode() == KeyCode.DOWN && line + 1 < lines.size()) {
            lines.get(line + 1).requestFocus();
        } else if (event.getCode() == KeyCode.UP && line > 0) {
            lines.get(line - 1).requestFocus();
        } else {
            return;
        }
        event.consume();
    }
}

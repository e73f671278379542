package app.holdfast.desktop.sync;

import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Dot;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.sync.SyncLines.EventLine;
import app.holdfast.desktop.sync.SyncLines.Fact;
import app.holdfast.ui.Text;
import java.util.List;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.Duration;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// The page of sync: facts, devices, throughput, conflicts, events.
public final class SyncView extends VBox {

    /// How often what changes by itself is asked for, while the page is in sight.
    private static final Duration REFRESH = Duration.seconds(5);
    /// Of the width, for devices and conflicts; the rest is for throughput and events.
    private static final double LEFT_PERCENT = 54;
    private static final double TWO_COLUMNS_WIDTH_MIN = 900;

    private final SyncModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final PeersCard peers;
    private final HBox facts = Nodes.styled(new HBox(), "facts");
    private final VBox events = Nodes.styled(new VBox(), "events");

    /// @param kept the card that says what is kept here of other devices
    public SyncView(SyncModel model, Words words, Dialogs dialogs, Node kept) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        peers = new PeersCard(model, words, dialogs);
        VBox content = Nodes.styled(new VBox(facts, cards(kept)), "content");
        ScrollPane scroll = Nodes.grown(new ScrollPane(content));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        getChildren().addAll(toolbar(), scroll);
        fillOn(model.facts(), () -> facts.getChildren().setAll(model.facts().stream().map(this::fact).toList()));
        fillOn(model.events(), this::fillEvents);
        Timeline refresh = new Timeline(new KeyFrame(REFRESH, _ -> model.refresh()));
        refresh.setCycleCount(Timeline.INDEFINITE);
        sceneProperty().flatMap(Scene::windowProperty).flatMap(Window::showingProperty).orElse(false)
                .subscribe(inSight -> {
                    if (inSight) {
                        model.refresh();
                        refresh.play();
                    } else {
                        refresh.stop();
                    }
                });
    }

    static void fillOn(ObservableList<?> rows, Runnable fill) {
        rows.addListener((ListChangeListener<Object>) _ -> fill.run());
        fill.run();
    }

    /// Puts the focus on the first device.
    public void focus() {
        peers.focus();
    }

    private Node toolbar() {
        Label fact = Nodes.label(words.get(Text.SYNC_FACT), "muted");
        Button check = Nodes.button(words.get(Text.SYNC_CHECK), RemixiconMZ.SHIELD_CHECK_LINE, "");
        check.setOnAction(_ -> new CheckDialog(model, words, dialogs).open());
        Button pause = Nodes.button("", RemixiconMZ.PAUSE_LINE, "");
        pause.textProperty().bind(model.paused().map(paused ->
                words.get(paused ? Text.SYNC_RESUME : Text.SYNC_PAUSE)));
        pause.graphicProperty().bind(model.paused().map(paused ->
                Nodes.icon(paused ? RemixiconMZ.PLAY_LINE : RemixiconMZ.PAUSE_LINE, "")));
        pause.setOnAction(_ -> model.pauseAll(!model.paused().get()));
        Button now = Nodes.button(words.get(Text.SYNC_NOW), RemixiconMZ.REFRESH_LINE, "primary");
        now.setOnAction(_ -> model.syncNow());
        now.disableProperty().bind(model.syncing().or(model.paused()));
        Label title = Nodes.label(words.get(Text.PLACE_SYNC), "t-heading");
        title.setMinWidth(USE_PREF_SIZE);
        return Nodes.styled(new HBox(title, fact, Nodes.spring(),
                check, pause, now), "toolbar page");
    }

    private Node fact(Fact fact) {
        VBox card = Nodes.styled(new VBox(Nodes.label(fact.name(), "t-small muted"),
                Nodes.label(fact.value(), "t-title")), "card fact");
        if (fact.fraction() >= 0) {
            ProgressBar bar = new ProgressBar(fact.fraction());
            bar.setMaxWidth(Double.MAX_VALUE);
            bar.setMinWidth(0);
            card.getChildren().add(bar);
        }
        card.getChildren().add(Nodes.label(fact.detail(), "t-small muted"));
        card.setMinWidth(0);
        card.setAccessibleText(fact.name() + ", " + fact.value() + ", " + fact.detail());
        HBox.setHgrow(card, Priority.ALWAYS);
        return card;
    }

    /// Two columns, or one below the other where there is no room for two.
    private Node cards(Node kept) {
        GridPane grid = Nodes.styled(new GridPane(), "cards");
        List<Node> cards = List.of(peers, new ThroughputCard(model, words), new ConflictsCard(model, words),
                eventsCard(), kept);
        widthProperty().addListener((_, _, width) ->
                layOut(grid, cards, width.doubleValue() < TWO_COLUMNS_WIDTH_MIN));
        layOut(grid, cards, false);
        return grid;
    }

    private static void layOut(GridPane grid, List<Node> cards, boolean narrow) {
        int columns = narrow ? 1 : 2;
        if (grid.getColumnConstraints().size() == columns) {
            return;
        }
        ColumnConstraints left = new ColumnConstraints();
        left.setPercentWidth(narrow ? 100 : LEFT_PERCENT);
        ColumnConstraints right = new ColumnConstraints();
        right.setPercentWidth(100 - LEFT_PERCENT);
        grid.getColumnConstraints().setAll(narrow ? List.of(left) : List.of(left, right));
        grid.getChildren().clear();
        for (int i = 0; i < cards.size(); i++) {
            grid.add(cards.get(i), i % columns, i / columns);
        }
    }

    private Node eventsCard() {
        Button copy = Nodes.button(words.get(Text.SYNC_EVENTS_COPY), "quiet small");
        copy.setOnAction(_ -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(model.eventsAsText());
            Clipboard.getSystemClipboard().setContent(content);
        });
        HBox head = Nodes.row(8, Nodes.label(words.get(Text.SYNC_EVENTS), "t-heading"), Nodes.spring(), copy);
        ScrollPane scroll = Nodes.styled(new ScrollPane(events), "events-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        return Nodes.styled(new VBox(head, scroll), "card");
    }

    private void fillEvents() {
        if (model.events().isEmpty()) {
            events.getChildren().setAll(List.of(Nodes.paragraph(words.get(Text.SYNC_EVENTS_NONE), "muted")));
            return;
        }
        events.getChildren().setAll(model.events().stream().map(SyncView::event).toList());
    }

    private static Node event(EventLine event) {
        Label time = Nodes.label(event.time(), "t-mono subtle");
        time.setMinWidth(USE_PREF_SIZE);
        Label text = Nodes.paragraph(event.text(), "");
        HBox row = Nodes.styled(new HBox(time, new Dot(event.mark()), Nodes.grown(text)), "event");
        row.setAccessibleText(event.time() + ", " + event.text());
        return row;
    }
}

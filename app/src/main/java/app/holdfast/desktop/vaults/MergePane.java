package app.holdfast.desktop.vaults;

import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What to do with records that come from elsewhere, at the left; what that would do, at the right.
final class MergePane extends HBox {

    private static final double LEFT_WIDTH = 248;
    private static final double TREE_HEIGHT = 320;

    private final Words words;
    private final MergeRows rows;
    private final MergeTree tree;
    private final Map<Way, RadioButton> radios = new EnumMap<>(Way.class);
    private final ToggleGroup group = new ToggleGroup();
    private final ComboBox<Named> policy = new ComboBox<>();
    private final Label chosenCount = Nodes.paragraph("", "t-small muted");
    private final VBox left = Nodes.column(12);
    private final Runnable changed;

    enum Way { KEEP, COPY, ALL, CHOSEN }

    /// A policy as the list names it.
    private record Named(Policy policy, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// @param changed told when another way, policy or client was chosen
    MergePane(Words words, List<VaultContent.Client> clients, Runnable changed) {
        this.words = words;
        this.changed = changed;
        rows = new MergeRows(words, clients);
        tree = new MergeTree(words, this::tell);
        tree.setPrefHeight(TREE_HEIGHT);
        tree.setMinHeight(TREE_HEIGHT);
        policy.getItems().setAll(List.of(new Named(Policy.KEEP_OLD, words.get(Text.IMPORT_KEEP_OLD)),
                new Named(Policy.REPLACE, words.get(Text.IMPORT_REPLACE)),
                new Named(Policy.KEEP_BOTH, words.get(Text.IMPORT_KEEP_BOTH))));
        policy.setValue(policy.getItems().getFirst());
        policy.setMaxWidth(Double.MAX_VALUE);
        policy.setAccessibleText(words.get(Text.IMPORT_POLICY));
        policy.valueProperty().addListener((_, _, _) -> tell());
        group.selectedToggleProperty().addListener((_, _, _) -> tell());
        left.setMinWidth(LEFT_WIDTH);
        left.setPrefWidth(LEFT_WIDTH);
        left.setMaxWidth(LEFT_WIDTH);
        setSpacing(16);
        getChildren().setAll(List.of(left, Nodes.grown(tree)));
        tree.fill(rows.of(Optional.empty()));
    }

    /// Adds what stands at the left, from top to bottom.
    void add(Node node) {
        left.getChildren().add(node);
    }

    void addWay(Way way, String name, String detail) {
        RadioButton radio = new RadioButton(name);
        radio.setWrapText(true);
        radio.setToggleGroup(group);
        radios.put(way, radio);
        Label below = way == Way.CHOSEN ? chosenCount : Nodes.paragraph(detail, "t-small muted");
        VBox both = Nodes.column(2, radio, below);
        below.setPadding(new Insets(0, 0, 0, 24));
        left.getChildren().add(both);
    }

    void addPolicy() {
        left.getChildren().add(Nodes.column(6, Nodes.label(words.get(Text.IMPORT_POLICY), "t-medium"), policy));
    }

    RadioButton radio(Way way) {
        return radios.getOrDefault(way, new RadioButton());
    }

    void choose(Way way) {
        radio(way).setSelected(true);
    }

    Optional<Way> way() {
        return radios.entrySet().stream().filter(entry -> entry.getValue().isSelected()).map(Map.Entry::getKey)
                .findFirst();
    }

    Policy policy() {
        return policy.getValue().policy();
    }

    /// The clients that are chosen by their boxes; empty for all.
    Set<String> clients() {
        return way().filter(Way.CHOSEN::equals).map(_ -> tree.ticked()).orElse(Set.of());
    }

    /// Whether boxes are to be ticked, and none is.
    boolean isNothingChosen() {
        return way().filter(Way.CHOSEN::equals).isPresent() && tree.ticked().isEmpty();
    }

    int clientCount() {
        return tree.clients();
    }

    int chosenCount() {
        return tree.ticked().size();
    }

    void show(Optional<Preview> all) {
        tree.fill(rows.of(all));
    }


    private void tell() {
        boolean merging = way().filter(way -> way == Way.ALL || way == Way.CHOSEN).isPresent();
        policy.setDisable(!merging);
        tree.choosing().set(way().filter(Way.CHOSEN::equals).isPresent());
        chosenCount.setText(words.get(Text.IMPORT_CHOSEN_COUNT, tree.ticked().size(), tree.clients()));
        changed.run();
    }
}

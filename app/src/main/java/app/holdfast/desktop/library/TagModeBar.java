package app.holdfast.desktop.library;

import app.holdfast.core.api.TagRow;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Swatch;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.tags.TagsModel;
import app.holdfast.ui.Text;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// Says which digit stands for which tag, while digits do. Each is a button too.
final class TagModeBar extends HBox {

    /// At both sides and between the parts, as the stylesheet has it.
    private static final double PADDING = 36;

    private final TagsModel tags;
    private final Words words;
    private final FlowPane choices = new FlowPane(4, 4);
    private final Consumer<Integer> chosen;

    /// @param chosen told the digit
    TagModeBar(TagsModel tags, Words words, Consumer<Integer> chosen) {
        this.tags = tags;
        this.words = words;
        this.chosen = chosen;
        Nodes.styled(this, "tag-mode");
        Label ends = Nodes.label(words.get(Text.TAG_MODE_ENDS), "t-small muted");
        ends.setMinWidth(USE_PREF_SIZE);
        HBox hint = Nodes.row(6, Nodes.label(words.get(Text.KEY_ESC), "kbd"), ends);
        hint.setMinWidth(USE_PREF_SIZE);
        choices.prefWrapLengthProperty().bind(widthProperty().subtract(hint.widthProperty()).subtract(PADDING));
        HBox.setHgrow(choices, Priority.ALWAYS);
        getChildren().addAll(hint, choices);
        tags.tags().addListener((ListChangeListener<TagRow>) _ -> fill());
        fill();
    }

    private void fill() {
        choices.getChildren().clear();
        if (tags.tags().isEmpty()) {
            choices.getChildren().add(Nodes.label(words.get(Text.TAG_MODE_NONE), "t-small muted"));
        }
        for (int i = 1; i <= TagsModel.NUMBERED_MAX; i++) {
            int digit = i % 10;
            tags.numbered(digit).ifPresent(tag -> choices.getChildren().add(choice(digit, tag)));
        }
    }

    private Button choice(int digit, TagRow tag) {
        Button button = Nodes.button(tag.name(), "small quiet");
        button.setGraphic(Nodes.row(6, Nodes.label(String.valueOf(digit), "kbd"), new Swatch(tag.color())));
        button.setFocusTraversable(false);
        button.setOnAction(_ -> chosen.accept(digit));
        return button;
    }
}

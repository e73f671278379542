package app.holdfast.desktop.settings;

import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.settings.WindowChoices.Scheme;
import app.holdfast.ui.Text;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The page of settings. Nothing is to be confirmed: a choice holds when it is made.
public final class SettingsView extends VBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final double CARD_WIDTH_MAX = 672;

    private final SettingsModel model;
    private final Words words;
    private final TextField name = new TextField();

    /// A language as the list names it, in its own words.
    private record Language(String tag, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Minutes as the list names them.
    private record Minutes(int count, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    public SettingsView(SettingsModel model, Words words) {
        this.model = model;
        this.words = words;
        TextField limit = new TextField();
        limit.setPrefWidth(160);
        name.setPrefWidth(220);
        Label wrong = Nodes.paragraph(words.get(Text.SETTINGS_LIMIT_WRONG), "t-small fg-danger");
        Nodes.show(wrong, false);
        saved(name, model.deviceName(), model::rename);
        saved(limit, model.limit(), typed -> {
            boolean right = model.limitTo(typed);
            Nodes.show(wrong, !right);
            return right;
        });
        VBox limited = Nodes.column(4, limit, wrong);
        limited.setAlignment(Pos.CENTER_LEFT);
        VBox content = Nodes.styled(new VBox(
                group(Text.SETTINGS_DEVICE, row(Text.SETTINGS_NAME, Text.SETTINGS_NAME_DETAIL, name),
                        row(Text.SETTINGS_LANGUAGE, Text.SETTINGS_LANGUAGE_DETAIL, languages())),
                group(Text.SETTINGS_LOOK, row(Text.SETTINGS_SCHEME, null, schemes())),
                group(Text.SETTINGS_SYNC, row(Text.SETTINGS_LIMIT, Text.SETTINGS_LIMIT_DETAIL, limited)),
                group(Text.PLACE_VAULTS, row(Text.SETTINGS_LOCK, Text.SETTINGS_LOCK_DETAIL, locking())),
                group(Text.SETTINGS_STORAGE, place())), "content");
        limit.setAccessibleText(words.get(Text.SETTINGS_LIMIT));
        name.setAccessibleText(words.get(Text.SETTINGS_NAME));
        ScrollPane scroll = Nodes.grown(new ScrollPane(content));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        Label title = Nodes.label(words.get(Text.PLACE_SETTINGS), "t-heading");
        getChildren().addAll(Nodes.styled(new HBox(title, Nodes.spring(),
                Nodes.label(words.get(Text.SETTINGS_FACT), "muted")), "toolbar page"), scroll);
    }

    public void focus() {
        name.requestFocus();
    }

    /// Taken with Enter or when the focus leaves; what cannot be taken stays and is marked.
    private static void saved(TextField field, ObservableValue<String> value, Predicate<String> take) {
        field.setText(value.getValue());
        value.addListener((_, _, now) -> {
            if (!field.isFocused()) {
                field.setText(now);
            }
        });
        Runnable taking = () -> field.pseudoClassStateChanged(WRONG, !take.test(field.getText()));
        field.setOnAction(_ -> taking.run());
        field.focusedProperty().addListener((_, _, focused) -> {
            if (!focused) {
                taking.run();
            }
        });
    }

    private Node languages() {
        ComboBox<Language> box = new ComboBox<>();
        box.getItems().setAll(List.of(new Language("", words.get(Text.SETTINGS_LANGUAGE_SYSTEM)),
                new Language("en", "English"), new Language("de", "Deutsch")));
        box.getItems().stream().filter(each -> each.tag().equals(model.choices().get().language())).findFirst()
                .ifPresent(box::setValue);
        box.setAccessibleText(words.get(Text.SETTINGS_LANGUAGE));
        box.valueProperty().addListener((_, _, chosen) -> model.speak(chosen.tag()));
        return box;
    }

    private Node schemes() {
        HBox box = Nodes.styled(new HBox(), "segments");
        ToggleGroup group = new ToggleGroup();
        for (Scheme scheme : Scheme.values()) {
            ToggleButton button = new ToggleButton(words.get(switch (scheme) {
                case SYSTEM -> Text.SETTINGS_SCHEME_SYSTEM;
                case LIGHT -> Text.SETTINGS_SCHEME_LIGHT;
                case DARK -> Text.SETTINGS_SCHEME_DARK;
            }));
            button.setMinWidth(USE_PREF_SIZE);
            button.setToggleGroup(group);
            button.setSelected(model.choices().get().scheme() == scheme);
            button.setOnAction(_ -> {
                button.setSelected(true);
                model.dress(scheme);
            });
            box.getChildren().add(button);
        }
        return box;
    }

    private Node locking() {
        ComboBox<Minutes> box = new ComboBox<>();
        box.getItems().setAll(WindowChoices.LOCK_MINUTES.stream().map(minutes -> new Minutes(minutes,
                minutes == 0 ? words.get(Text.SETTINGS_LOCK_NEVER) : words.get(Text.SETTINGS_LOCK_AFTER, minutes)))
                .toList());
        box.getItems().stream().filter(each -> each.count() == model.choices().get().lockMinutes()).findFirst()
                .ifPresent(box::setValue);
        box.setAccessibleText(words.get(Text.SETTINGS_LOCK));
        box.valueProperty().addListener((_, _, chosen) -> model.lockAfter(chosen.count()));
        return box;
    }

    private Node place() {
        TextField path = new TextField(model.data().toString());
        path.setEditable(false);
        path.setPrefWidth(320);
        path.setAccessibleText(words.get(Text.SETTINGS_DATA));
        return row(Text.SETTINGS_DATA, Text.SETTINGS_DATA_DETAIL, path);
    }

    private Node group(Text title, Node... rows) {
        VBox card = Nodes.styled(new VBox(rows), "card flush");
        card.setMaxWidth(CARD_WIDTH_MAX);
        rows[0].getStyleClass().add("first");
        return Nodes.column(8, Nodes.label(words.get(title), "t-small t-medium muted"), card);
    }

    private Node row(Text title, @Nullable Text detail, Node control) {
        VBox lines = Nodes.column(2, Nodes.label(words.get(title), "t-medium"));
        if (detail != null) {
            lines.getChildren().add(Nodes.paragraph(words.get(detail), "t-small muted"));
        }
        lines.setMinWidth(160);
        lines.setAlignment(Pos.CENTER_LEFT);
        return Nodes.styled(new HBox(Nodes.grown(lines), control), "row");
    }
}

package app.holdfast.desktop.vaults;

import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Dot;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.ExchangeModel.Step;
import app.holdfast.desktop.vaults.ImportModel.Outlook;
import app.holdfast.desktop.vaults.MergePane.Way;
import app.holdfast.desktop.vaults.VaultsModel.State;
import app.holdfast.desktop.vaults.VaultsModel.VaultLine;
import app.holdfast.ui.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The steps of synchronizing a vault with a device, from either side, as dialogs.
public final class ExchangeDialog {

    private final ExchangeModel model;
    private final VaultsModel vaults;
    private final ImportModel sentences;
    private final Words words;
    private final Dialogs dialogs;
    private @Nullable DialogFrame shown;
    private @Nullable ChangeListener<Outlook> listening;

    /// A vault as the list names it.
    private record Named(VaultLine line) {
        @Override
        public String toString() {
            return line.name();
        }
    }

    /// @param sentences says what merging would do
    public ExchangeDialog(ExchangeModel model, VaultsModel vaults, ImportModel sentences, Words words,
            Dialogs dialogs) {
        this.model = model;
        this.vaults = vaults;
        this.sentences = sentences;
        this.words = words;
        this.dialogs = dialogs;
        model.step().addListener((_, _, step) -> show(step));
        show(model.step().get());
    }

    private void show(Step step) {
        DialogFrame before = shown;
        if (listening != null) {
            model.outlook().removeListener(listening);
            listening = null;
        }
        DialogFrame now = switch (step) {
            case Step.Idle _ -> null;
            case Step.Devices devices -> devices(devices);
            case Step.Asking asking -> waiting(asking.name(), words.get(Text.EXCHANGE_ASKING, asking.device().name()),
                    words.get(Text.EXCHANGE_ASKING_DETAIL, asking.name()), false);
            case Step.Choosing choosing -> choosing(choosing);
            case Step.Taking taking -> waiting(taking.name(), words.get(Text.EXCHANGE_TAKING, taking.device().name()),
                    words.get(Text.EXCHANGE_TAKING_DETAIL), true);
            case Step.Asked asked -> asked(asked);
        };
        shown = now;
        if (now != null) {
            dialogs.open(now, model::cancel);
        }
        if (before != null) {
            dialogs.close(before);
        }
    }

    private DialogFrame devices(Step.Devices step) {
        ToggleGroup group = new ToggleGroup();
        VBox list = Nodes.column(8);
        for (DeviceRow device : step.devices()) {
            RadioButton radio = new RadioButton(device.name());
            radio.setToggleGroup(group);
            radio.setUserData(device);
            radio.setDisable(!device.online());
            Label state = Nodes.label(words.get(device.online() ? Text.DEVICE_ONLINE : Text.DEVICE_AWAY),
                    "t-small muted");
            radio.setAccessibleText(device.name() + ", " + state.getText());
            list.getChildren().add(Nodes.row(8, radio, Nodes.spring(), new Dot(device.online() ? Dot.State.ONLINE
                    : Dot.State.AWAY), state));
        }
        group.getToggles().stream().filter(toggle -> !((RadioButton) toggle).isDisabled()).findFirst()
                .ifPresent(group::selectToggle);
        Label problem = Nodes.paragraph(step.problem(), "t-small fg-danger");
        Nodes.show(problem, !step.problem().isEmpty());
        boolean none = step.devices().stream().noneMatch(DeviceRow::online);
        VBox body = Nodes.column(12, Nodes.paragraph(words.get(none ? Text.EXCHANGE_NOBODY : Text.EXCHANGE_WITH), ""),
                list, problem, Nodes.paragraph(words.get(Text.EXCHANGE_DETAIL, step.name()), "t-small muted"));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.EXCHANGE_TITLE, step.name()), body);
        Button ask = Nodes.button(words.get(Text.EXCHANGE_ASK), "primary");
        ask.setDefaultButton(true);
        ask.disableProperty().bind(group.selectedToggleProperty().isNull());
        ask.setOnAction(_ -> model.ask((DeviceRow) group.getSelectedToggle().getUserData()));
        Node first = group.getSelectedToggle() instanceof RadioButton radio ? radio : ask;
        return frame.foot(Nodes.spring(), dialogs.cancelButton(frame), ask).focus(first);
    }

    private DialogFrame waiting(String name, String what, String detail, boolean measured) {
        ProgressBar busy = new ProgressBar();
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.setAccessibleText(what);
        if (measured) {
            busy.progressProperty().bind(model.progress());
        }
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.EXCHANGE_TITLE, name),
                Nodes.column(12, Nodes.paragraph(what, ""), busy, Nodes.paragraph(detail, "t-small muted")));
        Button cancel = dialogs.cancelButton(frame);
        return frame.foot(Nodes.spring(), cancel).focus(cancel);
    }

    private DialogFrame choosing(Step.Choosing step) {
        Label summary = Nodes.paragraph("", "t-small muted");
        Button take = Nodes.button(words.get(Text.EXCHANGE_TAKE), "primary");
        MergePane[] made = new MergePane[1];
        MergePane pane = new MergePane(words, step.taking().offered(), () -> {
            take.setDisable(true);
            if (made[0] != null && !made[0].isNothingChosen()) {
                model.look(made[0].policy(), made[0].clients());
            }
        });
        made[0] = pane;
        pane.add(Nodes.label(words.get(Text.IMPORT_WHAT), "t-medium"));
        pane.addWay(Way.ALL, words.get(Text.EXCHANGE_ALL), words.get(Text.IMPORT_CLIENTS, pane.clientCount()));
        pane.addWay(Way.CHOSEN, words.get(Text.EXCHANGE_CHOSEN), "");
        pane.addPolicy();
        listening = (_, _, seen) -> {
            pane.show(seen.all());
            summary.setText(seen.problem().isEmpty() ? seen.chosen().map(preview ->
                    sentences.sentence(preview, false)).orElse("") : seen.problem());
            // what lacks nothing is said to be done, so that nobody waits there
            boolean takes = seen.chosen().filter(preview -> !preview.isToBeSaved()).isEmpty();
            take.setText(words.get(takes ? Text.EXCHANGE_TAKE : Text.EXCHANGE_DONE));
            take.setDisable(seen.chosen().isEmpty());
        };
        model.outlook().addListener(listening);
        take.setOnAction(_ -> model.take());
        pane.choose(Way.ALL);
        DialogFrame frame = new DialogFrame(DialogFrame.WIDEST,
                words.get(Text.EXCHANGE_FROM, step.name(), step.device().name()), pane);
        return frame.foot(Nodes.grown(summary), dialogs.cancelButton(frame), take).focus(pane.radio(Way.ALL));
    }

    private DialogFrame asked(Step.Asked step) {
        ComboBox<Named> from = new ComboBox<>();
        from.getItems().setAll(vaults.lines().stream().filter(line -> line.state() == State.OPEN).map(Named::new)
                .toList());
        from.setMaxWidth(Double.MAX_VALUE);
        from.setAccessibleText(words.get(Text.EXCHANGE_GIVE_FROM));
        VBox clients = Nodes.column(4);
        Set<String> left = new HashSet<>();
        Button give = Nodes.button(words.get(Text.EXCHANGE_GIVE), "primary");
        from.valueProperty().addListener((_, _, chosen) -> {
            left.clear();
            clients.getChildren().setAll(boxes(content(chosen), left, give));
            give.setDisable(chosen == null);
        });
        from.getItems().stream().filter(each -> each.line().row().name().equals(step.question().vault())).findFirst()
                .or(() -> from.getItems().stream().findFirst()).ifPresent(from::setValue);
        give.setDisable(from.getValue() == null);
        Label problem = Nodes.paragraph(step.problem(), "t-small fg-danger");
        Nodes.show(problem, !step.problem().isEmpty());
        boolean none = from.getItems().isEmpty();
        VBox body = Nodes.column(12, Nodes.paragraph(words.get(Text.EXCHANGE_ASKED, step.question().name(),
                VaultsModel.name(step.question().vault())), ""));
        if (none) {
            body.getChildren().add(Nodes.paragraph(words.get(Text.EXCHANGE_NONE_OPEN), "muted"));
        } else {
            body.getChildren().addAll(Dialogs.field(words.get(Text.EXCHANGE_GIVE_FROM), from, null), clients);
        }
        body.getChildren().addAll(problem, Nodes.paragraph(words.get(Text.EXCHANGE_ASKED_DETAIL), "t-small muted"));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.EXCHANGE_ASKED_TITLE), body);
        give.setOnAction(_ -> {
            Named chosen = from.getValue();
            if (chosen != null) {
                model.accept(chosen.line().row().here().orElseThrow(), kept(content(chosen), left));
            }
        });
        Button refuse = Nodes.button(words.get(Text.EXCHANGE_REFUSE), "");
        refuse.setOnAction(_ -> model.cancel());
        // Not on the button that agrees: a key pressed by habit must not give anything.
        return frame.foot(Nodes.spring(), refuse, give).focus(refuse);
    }

    private List<VaultContent.Client> content(@Nullable Named chosen) {
        return Optional.ofNullable(chosen).flatMap(each -> each.line().row().here()).flatMap(vaults.open()::at)
                .map(opened -> opened.content().clients()).orElse(List.of());
    }

    private static List<CheckBox> boxes(List<VaultContent.Client> clients, Set<String> left, Button give) {
        return clients.stream().filter(client -> !ContentRows.isNames(client)).map(client -> {
            CheckBox box = new CheckBox(ContentRows.name(client.name(), client.id()));
            box.setSelected(true);
            box.setOnAction(_ -> {
                if (box.isSelected()) {
                    left.remove(client.id());
                } else {
                    left.add(client.id());
                }
                give.setDisable(left.size() == clients.size());
            });
            return box;
        }).toList();
    }

    /// @return empty for all
    private static Set<String> kept(List<VaultContent.Client> clients, Set<String> left) {
        Set<String> kept = new HashSet<>();
        clients.stream().map(VaultContent.Client::id).filter(id -> !left.contains(id)).forEach(kept::add);
        return left.isEmpty() ? Set.of() : kept;
    }
}

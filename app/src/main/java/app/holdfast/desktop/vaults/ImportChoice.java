package app.holdfast.desktop.vaults;

import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.ImportModel.Choice;
import app.holdfast.desktop.vaults.ImportModel.Outlook;
import app.holdfast.desktop.vaults.ImportModel.Step;
import app.holdfast.desktop.vaults.MergePane.Way;
import app.holdfast.desktop.vaults.VaultsModel.State;
import app.holdfast.desktop.vaults.VaultsModel.VaultLine;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The step of an import in which a person sees what would be done, and decides.
final class ImportChoice {

    private final ImportModel model;
    private final VaultsModel vaults;
    private final Words words;
    private final Dialogs dialogs;
    private final VaultFiles files;
    private final ComboBox<Target> target = new ComboBox<>();
    private final PasswordEntry password;
    private final Button unlock;
    private final VBox unlocking;
    private final Label problem = Nodes.paragraph("", "t-small fg-danger");
    private final Label summary = Nodes.paragraph("", "t-small muted");
    private final Button confirm = Nodes.button("", "primary");
    private final ListChangeListener<VaultLine> vaultsChanged = _ -> fillTargets();
    private final ChangeListener<Outlook> outlookChanged = (_, _, seen) -> show(seen);
    private final ChangeListener<VaultsModel.Page> pageChanged = (_, _, page) -> tellProblem(page);
    private @Nullable MergePane pane;

    /// A vault as the list names it.
    private record Target(VaultLine line, String name) {
        @Override
        public String toString() {
            return name;
        }

        Path file() {
            return line.row().here().orElseThrow();
        }
    }

    ImportChoice(ImportModel model, VaultsModel vaults, Words words, Dialogs dialogs, VaultFiles files) {
        this.model = model;
        this.vaults = vaults;
        this.words = words;
        this.dialogs = dialogs;
        this.files = files;
        password = new PasswordEntry(words.get(Text.VAULT_PASSWORD));
        password.setPromptText(words.get(Text.VAULT_PASSWORD));
        password.setMaxHeight(Double.NEGATIVE_INFINITY);
        unlock = Nodes.button(words.get(Text.VAULT_UNLOCK), "");
        unlocking = Nodes.column(6, new HBox(8, Nodes.grown(password), unlock), problem);
    }

    DialogFrame frame(Step.Choosing choosing) {
        MergePane made = new MergePane(words, choosing.opened().content().clients(), this::look);
        pane = made;
        made.add(Nodes.label(words.get(Text.IMPORT_WHAT), "t-medium"));
        made.addWay(Way.KEEP, words.get(Text.IMPORT_KEEP), words.get(Text.IMPORT_KEEP_DETAIL));
        made.addWay(Way.COPY, words.get(Text.IMPORT_COPY), words.get(Text.IMPORT_COPY_DETAIL));
        made.addWay(Way.ALL, words.get(Text.IMPORT_ALL), words.get(Text.IMPORT_CLIENTS, made.clientCount()));
        made.addWay(Way.CHOSEN, words.get(Text.IMPORT_CHOSEN), "");
        target.setMaxWidth(Double.MAX_VALUE);
        target.setAccessibleText(words.get(Text.IMPORT_INTO));
        made.add(Nodes.column(6, Nodes.label(words.get(Text.IMPORT_INTO), "t-medium"), target, unlocking));
        made.addPolicy();
        target.valueProperty().addListener((_, _, _) -> look());
        unlock.setOnAction(_ -> unlock());
        unlock.disableProperty().bind(password.lengthProperty().isEqualTo(0));
        password.setOnAction(_ -> unlock());
        fillTargets();
        vaults.lines().addListener(vaultsChanged);
        vaults.page().addListener(pageChanged);
        model.outlook().addListener(outlookChanged);
        boolean can = !target.getItems().isEmpty();
        made.choose(can ? Way.ALL : Way.KEEP);
        made.radio(Way.ALL).setDisable(!can);
        made.radio(Way.CHOSEN).setDisable(!can);
        DialogFrame frame = new DialogFrame(DialogFrame.WIDEST,
                words.get(Text.IMPORT_TITLE, ImportModel.fileName(choosing.facts().file())), made);
        confirm.setOnAction(_ -> confirm());
        frame.foot(Nodes.grown(summary), dialogs.cancelButton(frame), confirm).focus(made.radio(can ? Way.ALL
                : Way.KEEP));
        return frame;
    }

    /// When the step is over.
    void close() {
        vaults.lines().removeListener(vaultsChanged);
        vaults.page().removeListener(pageChanged);
        model.outlook().removeListener(outlookChanged);
        password.clear();
    }

    /// While it is written nothing can be chosen.
    void wait(boolean waiting) {
        if (pane != null) {
            pane.setDisable(waiting);
        }
        if (waiting) {
            confirm.setDisable(true);
        } else {
            look();
        }
    }

    private void fillTargets() {
        Optional<Path> before = Optional.ofNullable(target.getValue()).map(Target::file);
        target.getItems().setAll(model.targets().stream().map(line -> new Target(line, line.name()
                + (line.state() == State.OPEN ? "" : " – " + line.detail()))).toList());
        target.getItems().stream().filter(each -> before.filter(each.file()::equals).isPresent()).findFirst()
                .or(() -> target.getItems().stream().findFirst()).ifPresent(target::setValue);
    }

    private boolean isMerging() {
        return pane != null && pane.way().filter(way -> way == Way.ALL || way == Way.CHOSEN).isPresent();
    }

    private boolean isTargetOpen() {
        return target.getValue() != null && target.getValue().line().state() == State.OPEN;
    }

    private void look() {
        MergePane chosen = pane;
        if (chosen == null) {
            return;
        }
        boolean merging = isMerging();
        target.setDisable(!merging);
        // a merge is never agreed to by habit
        confirm.setDefaultButton(!merging);
        Nodes.show(unlocking, merging && target.getValue() != null && !isTargetOpen());
        confirm.setDisable(merging && (!isTargetOpen() || chosen.isNothingChosen()));
        confirm.setText(words.get(switch (chosen.way().orElse(Way.KEEP)) {
            case KEEP -> Text.IMPORT_KEEP_VERB;
            case COPY -> Text.IMPORT_COPY_VERB;
            case ALL, CHOSEN -> Text.IMPORT_MERGE_VERB;
        }, chosen.way().filter(Way.CHOSEN::equals).isPresent() ? chosen.chosenCount() : chosen.clientCount()));
        if (merging && isTargetOpen() && !chosen.isNothingChosen()) {
            confirm.setDisable(true);
            model.look(new Choice(Optional.of(target.getValue().file()), chosen.policy(), chosen.clients()));
        } else {
            model.look(new Choice(Optional.empty(), chosen.policy(), chosen.clients()));
            show(Outlook.NONE);
        }
    }

    private void show(Outlook seen) {
        if (pane == null) {
            return;
        }
        pane.show(seen.all());
        if (!seen.problem().isEmpty()) {
            summary.setText(seen.problem());
        } else if (isMerging()) {
            summary.setText(seen.chosen().map(preview -> model.sentence(preview, false)).orElse(isTargetOpen()
                    ? words.get(Text.IMPORT_NO_CLIENT) : words.get(Text.IMPORT_UNLOCK_FIRST)));
            confirm.setDisable(seen.chosen().filter(Preview::isToBeSaved).isEmpty());
        } else {
            summary.setText(words.get(Text.IMPORT_NOTHING_YET));
        }
    }

    private void unlock() {
        if (target.getValue() != null && !password.isBlank()) {
            vaults.choose(target.getValue().line().row().id());
            vaults.unlock(target.getValue().line(), password.take(), false);
        }
    }

    private void tellProblem(VaultsModel.Page page) {
        String said = page instanceof VaultsModel.Page.Locked locked ? locked.problem() : "";
        boolean busy = page instanceof VaultsModel.Page.Locked locked && locked.busy();
        problem.setText(busy ? words.get(Text.VAULT_UNLOCKING) : said);
        Nodes.mark(problem, "fg-danger", !busy);
        Nodes.show(problem, busy || !said.isEmpty());
        password.setDisable(busy);
    }

    private void confirm() {
        switch (pane == null ? Way.KEEP : pane.way().orElse(Way.KEEP)) {
            case KEEP -> model.keep();
            case COPY -> files.save().apply(ImportModel.fileName(model.file().orElse(Path.of("vault.stronghold"))))
                    .ifPresent(model::copy);
            case ALL, CHOSEN -> {
                if (target.getValue() != null) {
                    model.merge(target.getValue().file());
                }
            }
        }
    }
}

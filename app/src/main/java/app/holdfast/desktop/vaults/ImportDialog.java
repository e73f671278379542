package app.holdfast.desktop.vaults;

import app.holdfast.core.api.Vaults;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.ImportModel.Step;
import app.holdfast.ui.Text;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The steps of an import as dialogs, one after the other. Escape leaves this file and goes on with the next.
public final class ImportDialog {

    private final ImportModel model;
    private final VaultsModel vaults;
    private final Words words;
    private final Dialogs dialogs;
    private final VaultFiles files;
    private @Nullable DialogFrame shown;
    private @Nullable ImportChoice choice;

    public ImportDialog(ImportModel model, VaultsModel vaults, Words words, Dialogs dialogs, VaultFiles files) {
        this.model = model;
        this.vaults = vaults;
        this.words = words;
        this.dialogs = dialogs;
        this.files = files;
        model.step().addListener((_, _, step) -> show(step));
        show(model.step().get());
    }

    private void show(Step step) {
        if (choice != null && step instanceof Step.Writing) {
            choice.wait(true);
            return;
        }
        if (choice != null && step instanceof Step.Choosing) {
            choice.wait(false);
            return;
        }
        DialogFrame before = shown;
        if (choice != null) {
            choice.close();
            choice = null;
        }
        DialogFrame now = switch (step) {
            case Step.Idle _ -> null;
            case Step.Looking looking -> waiting(ImportModel.fileName(looking.file()));
            case Step.Refused refused -> refused(ImportModel.fileName(refused.file()), refused.problem());
            case Step.Asking asking -> asking(asking);
            case Step.Opening opening -> opening(opening.facts());
            case Step.Choosing choosing -> {
                choice = new ImportChoice(model, vaults, words, dialogs, files);
                yield choice.frame(choosing);
            }
            case Step.Writing writing -> waiting(ImportModel.fileName(writing.facts().file()));
        };
        shown = now;
        if (now != null) {
            dialogs.open(now, model::cancel);
        }
        if (before != null) {
            dialogs.close(before);
        }
    }

    private String title(String file) {
        return words.get(Text.IMPORT_TITLE, file);
    }

    private Label facts(Vaults.Facts facts) {
        return Nodes.paragraph(words.get(Text.IMPORT_FACTS, facts.version(), words.size(facts.size())), "muted");
    }

    private DialogFrame waiting(String file) {
        ProgressBar busy = new ProgressBar();
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.setAccessibleText(words.get(Text.IMPORT_LOOKING));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, title(file),
                Nodes.column(12, Nodes.label(words.get(Text.IMPORT_LOOKING), "muted"), busy));
        Button cancel = dialogs.cancelButton(frame);
        return frame.foot(Nodes.spring(), cancel).focus(cancel);
    }

    private DialogFrame refused(String file, String problem) {
        VBox body = Nodes.column(12, Nodes.paragraph(problem, ""),
                Nodes.paragraph(words.get(Text.IMPORT_NOTHING_CHANGED), "t-small muted"));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, title(file), body);
        Button close = Nodes.button(words.get(model.waiting() > 0 ? Text.IMPORT_NEXT : Text.DIALOG_CLOSE), "primary");
        close.setDefaultButton(true);
        close.setOnAction(_ -> model.cancel());
        return frame.foot(Nodes.spring(), close).focus(close);
    }

    private DialogFrame asking(Step.Asking asking) {
        PasswordEntry password = new PasswordEntry(words.get(Text.VAULT_PASSWORD));
        Label problem = Nodes.paragraph(asking.problem(), "t-small fg-danger");
        Nodes.show(problem, !asking.problem().isEmpty());
        CheckBox allowed = new CheckBox(words.get(Text.VAULT_ALLOW));
        allowed.setWrapText(true);
        Nodes.show(allowed, asking.costly());
        VBox body = Nodes.column(12, facts(asking.facts()), Dialogs.field(words.get(Text.VAULT_PASSWORD), password,
                Nodes.paragraph(words.get(Text.IMPORT_SEE_FIRST), "t-small muted")), problem, allowed);
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW,
                title(ImportModel.fileName(asking.facts().file())), body);
        Button open = Nodes.button(words.get(Text.IMPORT_OPEN), "primary");
        open.setDefaultButton(true);
        open.disableProperty().bind(password.lengthProperty().isEqualTo(0));
        open.setOnAction(_ -> model.unlock(password.take(), allowed.isSelected()));
        Label more = Nodes.label(model.waiting() == 0 ? "" : words.get(Text.IMPORT_MORE, model.waiting()),
                "t-small muted");
        return frame.foot(more, Nodes.spring(), dialogs.cancelButton(frame), open).focus(password);
    }

    private DialogFrame opening(Vaults.Facts facts) {
        ProgressBar busy = new ProgressBar();
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.setAccessibleText(words.get(Text.VAULT_UNLOCKING));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, title(ImportModel.fileName(facts.file())),
                Nodes.column(12, facts(facts), Nodes.label(words.get(Text.VAULT_UNLOCKING), ""), busy));
        Button cancel = dialogs.cancelButton(frame);
        return frame.foot(Nodes.spring(), cancel).focus(cancel);
    }
}

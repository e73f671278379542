package app.holdfast.desktop.vaults;

import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.VaultsModel.Page;
import app.holdfast.ui.Text;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// A vault that is locked, and the field for its password.
final class LockedPane extends VBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final double WIDTH_MAX = 400;

    private final VaultsModel model;
    private final Words words;
    private final Label title = Nodes.label("", "t-heading");
    private final Label about = Nodes.paragraph("", "muted");
    private final PasswordEntry password;
    private final CheckBox allowed;
    private final Button unlock;
    private final Button cancel;
    private final Label problem = Nodes.paragraph("", "t-small fg-danger");
    private final ProgressBar busy = new ProgressBar();
    private final Label hint;
    private Page.@Nullable Locked shown;

    LockedPane(VaultsModel model, Words words) {
        this.model = model;
        this.words = words;
        password = new PasswordEntry(words.get(Text.VAULT_PASSWORD));
        password.setPromptText(words.get(Text.VAULT_PASSWORD));
        allowed = new CheckBox(words.get(Text.VAULT_ALLOW));
        allowed.setWrapText(true);
        unlock = Nodes.button(words.get(Text.VAULT_UNLOCK), "primary");
        cancel = Nodes.button(words.get(Text.DIALOG_CANCEL), "");
        hint = Nodes.paragraph(words.get(Text.VAULT_NO_WAY_BACK), "t-small muted");
        StackPane tile = Nodes.styled(new StackPane(Nodes.icon(RemixiconAL.LOCK_LINE, "s24 accent")),
                "tile big accent");
        HBox entry = new HBox(8, Nodes.grown(password), unlock, cancel);
        entry.setMaxWidth(WIDTH_MAX);
        entry.setMaxHeight(USE_PREF_SIZE);
        for (Label label : new Label[] {about, problem, hint}) {
            label.setMaxWidth(WIDTH_MAX);
            label.setAlignment(Pos.CENTER);
            label.setTextAlignment(TextAlignment.CENTER);
        }
        title.setWrapText(true);
        title.setTextAlignment(TextAlignment.CENTER);
        busy.setMaxWidth(WIDTH_MAX);
        busy.setAccessibleText(words.get(Text.VAULT_UNLOCKING));
        getStyleClass().add("empty");
        getChildren().addAll(tile, title, about, entry, busy, problem, allowed, hint);
        unlock.disableProperty().bind(password.lengthProperty().isEqualTo(0));
        unlock.setOnAction(_ -> unlock());
        password.setOnAction(_ -> unlock());
        cancel.setOnAction(_ -> {
            if (shown != null) {
                model.cancelUnlocking(shown.line());
                password.requestFocus();
            }
        });
    }

    void focus() {
        password.requestFocus();
    }

    void show(Page.Locked page) {
        boolean another = shown == null || !shown.line().row().id().equals(page.line().row().id());
        shown = page;
        if (another) {
            password.clear();
            allowed.setSelected(false);
        }
        title.setText(words.get(Text.VAULT_IS_LOCKED, page.line().name()));
        about.setText(page.about());
        problem.setText(page.problem());
        password.setDisable(page.busy());
        password.pseudoClassStateChanged(WRONG, !page.problem().isEmpty());
        Nodes.show(problem, !page.problem().isEmpty());
        Nodes.show(allowed, page.costly());
        Nodes.show(busy, page.busy());
        Nodes.show(unlock, !page.busy());
        Nodes.show(cancel, page.busy());
        if (page.busy()) {
            cancel.requestFocus();
        } else if (!page.problem().isEmpty() && !another) {
            password.requestFocus();
        }
    }

    private void unlock() {
        if (shown != null && !password.isBlank()) {
            model.unlock(shown.line(), password.take(), allowed.isSelected());
        }
    }
}

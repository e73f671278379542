package app.holdfast.desktop.sync;

import app.holdfast.core.api.Checkup;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.List;
import java.util.Locale;
import javafx.beans.value.ChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Checks the library, shows what was found, and repairs it if asked to.
final class CheckDialog {

    private final SyncModel model;
    private final Words words;
    private final Dialogs dialogs;
    private final VBox body = Nodes.column(8);
    private final DialogFrame frame;
    private final Button repair;

    CheckDialog(SyncModel model, Words words, Dialogs dialogs) {
        this.model = model;
        this.words = words;
        this.dialogs = dialogs;
        frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.SYNC_CHECK_TITLE), body);
        repair = Nodes.button(words.get(Text.SYNC_REPAIR), "primary");
        repair.setDisable(true);
        repair.setOnAction(_ -> {
            dialogs.close(frame);
            model.repair();
        });
    }

    void open() {
        ChangeListener<@Nullable Checkup> listener = (_, _, found) -> show(found);
        model.checkup().addListener(listener);
        Button cancel = dialogs.cancelButton(frame);
        frame.foot(Nodes.spring(), cancel, repair).focus(cancel);
        show(null);
        dialogs.open(frame, () -> model.checkup().removeListener(listener));
        model.check();
    }

    private void show(@Nullable Checkup found) {
        if (found == null) {
            ProgressIndicator turning = new ProgressIndicator();
            turning.setMaxSize(16, 16);
            body.getChildren().setAll(List.of(Nodes.row(8, turning,
                    Nodes.label(words.get(Text.SYNC_CHECKING), "muted"))));
            return;
        }
        body.getChildren().setAll(List.of(Nodes.paragraph(found.findings().isEmpty()
                ? words.get(Text.SYNC_CHECKED, found.checks())
                : words.get(Text.SYNC_CHECK_FOUND, found.findings().size()), "")));
        found.peers().forEach(peer -> body.getChildren().add(Nodes.paragraph(standing(peer), "muted")));
        if (found.findings().isEmpty()) {
            return;
        }
        found.findings().forEach(finding -> body.getChildren().add(Nodes.paragraph(finding.count() + " × "
                + finding.code().name().toLowerCase(Locale.ROOT) + "  " + finding.example(), "t-mono muted")));
        repair.setDisable(false);
        repair.requestFocus();
    }

    private String standing(Checkup.Peer peer) {
        return words.get(switch (peer.standing()) {
            case EQUAL -> Text.SYNC_CHECK_EQUAL;
            case BEHIND -> Text.SYNC_CHECK_BEHIND;
            case DIFFERS -> Text.SYNC_CHECK_DIFFERS;
            case SILENT -> Text.SYNC_CHECK_SILENT;
        }, peer.name());
    }
}

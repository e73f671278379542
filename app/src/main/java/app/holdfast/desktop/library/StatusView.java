package app.holdfast.desktop.library;

import app.holdfast.desktop.fx.Dot;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.library.StatusModel.Task;
import app.holdfast.ui.Text;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// The line at the foot of the window.
final class StatusView extends HBox {

    private final LibraryModel library;
    private final Words words;
    private final Label title = Nodes.label("", "");
    private final Label detail = Nodes.label("", "subtle");
    private final ProgressBar progress = new ProgressBar();
    private final Label more = Nodes.label("", "subtle");
    private final Button cancel;
    private final HBox task;

    StatusView(LibraryModel library, Words words) {
        this.library = library;
        this.words = words;
        Nodes.styled(this, "statusline");
        cancel = Nodes.iconButton(words.get(Text.STATUS_CANCEL), RemixiconAL.CLOSE_LINE, "tiny");
        cancel.setOnAction(_ -> cancelFirst());
        task = Nodes.styled(Nodes.row(8, title, progress, detail, cancel, more), "running");
        Label counts = Nodes.label("", "");
        counts.textProperty().bind(library.status().counts());
        Label online = Nodes.label("", "");
        online.textProperty().bind(library.status().online());
        Label sync = Nodes.label("", "gap");
        sync.textProperty().bind(library.status().sync());
        Dot mark = new Dot(library.status().mark().get());
        library.status().mark().addListener((_, _, state) -> mark.set(state));
        library.status().sync().addListener((_, _, text) -> Nodes.show(sync, !text.isEmpty()));
        Nodes.show(sync, !library.status().sync().get().isEmpty());
        getChildren().addAll(counts, task, Nodes.spring(), mark, online, sync);
        library.status().tasks().addListener((ListChangeListener<Task>) _ -> showTasks());
        showTasks();
    }

    private void showTasks() {
        int running = library.status().tasks().size();
        Nodes.show(task, running > 0);
        if (running == 0) {
            // An indeterminate bar animates even when hidden.
            progress.setProgress(0);
            return;
        }
        Task first = library.status().tasks().getFirst();
        title.setText(first.title());
        detail.setText(first.detail());
        progress.setProgress(first.fraction() < 0 ? ProgressIndicator.INDETERMINATE_PROGRESS : first.fraction());
        progress.setAccessibleText(first.title() + ", " + first.detail());
        cancel.setAccessibleText(words.get(Text.STATUS_CANCEL) + ": " + first.title());
        more.setText(running > 1 ? words.get(Text.STATUS_MORE, running - 1) : "");
    }

    private void cancelFirst() {
        if (!library.status().tasks().isEmpty()) {
            Task first = library.status().tasks().getFirst();
            library.parts().locations().cancelScan(first.location(), first.locationName());
        }
    }
}

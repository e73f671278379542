package app.holdfast.desktop.vaults;

import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.io.File;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// What lies over the whole window while files from another program are dragged over it: where they may be dropped,
/// which they are, and that nothing changes yet.
public final class DropOverlay extends StackPane {

    private final Words words;
    private final ImportModel model;
    private final Label title = Nodes.label("", "t-title");
    private final Label name = Nodes.label("", "muted");
    private List<File> offered = List.of();

    public DropOverlay(ImportModel model, Words words) {
        this.model = model;
        this.words = words;
        StackPane tile = Nodes.styled(new StackPane(Nodes.icon(RemixiconAL.DOWNLOAD_LINE, "s24 accent")),
                "tile big accent");
        VBox card = Nodes.styled(new VBox(tile, title, name,
                Nodes.label(words.get(Text.DROP_NOTHING_YET), "t-small muted")), "drop-card");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        Nodes.styled(this, "drop-overlay");
        getChildren().add(card);
        setMouseTransparent(true);
        setVisible(false);
    }

    /// Whether these are files that are imported when they are dropped; folders are not.
    public static boolean takes(DragEvent event) {
        return event.getDragboard().hasFiles() && event.getGestureSource() == null
                && event.getDragboard().getFiles().stream().noneMatch(File::isDirectory);
    }

    /// On the way over the window.
    public void over(DragEvent event) {
        event.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
        event.consume();
        List<File> files = event.getDragboard().getFiles();
        if (!files.equals(offered) || !isVisible()) {
            show(files);
        }
    }

    /// @param files one at least
    public void show(List<File> files) {
        offered = List.copyOf(files);
        title.setText(words.get(Text.DROP_TITLE, files.size()));
        name.setText(files.size() == 1 ? files.getFirst().getName() + ", " + words.size(files.getFirst().length())
                : words.get(Text.DROP_FILES, files.size()));
        setVisible(true);
    }

    public void left() {
        setVisible(false);
        offered = List.of();
    }

    public void dropped(DragEvent event) {
        List<File> files = event.getDragboard().getFiles();
        event.setDropCompleted(!files.isEmpty());
        event.consume();
        left();
        model.take(files.stream().map(File::toPath).toList());
    }
}

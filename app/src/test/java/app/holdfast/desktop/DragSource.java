package app.holdfast.desktop;

import java.io.File;
import java.util.List;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

/// Another program: a small window at the top left of the display, from which a file can be dragged.
public final class DragSource extends Application {

    static final String TITLE = "Files of another program";

    /// @param words the file
    public static void main(String[] words) {
        launch(DragSource.class, words);
    }

    @Override
    public void start(Stage stage) {
        File file = new File(getParameters().getRaw().getFirst());
        Label label = new Label(file.getName());
        label.setMinSize(280, 80);
        label.setOnDragDetected(event -> {
            Dragboard board = label.startDragAndDrop(TransferMode.COPY);
            ClipboardContent content = new ClipboardContent();
            content.putFiles(List.of(file));
            board.setContent(content);
            event.consume();
        });
        stage.initStyle(StageStyle.UNDECORATED);
        stage.setTitle(TITLE);
        stage.setScene(new Scene(label));
        stage.setX(0);
        stage.setY(0);
        stage.setAlwaysOnTop(true);
        stage.show();
    }
}

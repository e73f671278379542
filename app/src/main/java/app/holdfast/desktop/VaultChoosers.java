package app.holdfast.desktop;

import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.VaultFiles;
import app.holdfast.ui.Text;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.Stage;

/// The system's dialogs for snapshots and for secrets in files. On the JavaFX thread.
final class VaultChoosers {

    private VaultChoosers() {
    }

    static VaultFiles on(Stage stage, Words words) {
        return new VaultFiles(() -> Optional.ofNullable(chooser(words).showOpenDialog(stage)).map(File::toPath),
                () -> snapshots(stage, words), name -> save(stage, words, name));
    }

    private static List<Path> snapshots(Stage stage, Words words) {
        FileChooser chooser = chooser(words);
        chooser.setTitle(words.get(Text.IMPORT_BUTTON));
        chooser.getExtensionFilters().setAll(
                new FileChooser.ExtensionFilter(words.get(Text.IMPORT_KIND), "*.stronghold"),
                new FileChooser.ExtensionFilter(words.get(Text.IMPORT_ALL_FILES), "*"));
        List<File> chosen = chooser.showOpenMultipleDialog(stage);
        return chosen == null ? List.of() : chosen.stream().map(File::toPath).toList();
    }

    private static Optional<Path> save(Stage stage, Words words, String name) {
        FileChooser chooser = chooser(words);
        // a name given by a person may hold what no file's name can
        chooser.setInitialFileName(name.replaceAll("[/\\\\:\\p{Cntrl}]", "_"));
        return Optional.ofNullable(chooser.showSaveDialog(stage)).map(File::toPath);
    }

    private static FileChooser chooser(Words words) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(words.get(Text.VAULT_CHOOSE_TITLE));
        return chooser;
    }
}

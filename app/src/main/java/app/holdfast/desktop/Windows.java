package app.holdfast.desktop;

import app.holdfast.core.api.Devices;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.Vaults;
import app.holdfast.desktop.collections.CollectionsModel;
import app.holdfast.desktop.devices.DevicesModel;
import app.holdfast.desktop.devices.PairModel;
import app.holdfast.desktop.drives.DrivesModel;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Look;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.library.LibraryModel;
import app.holdfast.desktop.library.LibraryView;
import app.holdfast.desktop.library.Opener;
import app.holdfast.desktop.locations.LocationsModel;
import app.holdfast.desktop.notes.NotesModel;
import app.holdfast.desktop.search.SearchModel;
import app.holdfast.desktop.settings.SettingsModel;
import app.holdfast.desktop.settings.WindowChoices;
import app.holdfast.desktop.sync.SyncModel;
import app.holdfast.desktop.tags.TagsModel;
import app.holdfast.desktop.vaults.ExchangeModel;
import app.holdfast.desktop.vaults.ImportModel;
import app.holdfast.desktop.vaults.VaultDoors;
import app.holdfast.desktop.vaults.VaultsModel;
import app.holdfast.desktop.vaults.VaultsScreen;
import app.holdfast.ui.Text;
import app.holdfast.ui.Texts;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.DirectoryChooser;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

/// Opens the windows of a library. On the JavaFX thread.
public final class Windows {

    private Windows() {
    }

    /// Shows the main window. Hiding the stage ends everything the window watches; library and devices stay open.
    ///
    /// @param newIds ids for what the person makes; [app.holdfast.core.Holdfast#newId]
    /// @param data   the data directory, where choices are kept
    /// @return the window's model, for those who start something in it
    public static LibraryModel open(Stage stage, Library library, Devices devices, Supplier<UUID> newIds,
            Path data) {
        Words words = words();
        Live live = Live.onScreen(library);
        Toasts toasts = new Toasts();
        ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
        SettingsModel settings = new SettingsModel(live, words, toasts, new SettingsModel.Home(data, chosen(data),
                background, scheme -> Look.choose(scheme.code())));
        LibraryModel.Parts parts = new LibraryModel.Parts(new TagsModel(live, words, toasts, newIds),
                new CollectionsModel(live, words, toasts, newIds), new NotesModel(live, words, toasts),
                new LocationsModel(live, words, toasts, newIds), new DevicesModel(live, words, toasts, devices),
                new DrivesModel(live, words, toasts, newIds),
                new PairModel(live, words, devices), new SyncModel(live, words, toasts, devices),
                settings, new SearchModel(live, words, toasts, newIds),
                vaults(live, words, toasts, new Outside(library, devices, background, settings)));
        LibraryModel model = new LibraryModel(live, words, toasts, parts, new Opener(background));
        LibraryView view = new LibraryView(model, words, toasts, new LibraryView.Choosers(
                () -> chooseFolder(stage, words), VaultChoosers.on(stage, words)));
        stage.addEventHandler(WindowEvent.WINDOW_HIDDEN, _ -> {
            model.close();
            background.shutdown();
        });
        show(stage, view);
        view.start();
        return model;
    }

    /// What a person chose once holds, unless the command line says otherwise. To be called once, before any window.
    static void prepare(Path data) {
        WindowChoices choices = WindowChoices.read(data);
        if (System.getProperty("holdfast.locale", "").isBlank()) {
            System.setProperty("holdfast.locale", choices.language());
        }
        if (System.getProperty("holdfast.scheme", "").isBlank()) {
            System.setProperty("holdfast.scheme", choices.scheme().code());
        }
    }

    /// What holds now, whether chosen in the window or said on the command line.
    private static WindowChoices chosen(Path data) {
        String language = System.getProperty("holdfast.locale", "");
        return new WindowChoices(WindowChoices.LANGUAGES.contains(language) ? language : "",
                WindowChoices.Scheme.of(System.getProperty("holdfast.scheme", "")),
                WindowChoices.read(data).lockMinutes());
    }

    /// What the rooms of the window stand on.
    private record Outside(Library library, Devices devices, ExecutorService background, SettingsModel settings) {}

    private static VaultsScreen.Models vaults(Live live, Words words, Toasts toasts, Outside outside) {
        VaultsModel vaults = new VaultsModel(live, words, toasts, VaultDoors.of(outside.library(),
                outside.background(), Vaults.WORK_FACTOR_USUAL),
                () -> Duration.ofMinutes(outside.settings().choices().get().lockMinutes()));
        return new VaultsScreen.Models(vaults, new ImportModel(words, toasts, vaults),
                new ExchangeModel(live, words, toasts, vaults, outside.devices().vaults()));
    }

    /// Puts a page into the window, at the window's size if it has one.
    static void show(Stage stage, Parent page) {
        Scene scene = stage.getScene();
        if (scene == null) {
            Look.prepare();
            Rectangle2D free = Screen.getPrimary().getVisualBounds();
            WindowSize size = WindowSize.on(free.getWidth(), free.getHeight());
            scene = new Scene(page, size.width(), size.height());
            Look.dress(scene);
            stage.setScene(scene);
            if (size.isOfScreen()) { // with its edges, which the scene does not count
                stage.setWidth(size.width());
                stage.setHeight(size.height());
            }
            stage.setMinWidth(size.widthMin());
            stage.setMinHeight(size.heightMin());
            stage.setTitle(Texts.ofSystem().get(Text.APP_NAME));
        } else {
            scene.setRoot(page);
        }
        stage.show();
    }

    static Words words() {
        return new Words(Texts.ofSystem(), InstantSource.system(), ZoneId.systemDefault());
    }

    static Optional<Path> chooseFolder(Stage stage, Words words) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(words.get(Text.LOCATION_CHOOSE_TITLE));
        return Optional.ofNullable(chooser.showDialog(stage)).map(File::toPath);
    }
}

package app.holdfast.desktop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.desktop.fx.Look;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.library.Place;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MarenDrives;
import app.holdfast.desktop.memory.MarenSync;
import app.holdfast.desktop.memory.MemoryDevices;
import app.holdfast.desktop.memory.MemoryFiles;
import app.holdfast.desktop.welcome.WelcomeModel;
import app.holdfast.desktop.welcome.WelcomeView;
import app.holdfast.ui.Text;
import app.holdfast.ui.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Draws every page in both schemes and both languages into `target/shots`, for people to look at.
class PicturesTest {

    @AfterEach
    void forget() {
        System.clearProperty("holdfast.scheme");
        System.clearProperty("holdfast.locale");
    }

    @ParameterizedTest
    @CsvSource({"light,en", "dark,de"})
    void everyPageIsDrawn(String scheme, String language) {
        System.setProperty("holdfast.scheme", scheme);
        System.setProperty("holdfast.locale", language);
        String suffix = "-" + scheme + "-" + language;
        Maren[] maren = new Maren[1];

        try (Screen screen = new Screen(library -> maren[0] = new Maren(library))) {
            browser(screen, maren[0], suffix);
            pages(screen, maren[0], suffix);
            dialogs(screen, suffix);
            tagging(screen, maren[0], suffix);
        }
        drives(suffix);
        try (Screen screen = new Screen(library -> new MemoryFiles(library).self("maren-laptop"))) {
            screen.picture("empty" + suffix);
        }
        welcome(suffix);

        assertThat(Files.exists(Path.of(System.getProperty("holdfast.shots"), "empty" + suffix + ".png"))).isTrue();
    }

    private static void drives(String suffix) {
        MarenDrives[] drives = new MarenDrives[1];
        try (Screen screen = new Screen(library -> {
            new Maren(library);
            drives[0] = new MarenDrives(library);
        })) {
            Screen.run(() -> screen.model.navigation().go(new Place.Drives()));
            screen.until("its locations are there", () -> screen.showsNow("Old mail"));
            screen.picture("drives" + suffix);
            screen.click(screen.find(".banner .button", _ -> true));
            screen.picture("drives-clone" + suffix);
            screen.press(KeyCode.ESCAPE);
            Screen.run(() -> {
                screen.stage.setWidth(960);
                screen.stage.setHeight(640);
            });
            screen.picture("drives-narrow" + suffix);
            Screen.run(() -> {
                screen.stage.setWidth(1280);
                screen.stage.setHeight(800);
                screen.model.navigation().go(Place.search("kind:image size:>10M tag:Iceland"));
            });
            screen.picture("filters" + suffix);
            Screen.run(() -> screen.model.navigation().go(Place.location(drives[0].footage.id())));
            screen.settle();
            Screen.run(() -> ((TableView<?>) screen.stage.getScene().lookup(".table-view"))
                    .getSelectionModel().clearAndSelect(0));
            screen.picture("drive-away" + suffix);
            screen.library.tell(new CoreEvent.DriveMoved(drives[0].field.id(), "Field SSD", drives[0].field.device(),
                    "studio-pc"));
            screen.library.tell(new CoreEvent.DriveAsks(drives[0].field.id(), "Field SSD", drives[0].field.device(),
                    "studio-pc"));
            screen.picture("plug-in" + suffix);
        }
    }

    private static void browser(Screen screen, Maren maren, String suffix) {
        Screen.run(() -> screen.model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id())));
        screen.settle();
        Screen.run(() -> screen.model.browser().select(List.of(12)));
        screen.settle();
        Screen.run(() -> ((TableView<?>) screen.stage.getScene().lookup(".table-view"))
                .getSelectionModel().clearAndSelect(13));
        screen.picture("browser" + suffix);
        note(screen, maren);
        screen.picture("inspector" + suffix);
        screen.press(KeyCode.CONTROL, KeyCode.K);
        screen.type("sk");
        screen.picture("palette" + suffix);
        screen.press(KeyCode.ESCAPE);
        Screen.run(() -> screen.model.navigation().go(new Place.Settings()));
        screen.picture("settings" + suffix);
        Screen.run(screen.model.navigation()::back);
        screen.settle();
        Screen.run(() -> screen.model.tagging().set(true));
        screen.picture("tag-mode" + suffix);
        Screen.run(() -> screen.model.navigation().go(Place.location(maren.archive.id())));
        screen.settle();
        Screen.run(() -> ((TableView<?>) screen.stage.getScene().lookup(".table-view"))
                .getSelectionModel().clearAndSelect(0));
        screen.picture("browser-away" + suffix);
        Screen.run(() -> screen.model.search("vík"));
        screen.picture("search" + suffix);
        Screen.run(() -> {
            screen.stage.setWidth(960);
            screen.stage.setHeight(640);
        });
        screen.picture("narrow" + suffix);
        Screen.run(() -> {
            screen.stage.setWidth(1280);
            screen.stage.setHeight(800);
        });
    }

    private static void note(Screen screen, Maren maren) {
        Screen.run(() -> {
            screen.model.parts().collections().createWith("For print", List.of(maren.waterfall, maren.drone));
            screen.model.parts().collections().createWith("Letters", List.of());
            screen.model.parts().locations().keep(maren.archive, false);
            screen.model.rate(screen.model.browser(), 4);
            screen.model.parts().notes().note(List.copyOf(screen.model.browser().selection().rows()),
                    "Print this one. Ask Jonas for the colour profile before sending it to the lab.");
            screen.model.parts().notes().field(List.copyOf(screen.model.browser().selection().rows()), "Camera",
                    "X100");
        });
        screen.settle();
        Screen.run(() -> screen.model.parts().locations().keep(maren.archive, true));
        screen.settle();
        for (int i = 0; i < 3; i++) {
            screen.clickButton(Texts.ofSystem().get(Text.TOAST_DISMISS));
        }
    }

    private static void pages(Screen screen, Maren maren, String suffix) {
        Screen.run(() -> screen.model.navigation().go(new Place.Tags(Optional.of(maren.icelandTag))));
        screen.picture("tags" + suffix);
        Screen.run(() -> screen.model.navigation().go(new Place.Devices(Optional.empty())));
        screen.picture("devices" + suffix);
        Screen.run(() -> screen.model.navigation().go(new Place.Sync()));
        screen.settle();
        screen.picture("sync" + suffix);
        screen.library.change(library -> {
            MarenSync.fill(library);
            new MemoryFiles(library).receiving(5, "new-mac", 40_000);
            library.sync.percent = Optional.of(37);
        });
        Screen.run(screen.model.parts().sync()::refresh);
        screen.settle();
        screen.picture("sync-full" + suffix);
        screen.clickButton(Texts.ofSystem().get(Text.SYNC_CHECK));
        screen.picture("sync-check" + suffix);
        screen.press(KeyCode.ESCAPE);
        Screen.run(() -> {
            screen.stage.setWidth(960);
            screen.stage.setHeight(640);
        });
        screen.picture("sync-narrow" + suffix);
        Screen.run(() -> {
            screen.stage.setWidth(1280);
            screen.stage.setHeight(800);
        });
    }

    private static void dialogs(Screen screen, String suffix) {
        Screen.run(() -> screen.model.parts().pair().show());
        screen.picture("pair-code" + suffix);
        screen.library.tell(new CoreEvent.PairingAsked(MemoryDevices.KITCHEN, "kitchen-imac", MemoryDevices.DIGITS));
        screen.picture("pair-compare" + suffix);
        Screen.run(() -> screen.model.parts().pair().enter());
        screen.picture("pair-enter" + suffix);
        Screen.run(() -> screen.model.parts().pair().cancel());
        screen.click(screen.find(".nav-section .button", _ -> true));
        screen.type("relative/folder");
        screen.press(KeyCode.ENTER);
        screen.picture("add-location" + suffix);
        screen.press(KeyCode.ESCAPE);
    }

    private static void tagging(Screen screen, Maren maren, String suffix) {
        Screen.run(() -> screen.model.navigation().go(Place.folder(maren.photos.id(), maren.iceland.id())));
        screen.settle();
        TableView<?> table = (TableView<?>) screen.find(".table-view", _ -> true);
        Screen.run(() -> {
            table.requestFocus();
            table.getSelectionModel().selectRange(3, 9);
        });
        screen.settle();
        screen.press(KeyCode.INSERT);
        screen.picture("tag-picker" + suffix);
        screen.press(KeyCode.ESCAPE);
        screen.press(KeyCode.T);
        screen.press(KeyCode.DIGIT5);
        screen.library.refuse(new CoreException.Busy());
        screen.press(KeyCode.DIGIT7);
        screen.library.tell(new CoreEvent.DeviceJoined(MemoryDevices.KITCHEN, "kitchen-imac"));
        screen.picture("toasts" + suffix);
        Screen.run(() -> screen.model.navigation().go(new Place.Tags(Optional.of(maren.icelandTag))));
        screen.settle();
        Screen.run(() -> screen.find(".tree-view", _ -> true).requestFocus());
        screen.press(KeyCode.F2);
        screen.picture("tag-edit" + suffix);
        screen.press(KeyCode.ESCAPE);
        screen.press(KeyCode.DELETE);
        screen.picture("tag-delete" + suffix);
        screen.press(KeyCode.ESCAPE);
    }

    private static void welcome(String suffix) {
        Words words = new Words(Texts.ofSystem(), InstantSource.fixed(MemoryFiles.NOON), ZoneOffset.UTC);
        Stage stage = Screen.fx(Stage::new);
        Screen.run(() -> {
            WelcomeModel model = new WelcomeModel(words, new WelcomeModel.Beginning("maren-laptop",
                    Optional.of(Path.of("/home/maren/Documents")), Optional.empty()), _ -> { });
            Scene scene = new Scene(new WelcomeView(model, words, Optional::empty), 1280, 800);
            Look.dress(scene);
            stage.setScene(scene);
            stage.show();
        });
        Screen.frames(3);
        Screen.picture(stage, "first-run" + suffix);
        Screen.run(stage::close);
    }
}

package app.holdfast.desktop;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.CoreException;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.EmptyState;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.library.LibraryModel;
import app.holdfast.desktop.library.Place;
import app.holdfast.desktop.welcome.Documents;
import app.holdfast.desktop.welcome.WelcomeModel;
import app.holdfast.desktop.welcome.WelcomeModel.Beginning;
import app.holdfast.desktop.welcome.WelcomeView;
import app.holdfast.ui.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.remixicon.RemixiconAL;

/// The window as a program of its own: opens the library beside the JavaFX thread, shows the first page where there is
/// none yet, and closes everything when the window is closed.
public final class HoldfastApplication extends Application {

    private static final String DATA = "data";
    /// Core's own deadlines are shorter; this one is for a disk that hangs.
    private static final long CLOSE_SECONDS_MAX = 60;

    /// One thread, so that closing never overtakes opening.
    private final ExecutorService opening =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("library-opening").factory());
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Words words = Windows.words();
    /// Snapshots to import once the library is open. Confined to the JavaFX thread, as is what follows.
    private final List<Path> waiting = new ArrayList<>();
    private @Nullable LibraryModel shown;
    /// Confined to the opening thread.
    private @Nullable OpenedLibrary open;

    @FunctionalInterface
    private interface Preparation {
        void run() throws CoreException;
    }

    /// Shows the window and returns when it was closed. To be called once, from the main thread.
    ///
    /// @param data  the data directory; need not hold a library yet
    /// @param files snapshots to import, absolute
    public static void open(Path data, List<Path> files) {
        Windows.prepare(data);
        launch(HoldfastApplication.class, Stream.concat(Stream.of("--" + DATA + "=" + data),
                files.stream().map(Path::toString)).toArray(String[]::new));
    }

    @Override
    public void start(Stage stage) {
        Path data = Path.of(Objects.requireNonNull(getParameters().getNamed().get(DATA), "--data"));
        // A bug on the screen's thread is logged with its code; the window lives on.
        Thread.currentThread().setUncaughtExceptionHandler((_, bug) -> FailureText.of(bug, words.texts()));
        getParameters().getUnnamed().forEach(file -> waiting.add(Path.of(file)));
        Windows.show(stage, new StackPane());
        // a signal ends the process without stop()
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("library-closing").unstarted(this::close));
        opening.execute(() -> {
            if (Holdfast.isInitialised(data)) {
                openExisting(stage, data);
            } else {
                Beginning proposal = proposal();
                Live.screen().execute(() -> welcome(stage, data, proposal));
            }
        });
    }

    @Override
    public void stop() {
        close();
    }

    /// Closes the library once, when the window is closed or the process is told to end (Ctrl+C, the end of the
    /// session), whichever comes first, and waits for it.
    private void close() {
        if (closing.compareAndSet(false, true)) {
            opening.execute(() -> {
                if (open != null) {
                    open.close();
                }
            });
            opening.shutdown();
        }
        try {
            if (!opening.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                opening.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void openExisting(Stage stage, Path data) {
        open(data, () -> { }, opened -> show(stage, data, opened), failure -> failed(stage, data, failure));
    }

    private void welcome(Stage stage, Path data, Beginning proposal) {
        Welcome welcome = new Welcome(stage, data, proposal);
        WelcomeView view = new WelcomeView(welcome.model, words, () -> Windows.chooseFolder(stage, words));
        Windows.show(stage, view);
        view.start();
    }

    /// The first page and what follows from it.
    private final class Welcome {

        private final Stage stage;
        private final Path data;
        private final WelcomeModel model;

        Welcome(Stage stage, Path data, Beginning proposal) {
            this.stage = stage;
            this.data = data;
            model = new WelcomeModel(words, proposal, this::begin);
        }

        private void begin(Beginning beginning) {
            Preparation make = () -> {
                if (!Holdfast.isInitialised(data)) {
                    Holdfast.initialise(data, beginning.name());
                }
            };
            open(data, make, opened -> {
                LibraryModel library = show(stage, data, opened);
                beginning.folder().ifPresent(folder -> library.parts().locations()
                        .add(folder, id -> library.navigation().go(Place.location(id))));
                beginning.ticket().ifPresent(library.parts().pair()::join);
            }, failure -> model.failed(FailureText.of(failure, words.texts())));
        }
    }

    /// What the first page proposes: this computer's name and the person's documents. Not for the screen's thread: it
    /// asks the system's resolver and the disk.
    private static Beginning proposal() {
        Path home = Path.of(named("HOME").orElse(System.getProperty("user.home", "/")));
        Path config = named("XDG_CONFIG_HOME").map(Path::of).orElse(home.resolve(".config"));
        return new Beginning(computerName(), Documents.find(home, config), Optional.empty());
    }

    /// A variable of the environment that is set to something.
    private static Optional<String> named(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isEmpty());
    }

    private static String computerName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return System.getProperty("user.name", "");
        }
    }

    private LibraryModel show(Stage stage, Path data, OpenedLibrary opened) {
        LibraryModel model = Windows.open(stage, opened.library(), opened.devices(), opened::newId, data);
        shown = model;
        importWaiting();
        return model;
    }

    private void importWaiting() {
        if (shown != null && !waiting.isEmpty()) {
            shown.parts().vaults().imports().take(waiting);
            waiting.clear();
        }
    }

    private void failed(Stage stage, Path data, Throwable failure) {
        Button again = Nodes.button(words.get(Text.START_AGAIN), "primary");
        again.setOnAction(_ -> openExisting(stage, data));
        Button close = Nodes.button(words.get(Text.START_CLOSE), "");
        close.setOnAction(_ -> stage.close());
        Windows.show(stage, new EmptyState(RemixiconAL.ERROR_WARNING_LINE, words.get(Text.START_FAILED),
                FailureText.of(failure, words.texts()) + "\n" + data, again, close));
    }

    /// When the program is started a second time, or a snapshot is opened by double click. Runs on any thread.
    private void toFront(List<Path> files) {
        Live.screen().execute(() -> {
            waiting.addAll(files);
            importWaiting();
        });
        Live.screen().execute(() -> Window.getWindows().stream().filter(Stage.class::isInstance)
                .map(Stage.class::cast).findFirst().ifPresent(stage -> {
                    stage.setIconified(false);
                    stage.toFront();
                    stage.requestFocus();
                }));
    }

    /// The boundary of the opening thread: whatever goes wrong there is shown, and the window lives on.
    private void open(Path data, Preparation first, Consumer<OpenedLibrary> done, Consumer<Throwable> failed) {
        opening.execute(() -> {
            try {
                first.run();
                OpenedLibrary opened = OpenedLibrary.open(data, this::toFront);
                open = opened;
                Live.screen().execute(() -> done.accept(opened));
            } catch (CoreException | RuntimeException failure) {
                Live.screen().execute(() -> failed.accept(failure));
            }
        });
    }
}

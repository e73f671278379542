package app.holdfast.desktop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.desktop.Windows;
import app.holdfast.desktop.library.LibraryModel;
import app.holdfast.desktop.memory.MemoryDevices;
import app.holdfast.desktop.memory.MemoryLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;

/// The main window over a library in memory, whose core runs on a thread of its own as the real one does. As wide as
/// the window is where there is room: JavaFX's headless screen has less, in which the inspector would stay closed.
final class Screen implements AutoCloseable {

    private static final long WAIT_SECONDS_MAX = 60;
    private static final double WIDTH = 1280;
    private static final AtomicLong IDS = new AtomicLong(1_000);

    final MemoryLibrary library;
    final MemoryDevices devices;
    final LibraryModel model;
    final Stage stage;
    private final ExecutorService core = Executors.newSingleThreadExecutor();
    private final ExecutorService joining = Executors.newSingleThreadExecutor();

    /// @param fill what the library holds at first
    Screen(Consumer<MemoryLibrary> fill) {
        startToolkit();
        library = new MemoryLibrary(core);
        devices = new MemoryDevices(joining);
        fill.accept(library);
        stage = fx(Stage::new);
        model = fx(() -> Windows.open(stage, library, devices, () -> new UUID(8, IDS.incrementAndGet()),
                Path.of(System.getProperty("holdfast.shots", "target/shots"))));
        run(() -> stage.setWidth(WIDTH));
        settle();
    }

    static <T> T fx(Callable<T> task) {
        if (Platform.isFxApplicationThread()) {
            try {
                return task.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        FutureTask<T> future = new FutureTask<>(task);
        Platform.runLater(future);
        try {
            return future.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static void run(Runnable task) {
        fx(() -> {
            task.run();
            return null;
        });
    }

    static synchronized void startToolkit() {
        CountDownLatch up = new CountDownLatch(1);
        try {
            Platform.startup(up::countDown);
        } catch (IllegalStateException alreadyUp) {
            up.countDown();
        }
        await(up);
        Platform.setImplicitExit(false);
    }

    /// Waits until it is so, looking once a frame.
    void until(String what, BooleanSupplier isSo) {
        CountDownLatch seen = new CountDownLatch(1);
        AnimationTimer timer = fx(() -> new AnimationTimer() {
            @Override
            public void handle(long now) {
                if (isSo.getAsBoolean()) {
                    stop();
                    seen.countDown();
                }
            }
        });
        run(timer::start);
        assertThat(await(seen)).as(what).isTrue();
    }

    /// Lets core answer, and the screen draw it.
    void settle() {
        for (int i = 0; i < 2; i++) {
            CountDownLatch answered = new CountDownLatch(1);
            core.execute(answered::countDown);
            await(answered);
            frames(3);
        }
    }

    static void frames(int count) {
        CountDownLatch drawn = new CountDownLatch(1);
        run(() -> new AnimationTimer() {
            private int frames;

            @Override
            public void handle(long now) {
                if (++frames >= count) {
                    stop();
                    drawn.countDown();
                }
            }
        }.start());
        await(drawn);
    }

    Node find(String selector, Predicate<Node> which) {
        return fx(() -> stage.getScene().getRoot().lookupAll(selector).stream().filter(Screen::isShown).filter(which)
                .findFirst().orElseThrow(() -> new AssertionError("nothing is " + selector)));
    }

    boolean shows(String text) {
        return fx(() -> hasText(stage.getScene().getRoot(), text));
    }

    /// On the JavaFX thread.
    boolean showsNow(String text) {
        return hasText(stage.getScene().getRoot(), text);
    }

    void clickText(String text) {
        click(labelled(text));
    }

    void doubleClickText(String text) {
        Node node = labelled(text);
        run(() -> {
            Robot robot = over(node);
            robot.mouseClick(MouseButton.PRIMARY);
            robot.mouseClick(MouseButton.PRIMARY);
        });
        settle();
    }

    private Node labelled(String text) {
        return find(".label", node -> node instanceof Labeled labeled && text.equals(labeled.getText()));
    }

    void clickButton(String text) {
        click(find(".button", node -> node instanceof Labeled labeled
                && (text.equals(labeled.getText()) || text.equals(node.getAccessibleText()))));
    }

    void click(Node node) {
        run(() -> over(node).mouseClick(MouseButton.PRIMARY));
        settle();
    }

    private static Robot over(Node node) {
        Bounds bounds = node.localToScreen(node.getBoundsInLocal());
        Robot robot = new Robot();
        robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
        return robot;
    }

    /// Types keys at whatever has the focus; those before the last are held.
    void press(KeyCode... keys) {
        run(() -> {
            Robot robot = new Robot();
            for (int i = 0; i < keys.length - 1; i++) {
                robot.keyPress(keys[i]);
            }
            robot.keyType(keys[keys.length - 1]);
            for (int i = keys.length - 2; i >= 0; i--) {
                robot.keyRelease(keys[i]);
            }
        });
        settle();
    }

    /// Types characters at the node that has the focus, of any alphabet.
    void type(String text) {
        run(() -> {
            Node focused = stage.getScene().getFocusOwner();
            text.codePoints().mapToObj(Character::toString).forEach(character -> focused.fireEvent(new KeyEvent(
                    KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false)));
        });
        settle();
    }

    void picture(String name) {
        settle();
        picture(stage, name);
    }

    static void picture(Stage stage, String name) {
        run(() -> {
            try {
                Picture.write(stage.getScene().snapshot(null),
                        Path.of(System.getProperty("holdfast.shots", "target/shots"), name + ".png"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() {
        run(stage::close);
        core.shutdownNow();
        joining.shutdownNow();
    }

    private static boolean hasText(Node root, String text) {
        Set<Node> labels = root.lookupAll("*");
        return labels.stream().filter(Screen::isShown).anyMatch(node ->
                node instanceof Labeled labeled && labeled.getText() != null && labeled.getText().contains(text));
    }

    private static boolean isShown(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

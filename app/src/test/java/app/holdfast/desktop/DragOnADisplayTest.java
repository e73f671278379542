package app.holdfast.desktop;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A snapshot is dragged from another program's window onto ours, on the display at hand, and imported. Needs
/// `xdotool`, and `import` of ImageMagick; `.ci/run` installs them.
@Tag("window")
final class DragOnADisplayTest {

    private static final String PROGRAM = Path.of("..", "holdfast").toAbsolutePath().normalize().toString();
    private static final long SECONDS_MAX = 60;
    private static final int TRIES_MAX = 100;
    private static final long BETWEEN_TRIES_MILLIS = 300;
    private static final Color ACCENT = new Color(0x4f, 0x5f, 0xdb);
    private static final Color SELECTED = new Color(0xe8, 0xeb, 0xfc);

    @TempDir
    private Path folder;

    @Test
    void aFileDraggedFromAnotherProgramIsImported() throws Exception {
        String data = folder.resolve("data").toString();
        Path snapshot = folder.resolve("work-laptop.stronghold");
        Path password = Files.writeString(folder.resolve("password"), "sesame\n");
        Path secret = Files.writeString(folder.resolve("secret"), "very secret");
        run(PROGRAM, "--data", data, "init", "--name", "drag");
        run(PROGRAM, "vault", "create", snapshot.toString(), "--work-factor", "0", "--password-file",
                password.toString());
        run(PROGRAM, "vault", "add", snapshot.toString(), "wallet", "seeds", "main", "--from", secret.toString(),
                "--password-file", password.toString());
        Process program = start(List.of(PROGRAM, "--data", data), "-Dholdfast.scheme=light -Dholdfast.locale=en");
        Process other = null;

        try {
            run("xdotool", "search", "--sync", "--onlyvisible", "--name", "Holdfast");
            until("the window is drawn", program, "drag-1-window", shot -> colourAt(shot, ACCENT) > 100);
            // no window manager orders the windows here: the later one lies above
            other = startOther(snapshot);
            run("xdotool", "search", "--sync", "--onlyvisible", "--name", DragSource.TITLE, "windowraise");
            drag();
            until("it may be dropped", program, "drag-2-over", shot -> !white(shot, 900, 650)
                    && white(shot, 470, 400));
            run("xdotool", "mouseup", "1");
            until("its password is asked for", program, "drag-3-password", shot -> white(shot, 432, 400));
            run("xdotool", "search", "--onlyvisible", "--name", "^Holdfast$", "windowfocus", "sleep", "0.5");
            run("xdotool", "mousemove", "640", "408", "click", "1", "sleep", "0.5");
            run("xdotool", "type", "--delay", "40", "sesame");
            run("xdotool", "key", "Return");
            until("what is in it is shown", program, "drag-4-choice", shot -> white(shot, 240, 400));
            run("xdotool", "key", "Return");
            until("it is kept, so the dialog is gone", program, "drag-5-kept", shot -> white(shot, 900, 650));
            run("xdotool", "mousemove", "60", "358", "click", "1");

            until("it is the vault that is chosen", program, "drag-6-listed", shot -> colourAt(shot, SELECTED) > 2_000
                    && shot.getRGB(300, 85) != shot.getRGB(800, 700));
        } finally {
            if (other != null) {
                other.destroy();
            }
            program.destroy();
        }
        assertThat(program.waitFor(SECONDS_MAX, SECONDS)).as("ends when asked to").isTrue();
    }

    private static Process startOther(Path snapshot) throws IOException {
        return start(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), DragSourceStart.class.getName(),
                snapshot.toString()), "");
    }

    /// From the other window to the middle of ours, in steps as a hand does.
    private static void drag() throws Exception {
        run("xdotool", "mousemove", "100", "40", "mousedown", "1");
        for (int i = 1; i <= 20; i++) {
            run("xdotool", "mousemove", String.valueOf(100 + i * 27), String.valueOf(40 + i * 18), "sleep", "0.03");
        }
        run("xdotool", "mousemove", "642", "402", "sleep", "0.2", "mousemove", "640", "400");
    }

    private static void until(String what, Process program, String name, Predicate<BufferedImage> isSo)
            throws Exception {
        for (int i = 0; i < TRIES_MAX; i++) {
            assertThat(program.waitFor(BETWEEN_TRIES_MILLIS, MILLISECONDS)).as("the program ended by itself").isFalse();
            if (isSo.test(picture(name))) {
                return;
            }
        }
        throw new AssertionError("not seen: " + what);
    }

    private static BufferedImage picture(String name) throws IOException, InterruptedException {
        Path picture = Files.createDirectories(Path.of(System.getProperty("holdfast.shots"))).resolve(name + ".png");
        run("import", "-window", "root", picture.toString());
        return ImageIO.read(picture.toFile());
    }

    private static long colourAt(BufferedImage shot, Color colour) {
        long count = 0;
        for (int y = 0; y < shot.getHeight(); y++) {
            for (int x = 0; x < shot.getWidth(); x++) {
                count += (shot.getRGB(x, y) & 0xFFFFFF) == (colour.getRGB() & 0xFFFFFF) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean white(BufferedImage shot, int x, int y) {
        return (shot.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF;
    }

    private static Process start(List<String> command, String options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).inheritIO();
        if (!options.isEmpty()) {
            builder.environment().put("JDK_JAVA_OPTIONS", options);
        }
        return builder.start();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(SECONDS_MAX, SECONDS)).as("%s ends", command[0]).isTrue();
        assertThat(process.exitValue()).as("status of %s", command[0]).isZero();
    }
}

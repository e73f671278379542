package app.holdfast.desktop;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts the program from the checkout on the display at hand and looks at the picture. Needs `xdotool`, and
/// `import` of ImageMagick; `.ci/run` installs them.
@Tag("window")
final class ProgramOnADisplayTest {

    private static final String PROGRAM = Path.of("..", "holdfast").toAbsolutePath().normalize().toString();
    private static final long SECONDS_MAX = 60;
    private static final int PICTURES_MAX = 100;
    private static final long BETWEEN_PICTURES_MILLIS = 300;
    /// An empty window, or one that only shows its frame, has fewer.
    private static final int COLOURS_MIN = 40;

    @TempDir
    private Path folder;

    @Test
    void windowOfANewLibraryOpensAndDrawsAndEndsInOrder() throws Exception {
        String data = folder.resolve("data").toString();
        run(PROGRAM, "--data", data, "init", "--name", "smoke");

        Process program = new ProcessBuilder(PROGRAM, "--data", data).inheritIO().start();
        try {
            run("xdotool", "search", "--sync", "--onlyvisible", "--name", "Holdfast");

            assertThat(coloursOnceDrawn(program)).isGreaterThanOrEqualTo(COLOURS_MIN);
        } finally {
            program.destroy();
        }
        assertThat(program.waitFor(SECONDS_MAX, SECONDS)).as("ends when asked to").isTrue();
        assertThat(folder.resolve("data").resolve("run").resolve("instance.sock")).doesNotExist();
        assertThat(folder.resolve("data").resolve("database.db-wal")).doesNotExist();
    }

    /// Takes pictures until one shows more than a frame; the last stays in `target/shots`.
    private static long coloursOnceDrawn(Process program) throws IOException, InterruptedException {
        Path picture = Files.createDirectories(Path.of(System.getProperty("holdfast.shots"))).resolve("display.png");
        long colours = 0;
        for (int i = 0; i < PICTURES_MAX && colours < COLOURS_MIN; i++) {
            boolean ended = program.waitFor(BETWEEN_PICTURES_MILLIS, MILLISECONDS);
            assertThat(ended).as("the program ended by itself").isFalse();
            run("import", "-window", "root", picture.toString());
            colours = colours(ImageIO.read(picture.toFile()));
        }
        return colours;
    }

    private static long colours(BufferedImage picture) {
        return IntStream.range(0, picture.getHeight())
                .flatMap(y -> IntStream.range(0, picture.getWidth()).map(x -> picture.getRGB(x, y)))
                .distinct().count();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(SECONDS_MAX, SECONDS)).as("%s ends", command[0]).isTrue();
        assertThat(process.exitValue()).as("status of %s", command[0]).isZero();
    }
}

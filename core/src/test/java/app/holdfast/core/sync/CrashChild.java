package app.holdfast.core.sync;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.Models;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// The process that [CrashTest] lets die, or whose disk it lets fail: in each session a person edits tags on one device
/// while it talks with another, whose library is in the same process but out of harm's way.
final class CrashChild {

    /// Begins the line that ends a session; its [Ending] follows.
    static final String ENDED = "session ended: ";
    static final int EDITS = 24;
    private static final int EDITS_BETWEEN_TALKS = 6;

    /// How a session ended.
    enum Ending {
        DONE,
        /// The disk failed, and the library said so.
        REFUSED
    }

    private CrashChild() {
    }

    /// Each line that it is told is a folder with both libraries, for a session of its own. `acknowledged` in the
    /// folder gets a line for each edit that was.
    public static void main(String[] arguments) throws Exception {
        var folders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = folders.readLine(); line != null; line = folders.readLine()) {
            Path folder = Path.of(line);
            try (OutputStream acknowledged = Files.newOutputStream(folder.resolve("acknowledged"),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                System.out.println(ENDED + edit(folder, acknowledged));
            }
        }
    }

    private static Ending edit(Path folder, OutputStream acknowledged) throws Exception {
        try {
            return edited(folder, acknowledged);
        } catch (CoreException e) { // at the opening
            System.out.println(e);
            return Ending.REFUSED;
        }
    }

    private static Ending edited(Path folder, OutputStream acknowledged) throws Exception {
        Ending ending = Ending.DONE;
        try (TestDevice laptop = new TestDevice(folder.resolve("laptop"), 1);
                TestDevice desktop = new TestDevice(folder.resolve("desktop"), 2)) {
            for (int i = 0; i < EDITS; i++) {
                try {
                    laptop.edit(tag(i), Models.NAME, "edit " + i);
                    note(acknowledged, i);
                    if (i % EDITS_BETWEEN_TALKS == EDITS_BETWEEN_TALKS - 1) {
                        desktop.edit(tag(EDITS), Models.COLOR, "colour " + i);
                        TestDevice.talk(laptop, desktop);
                    }
                } catch (ExecutionException e) {
                    System.out.println(e);
                    ending = Ending.REFUSED;
                }
            }
        }
        return ending;
    }

    static UUID tag(int edit) {
        return new UUID(7, edit);
    }

    private static void note(OutputStream acknowledged, int edit) throws IOException {
        acknowledged.write((edit + "\n").getBytes(StandardCharsets.UTF_8));
        acknowledged.flush();
    }
}

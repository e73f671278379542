package app.holdfast.core.sync;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// The process that [CrashTest] lets die, or whose disk it lets fail: in each session a person edits tags on one device
/// and has a folder scanned there, while it talks with another, whose library is in the same process but out of harm's
/// way: changes cross, then rows each way, and at last both have lost their logs, so that they compare and fold.
final class CrashChild {

    /// Begins the line that ends a session; its [Ending] follows.
    static final String ENDED = "session ended: ";
    static final int EDITS = 24;
    /// What is acknowledged of the other device's edits is noted with so much added, of scans with so much.
    static final int OF_DESKTOP = 100;
    static final int SCANNED = 200;
    static final LocationId AT_LAPTOP = new LocationId(new UUID(8, 1));
    static final LocationId AT_DESKTOP = new LocationId(new UUID(8, 2));
    private static final VolumeId LAPTOP_VOLUME = new VolumeId(new UUID(9, 1));
    private static final VolumeId DESKTOP_VOLUME = new VolumeId(new UUID(9, 2));
    private static final int EDITS_BETWEEN_TALKS = 6;

    /// How a session ended.
    enum Ending {
        DONE,
        /// The disk failed, and the library said so.
        REFUSED
    }

    private final TestDevice laptop;
    private final TestDevice desktop;
    private final Path files;
    private final OutputStream acknowledged;

    private CrashChild(TestDevice laptop, TestDevice desktop, Path files, OutputStream acknowledged) {
        this.laptop = laptop;
        this.desktop = desktop;
        this.files = files;
        this.acknowledged = acknowledged;
    }

    /// Each line that it is told is a folder with both libraries, for a session of its own. `acknowledged` in the
    /// folder gets a line for each edit and scan that was.
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
            var session = new CrashChild(laptop, desktop, folder.resolve("files"), acknowledged);
            for (int i = 0; i < EDITS; i++) {
                int edit = i;
                List<Step> steps = i % EDITS_BETWEEN_TALKS == EDITS_BETWEEN_TALKS - 1
                        ? List.of(() -> session.edit(edit), () -> session.scan(edit / EDITS_BETWEEN_TALKS),
                                () -> session.talk(edit)) : List.of(() -> session.edit(edit));
                for (Step step : steps) {
                    try {
                        step.run();
                    } catch (ExecutionException e) {
                        System.out.println(e);
                        ending = Ending.REFUSED;
                    }
                }
            }
        }
        return ending;
    }

    /// Something that the library may refuse.
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private void edit(int edit) throws Exception {
        laptop.edit(tag(edit), Models.NAME, "edit " + edit);
        note(edit);
    }

    private void talk(int edit) throws Exception {
        desktop.edit(tag(EDITS), Models.COLOR, colour(edit));
        note(OF_DESKTOP + edit);
        if (edit == EDITS - 1) {
            laptop.loseLog();
            desktop.loseLog();
        }
        TestDevice.talk(laptop, desktop);
    }

    private void scan(int talk) throws Exception {
        if (talk == 1) {
            scan(laptop, AT_LAPTOP, LAPTOP_VOLUME);
            note(SCANNED + 1);
        } else if (talk == 2) {
            scan(desktop, AT_DESKTOP, DESKTOP_VOLUME);
            note(SCANNED + 2);
        }
    }

    private void scan(TestDevice device, LocationId location, VolumeId volume) throws Exception {
        device.addLocation(files, location, volume);
        if (device.scanned(location, volume, files).state() != ScanProgress.State.DONE) {
            throw new ExecutionException("the scan failed", null);
        }
    }

    static String colour(int edit) {
        return "colour %02d".formatted(edit);
    }

    static UUID tag(int edit) {
        return new UUID(7, edit);
    }

    private void note(int what) throws IOException {
        acknowledged.write((what + "\n").getBytes(StandardCharsets.UTF_8));
        acknowledged.flush();
    }
}

package app.holdfast.core.sync;

import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Three devices of one library; the first has a drive with two folders on it, of three files and of one.
abstract class StreamFixture {

    static final VolumeId VOLUME = new VolumeId(new UUID(5, 5));

    @TempDir
    Path folder;

    Path things;
    Path papers;
    TestDevice laptop;
    TestDevice desktop;
    TestDevice tablet;
    LocationId location;
    LocationId paperLocation;

    @BeforeEach
    void start() throws Exception {
        things = Files.createDirectory(folder.resolve("things"));
        papers = Files.createDirectory(folder.resolve("papers"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        tablet = new TestDevice(folder.resolve("tablet"), 3);
        TestDevice.group(laptop, desktop, tablet);
        write("a/one.txt", "one");
        write("a/b/two.txt", "two");
        write("c/three.txt", "three");
        Files.writeString(papers.resolve("letter"), "Dear");
        location = laptop.addLocation(things, VOLUME);
        paperLocation = laptop.addLocation(papers, VOLUME);
        scan(laptop);
    }

    @AfterEach
    void close() {
        laptop.close();
        desktop.close();
        tablet.close();
    }

    void write(String path, String content) throws IOException {
        Path file = things.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void writeMany(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            write("many/" + i / 100 + "/file " + i, "x");
        }
    }

    /// The whole drive, by the device that it is in.
    void scan(TestDevice device) throws Exception {
        device.scan(location, VOLUME, things);
        device.scan(paperLocation, VOLUME, papers);
    }

    void claim(TestDevice device) throws Exception {
        device.run(tx -> {
            tx.streams().claim(VOLUME.value());
            return true;
        });
    }

    void keep(TestDevice device, LocationId entries, boolean kept) throws Exception {
        device.run(tx -> {
            tx.own().keepEntries(entries, kept);
            return true;
        });
    }
}

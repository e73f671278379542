package app.holdfast.core.index;

import static app.holdfast.core.store.LocationFixture.LOCATION_ID;
import static app.holdfast.core.store.LocationFixture.VOLUME_ID;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.ScanProgress.State;
import app.holdfast.core.store.LocationFixture;
import app.holdfast.core.store.LocationFixture.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/// A small tree on the real disk as the location of a library, to be changed and scanned again.
record ScannedTree(Path top, LocationFixture library, Disk disk) implements AutoCloseable {

    /// Scanned once.
    ///
    /// @param files in it; what they hold is their path
    static ScannedTree of(Path temp, Disk disk, List<String> files) throws Exception {
        Path top = Files.createDirectories(temp.toRealPath().resolve("top"));
        for (String file : files) {
            Files.createDirectories(top.resolve(file).getParent());
            Files.writeString(top.resolve(file), file);
        }
        var tree = new ScannedTree(top, LocationFixture.create(Files.createDirectories(temp.resolve("data"))), disk);
        tree.scan();
        return tree;
    }

    /// Scans it, and looks whether the library has what is there.
    void scan() {
        var order = new Scan.Order(LOCATION_ID, "things", VOLUME_ID, top);
        assertThat(new Scan(order, disk, library.writer(), _ -> { }).run().state()).isEqualTo(State.DONE);
        try {
            assertThat(DiskTree.of(library.tree())).isEqualTo(DiskTree.read(top));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of the row that has this path.
    UUID id(String path) {
        Row row = library.tree().get(path);
        assertThat(row).as(path).isNotNull();
        return row.id();
    }

    @Override
    public void close() {
        library.close();
    }
}

package app.holdfast.core;

import static app.holdfast.core.Awaited.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.model.LocationId;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device does without what is in a folder of another device, and keeps it again: two whole libraries over kwik on
/// loopback, one with two folders on one drive.
final class KeptLocationsTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    @TempDir
    private Path folder;

    private Holdfast owner;
    private Holdfast other;
    private LocationId things;
    private LocationId papers;

    @BeforeEach
    void pair() throws Exception {
        Holdfast.initialise(folder.resolve("owner"), "owner");
        Holdfast.initialise(folder.resolve("other"), "other");
        owner = Holdfast.open(folder.resolve("owner"));
        other = Holdfast.open(folder.resolve("other"));
        Devices atOwner = owner.connect(LOOPBACK);
        get(other.connect(LOOPBACK).join(get(atOwner.invite(true, Duration.ofMinutes(5))).ticket(),
                (_, _) -> true));
        things = add("things", "beach.txt", "hill.txt");
        papers = add("papers", "letter.txt");
        await(other, things, row -> row.entries() == 2);
        await(other, papers, row -> row.entries() == 1);
    }

    @AfterEach
    void close() {
        other.close();
        owner.close();
    }

    private LocationId add(String name, String... files) throws Exception {
        Path top = Files.createDirectories(folder.resolve(name));
        for (String file : files) {
            Files.writeString(top.resolve(file), file);
        }
        LocationId id = new LocationId(owner.newId());
        submit(owner, new Command.AddLocation(id, top, Optional.empty()));
        await(owner, id, row -> row.entries() == files.length);
        return id;
    }

    private static void submit(Holdfast device, Command command) throws Exception {
        get(device.library().submit(command));
    }

    private static LocationRow await(Holdfast device, LocationId id, Predicate<LocationRow> condition)
            throws Exception {
        return Awaited.await(device, reader -> row(reader, id).filter(condition));
    }

    private static Optional<LocationRow> row(LibraryReader reader, LocationId id) {
        return reader.locations().stream().filter(row -> row.id().equals(id)).findFirst();
    }

    /// A new file in each folder, seen by its device in this order.
    private void writeInBoth() throws Exception {
        Files.writeString(folder.resolve("things/cliff.txt"), "high");
        submit(owner, new Command.RescanLocation(things));
        await(owner, things, row -> row.entries() == 3);
        Files.writeString(folder.resolve("papers/bill.txt"), "much");
        submit(owner, new Command.RescanLocation(papers));
        await(owner, papers, row -> row.entries() == 2);
    }

    @Test
    void aDeviceThatDropsAFolderIsToldNothingMoreOfItAndOfOthersAll() throws Exception {
        submit(other, new Command.KeepLocation(things, false));
        assertThat(other.library().ask(reader -> row(reader, things)).orElseThrow().kept()).isFalse();
        assertThat(other.library().ask(reader -> row(reader, things)).orElseThrow().entries()).isZero();

        writeInBoth();

        await(other, papers, row -> row.entries() == 2); // behind what happened in the other folder
        assertThat(other.library().ask(reader -> row(reader, things)).orElseThrow().entries()).isZero();
        assertThat(other.library().ask(reader -> row(reader, papers)).orElseThrow().kept()).isTrue();
        assertThat(owner.library().ask(reader -> row(reader, things)).orElseThrow().entries()).isEqualTo(3);
        assertThat(folder.resolve("things/beach.txt")).exists();
    }

    @Test
    void whatWasDroppedIsThereAgainOnceItIsKept() throws Exception {
        submit(other, new Command.KeepLocation(things, false));
        writeInBoth();
        await(other, papers, row -> row.entries() == 2);

        submit(other, new Command.KeepLocation(things, true));

        assertThat(await(other, things, row -> row.entries() == 3).kept()).isTrue();
        Awaited.await(other, reader -> Optional.of(reader.hash())
                .filter(owner.library().ask(LibraryReader::hash)::equals));
    }

    @Test
    void aFolderStaysDroppedAcrossARestart() throws Exception {
        submit(other, new Command.KeepLocation(things, false));
        other.close();
        other = Holdfast.open(folder.resolve("other"));
        other.connect(LOOPBACK);

        writeInBoth();

        await(other, papers, row -> row.entries() == 2);
        LocationRow after = other.library().ask(reader -> row(reader, things)).orElseThrow();
        assertThat(after.kept()).isFalse();
        assertThat(after.entries()).isZero();
    }

    @Test
    void aDeviceDoesNotDropItsOwnFoldersNorOnesThatNobodyHas() {
        assertThatThrownBy(() -> submit(owner, new Command.KeepLocation(things, false)))
                .hasCauseInstanceOf(CoreException.Refused.class);
        assertThatThrownBy(() -> submit(other, new Command.KeepLocation(new LocationId(other.newId()), false)))
                .hasCauseInstanceOf(CoreException.NotFound.class);
    }
}

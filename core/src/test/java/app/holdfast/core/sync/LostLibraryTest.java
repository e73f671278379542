package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device whose library was lost, but not its key, joins again: what it had is with the others.
class LostLibraryTest {

    private static final VolumeId VOLUME = new VolumeId(new UUID(5, 5));
    private static final int MANY = 12_000;

    @TempDir
    private Path folder;

    private Path top;
    private TestDevice laptop;
    private TestDevice desktop;
    private TestDevice tablet;
    private LocationId location;

    @BeforeEach
    void start() throws Exception {
        top = Files.createDirectory(folder.resolve("things"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        tablet = new TestDevice(folder.resolve("tablet"), 3);
        TestDevice.group(laptop, desktop, tablet);
        write("one.txt");
        write("two.txt");
        location = laptop.addLocation(top, VOLUME);
        laptop.scan(location, VOLUME, top);
        everybodyTalks();
    }

    @AfterEach
    void close() {
        laptop.close();
        desktop.close();
        tablet.close();
    }

    private void write(String name) throws IOException {
        Files.writeString(top.resolve(name), name);
    }

    private void everybodyTalks() throws Exception {
        for (int round = 0; round < 2; round++) {
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(desktop, tablet);
            TestDevice.talk(laptop, tablet);
        }
    }

    private void assertAllEqual() throws Exception {
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(tablet.hash()).isEqualTo(laptop.hash());
        for (TestDevice one : List.of(laptop, desktop, tablet)) {
            assertThat(one.holding(VOLUME).servable()).isTrue();
        }
    }

    /// Its data directory has nothing but its key.
    private void loseLibrary() throws Exception {
        LibraryId library = desktop.run(tx -> tx.state().library());
        laptop.close();
        Path data = folder.resolve("laptop");
        for (String file : List.of("database.db", "database.db-wal", "database.db-shm", "sync.db", "sync.db-wal",
                "sync.db-shm")) {
            Files.deleteIfExists(data.resolve(file));
        }
        laptop = new TestDevice(data, 1);
        laptop.join(library);
        laptop.knows(desktop);
        laptop.knows(tablet);
    }

    private void takeAnotherName() throws Exception {
        laptop.run(tx -> {
            tx.renewIncarnation();
            return true;
        });
    }

    private boolean isLacking() throws Exception {
        return laptop.run(tx -> tx.streams().isLacking(VOLUME.value()));
    }

    @Test
    void itGetsBackWhatLiesOnItsOwnDrivesUnderTheIdsThatItHad() throws Exception {
        List<UUID> ids = laptop.entryIds(location);
        loseLibrary();

        TestDevice.talk(laptop, desktop);

        assertThat(laptop.entryIds(location)).isEqualTo(ids).hasSize(2);
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
        write("three.txt");
        laptop.scan(location, VOLUME, top);
        everybodyTalks();
        assertAllEqual();
        assertThat(tablet.entryIds(location)).hasSize(3).containsAll(ids);
        assertThat(tablet.holding(VOLUME).claim().epoch()).isEqualTo(2);
        assertThat(tablet.holding(VOLUME).asserted()).isTrue();
    }

    @Test
    void whatIsGoneFromTheDriveMeanwhileGoesEverywhereOnceItWasScanned() throws Exception {
        loseLibrary();
        Files.delete(top.resolve("two.txt"));
        TestDevice.talk(laptop, tablet);
        assertThat(desktop.entries()).isEqualTo(2);

        laptop.scan(location, VOLUME, top);
        everybodyTalks();

        assertAllEqual();
        assertThat(desktop.entries()).isOne();
    }

    @Test
    void itScansNothingUntilAllIsBackAndNotEvenAStartInBetweenMakesItForgetThat() throws Exception {
        for (int i = 0; i < MANY; i++) {
            write("many " + i);
        }
        laptop.scan(location, VOLUME, top);
        everybodyTalks();
        List<UUID> ids = laptop.entryIds(location);
        loseLibrary();
        boolean all = TestDevice.talk(laptop, desktop, _ -> laptop.entries() > 0);
        assertThat(all).isFalse();
        assertThat(laptop.entries()).isBetween(1L, MANY - 1L);

        assertThat(laptop.scanned(location, VOLUME, top).state()).isEqualTo(ScanProgress.State.FAILED);
        laptop.close();
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        assertThat(isLacking()).isTrue();
        assertThat(laptop.scanned(location, VOLUME, top).state()).isEqualTo(ScanProgress.State.FAILED);

        everybodyTalks();
        assertThat(isLacking()).isFalse();
        laptop.scan(location, VOLUME, top);
        everybodyTalks();
        assertAllEqual();
        assertThat(laptop.entryIds(location)).isEqualTo(ids);
        assertThat(laptop.entries()).isEqualTo(MANY + 2L);
    }

    @Test
    void ofTwoWhoAreConnectedTheOneWithTheLaterCutIsWaitedFor() throws Exception {
        write("three.txt");
        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, tablet);
        List<UUID> ids = tablet.entryIds(location);
        loseLibrary();
        OpenTalks talks = new OpenTalks();
        talks.link(laptop, desktop);
        talks.link(laptop, tablet);

        talks.settle();

        assertThat(laptop.entryIds(location)).isEqualTo(ids).hasSize(3);
        assertThat(laptop.holding(VOLUME).own()).isTrue();
        laptop.scan(location, VOLUME, top);
        talks.settle();
        assertAllEqual();
        assertThat(desktop.entryIds(location)).isEqualTo(ids);
    }

    @Test
    void aPersonMaySayThatWhatOthersHaveIsNotToBeWaitedFor() throws Exception {
        for (int i = 0; i < MANY; i++) {
            write("many " + i);
        }
        laptop.scan(location, VOLUME, top);
        everybodyTalks();
        loseLibrary();
        TestDevice.talk(laptop, desktop, _ -> laptop.entries() > 0);

        laptop.run(tx -> tx.streams().mayScan(VOLUME.value(), true));

        laptop.scan(location, VOLUME, top);
        everybodyTalks();
        assertAllEqual();
        assertThat(laptop.entries()).isEqualTo(MANY + 2L);
    }

    @Test
    void aDeviceThatWasPutBackToBeforeItTookADriveScansItWithoutWaiting() throws Exception {
        VolumeId drive = new VolumeId(new UUID(6, 6));
        Path papers = Files.createDirectory(folder.resolve("papers"));
        Files.writeString(papers.resolve("letter"), "x");
        LocationId paper = desktop.addLocation(papers, drive);
        desktop.scan(paper, drive, papers);
        everybodyTalks();
        laptop.close();
        byte[] backup = Files.readAllBytes(folder.resolve("laptop/database.db"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        laptop.run(tx -> {
            tx.streams().claim(drive.value());
            return true;
        });
        TestDevice.talk(laptop, desktop, messages -> desktop.holding(drive).claim().owner().equals(laptop.id));
        laptop.close();
        Files.write(folder.resolve("laptop/database.db"), backup);
        Files.deleteIfExists(folder.resolve("laptop/database.db-wal"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);

        everybodyTalks();
        laptop.scan(paper, drive, papers);
        everybodyTalks();

        assertAllEqual();
        assertThat(tablet.holding(drive).asserted()).isTrue();
    }

    @Test
    void whatAPersonCallsTheDeviceNowStands() throws Exception {
        takeAnotherName();
        everybodyTalks();
        loseLibrary();
        laptop.run(tx -> {
            tx.own().renameDevice("as it is called now");
            return true;
        });

        everybodyTalks();

        assertAllEqual();
        assertThat(tablet.store.readers().ask(reader -> reader.devices()).get().stream()
                .filter(row -> row.id().equals(laptop.id)).findFirst().orElseThrow().name())
                .isEqualTo("as it is called now");
    }

    @Test
    void aNameThatItHasToTakeMeanwhileClaimsNothing() throws Exception {
        loseLibrary();
        TestDevice.talk(laptop, desktop, _ -> laptop.run(tx -> tx.streams().holding(VOLUME.value()).isPresent()));
        assertThat(isLacking()).isTrue();

        takeAnotherName();
        assertThat(isLacking()).isTrue();
        List<UUID> ids = desktop.entryIds(location);
        everybodyTalks();

        assertThat(laptop.entryIds(location)).isEqualTo(ids);
        laptop.scan(location, VOLUME, top);
        everybodyTalks();
        assertAllEqual();
    }

    @Test
    void whatItWroteItselfComesBackFromWhoHearsOfItWhileTheyAreLinked() throws Exception {
        laptop.edit(TestDevice.tagOf(1), Models.NAME, "Trips");
        TestDevice.talk(laptop, desktop);
        loseLibrary();
        OpenTalks talks = new OpenTalks();
        talks.link(laptop, tablet);
        talks.settle();

        TestDevice.talk(tablet, desktop); // who does not lack it then, so that the tablet keeps it in no log
        talks.settle(); // they come to rest

        assertThat(laptop.tag(TestDevice.tagOf(1))).isPresent();
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void aBackupFromBeforeAFolderWasAddedGetsThatFolderBack() throws Exception {
        laptop.close();
        byte[] backup = Files.readAllBytes(folder.resolve("laptop/database.db"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        VolumeId later = new VolumeId(new UUID(6, 6));
        Path papers = Files.createDirectory(folder.resolve("papers"));
        Files.writeString(papers.resolve("letter"), "x");
        LocationId paper = laptop.addLocation(papers, later);
        laptop.scan(paper, later, papers);
        everybodyTalks();
        List<UUID> ids = laptop.entryIds(paper);
        laptop.close();
        Files.write(folder.resolve("laptop/database.db"), backup);
        Files.deleteIfExists(folder.resolve("laptop/database.db-wal"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);

        everybodyTalks();

        assertThat(laptop.entryIds(paper)).isEqualTo(ids).hasSize(1);
        laptop.scan(location, VOLUME, top);
        laptop.scan(paper, later, papers);
        everybodyTalks();
        assertAllEqual();
        assertThat(tablet.entryIds(paper)).isEqualTo(ids);
    }

    /// Linked to the tablet, and to a desktop that has said how far it holds streams and is slow from then on.
    private OpenTalks linkedToASlowDesktop() throws Exception {
        for (TestDevice one : List.of(laptop, desktop, tablet)) {
            one.nowMillis += 5_000;
        }
        OpenTalks talks = new OpenTalks();
        talks.link(laptop, tablet);
        talks.link(laptop, desktop);
        while (talks.said(desktop, laptop, SyncMessage.Streams.class).isEmpty()) {
            assertThat(talks.turn()).isTrue();
        }
        talks.silence(desktop, true);
        talks.settle();
        assertThat(laptop.holding(VOLUME).own()).isFalse();
        talks.silence(desktop, false);
        talks.settle();
        return talks;
    }

    @Test
    void aLaterClaimOfItsOwnThatAConnectedPeerToldOfIsWaitedFor() throws Exception {
        takeAnotherName();
        write("three.txt");
        write("four.txt");
        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, desktop);
        List<UUID> ids = desktop.entryIds(location);
        loseLibrary();

        OpenTalks talks = linkedToASlowDesktop();

        assertThat(laptop.entryIds(location)).isEqualTo(ids).hasSize(4);
        laptop.scan(location, VOLUME, top);
        talks.settle();
        everybodyTalks();
        assertAllEqual();
        assertThat(desktop.entryIds(location)).isEqualTo(ids);
    }

    @Test
    void aDriveThatAnotherDeviceHasTakenStaysThatDevices() throws Exception {
        desktop.run(tx -> {
            tx.streams().claim(VOLUME.value());
            return true;
        });
        write("three.txt");
        desktop.scan(location, VOLUME, top);
        loseLibrary();

        OpenTalks _ = linkedToASlowDesktop();

        everybodyTalks();
        assertAllEqual();
        assertThat(desktop.holding(VOLUME).own()).isTrue();
        assertThat(laptop.entries()).isEqualTo(3);
    }

    @Test
    void aLaterCutOfOneThatDoesWithoutAFolderIsNotWaitedFor() throws Exception {
        write("three.txt");
        laptop.scan(location, VOLUME, top);
        TestDevice.talk(laptop, desktop);
        desktop.run(tx -> {
            tx.own().keepEntries(location, false);
            return true;
        });
        loseLibrary();
        OpenTalks talks = new OpenTalks();
        talks.link(laptop, desktop);
        talks.link(laptop, tablet);

        talks.settle();

        assertThat(laptop.holding(VOLUME).own()).isTrue();
        laptop.scan(location, VOLUME, top);
        assertThat(laptop.entries()).isEqualTo(3);
    }
}

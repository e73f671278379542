package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Some rows of a drive's newest cut are here, and their owner is gone; others hold an earlier one (ADR 244).
///
/// The laptop has the drive, with a small folder whose rows come first and a large one. The desktop got all of it
/// before it changed, the tablet only the beginning, after that.
final class EarlierCutTest extends StreamFixture {

    private static final VolumeId DRIVE = new VolumeId(new UUID(6, 6));
    private static final LocationId SMALL = new LocationId(new UUID(1, 1));
    private static final LocationId LARGE = new LocationId(new UUID(2, 2));
    private static final LocationId UNSEEN = new LocationId(new UUID(3, 3));

    /// For all tests, which leave it as it is.
    @TempDir
    static Path large;

    private TestDevice phone;
    private Path small;

    @BeforeAll
    static void fillLarge() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            Files.createFile(large.resolve("file " + i));
        }
    }

    @BeforeEach
    void addDrive() throws Exception {
        phone = new TestDevice(folder.resolve("phone"), 4);
        phone.join(laptop.run(tx -> tx.state().library()));
        for (TestDevice other : new TestDevice[] {laptop, desktop, tablet}) {
            other.knows(phone);
            phone.knows(other);
        }
        small = Files.createDirectory(folder.resolve("small"));
        for (String name : new String[] {"changes", "goes", "stays"}) {
            Files.writeString(small.resolve(name), name);
        }
        laptop.addLocation(small, SMALL, DRIVE);
        laptop.addLocation(large, LARGE, DRIVE);
    }

    @AfterEach
    void closePhone() {
        phone.close();
    }

    /// What is not found counts as gone only once all of the drive was looked at.
    private void scanDrive(boolean wholly) throws Exception {
        if (!wholly) {
            laptop.addLocation(Files.createDirectory(folder.resolve("unseen")), UNSEEN, DRIVE);
        }
        laptop.scan(LARGE, DRIVE, large);
        laptop.scan(SMALL, DRIVE, small);
        assertThat(laptop.holding(DRIVE).asserted()).isEqualTo(wholly);
    }

    private void changeSmall() throws Exception {
        Files.writeString(small.resolve("changes"), "more than before");
        Files.delete(small.resolve("goes"));
        Files.createDirectory(small.resolve("new"));
        Files.move(small.resolve("stays"), small.resolve("new/moved"));
        laptop.scan(SMALL, DRIVE, small);
    }

    /// The rows of the small folder are among them.
    private void sendBeginning(TestDevice device) throws Exception {
        TestDevice.talk(laptop, device, _ -> device.run(tx -> tx.streams().holding(DRIVE.value()))
                .filter(held -> held.received() > 0).isPresent());
        assertThat(device.holding(DRIVE).mark()).isEqualTo(-1);
        assertThat(device.holding(DRIVE).received()).isEqualTo(laptop.holding(DRIVE).mark());
        assertThat(device.entryIds(SMALL)).isEqualTo(laptop.entryIds(SMALL));
    }

    private static boolean lacks(TestDevice device) throws Exception {
        return device.run(tx -> tx.backfill().isUnderWay());
    }

    private void assertEqual(TestDevice device, TestDevice other) throws Exception {
        assertThat(device.hash()).isEqualTo(other.hash());
        assertThat(device.holding(DRIVE).servable()).isTrue();
    }

    @Test
    void whoHasSomeRowsOfACutThatNobodyHasTakesAnEarlierOne() throws Exception {
        breakOff(true);

        TestDevice.talk(tablet, desktop);

        assertEqual(tablet, desktop);
        assertThat(lacks(tablet)).isFalse();
    }

    @Test
    void whenTheOwnerIsBackAllIsAsItSays() throws Exception {
        breakOff(true);
        TestDevice.talk(tablet, desktop);

        TestDevice.talk(laptop, tablet);

        assertEqual(tablet, laptop);
        TestDevice.talk(tablet, desktop);
        assertEqual(desktop, laptop);
    }

    /// The desktop has a cut; the tablet has some rows of the next one.
    ///
    /// @param asserted whether the owner has seen all of the drive
    private void breakOff(boolean asserted) throws Exception {
        scanDrive(asserted);
        TestDevice.talk(laptop, desktop);
        changeSmall();
        sendBeginning(tablet);
    }

    @Test
    void theOwnerGoesOnWhereAnotherBrokeOff() throws Exception {
        TestDevice.talk(tablet, desktop); // so that later nothing else is waited for
        breakOff(true);
        var newest = tablet.entryIds(SMALL);
        TestDevice.talk(tablet, desktop, _ -> !tablet.entryIds(SMALL).containsAll(newest));
        assertThat(tablet.holding(DRIVE).mark()).as("what had changed is not as before yet").isEqualTo(-1);
        assertThat(lacks(tablet)).isTrue();

        TestDevice.talk(laptop, tablet);

        assertEqual(tablet, laptop);
    }

    @Test
    void whereverALinkBreaksNobodyWithoutACutHasAll() throws Exception {
        breakOff(true);

        for (int messages = 1; !TestDevice.talk(tablet, desktop, messages); messages++) {
            assertThat(lacks(tablet) || tablet.holding(DRIVE).servable()).as("after " + messages).isTrue();
        }

        assertEqual(tablet, desktop);
    }

    /// Absence does not count yet: what is here of the later cut stays.
    @Test
    void whileTheOwnerHasNotSeenAllOfADriveNothingGoesForTheSakeOfAnEarlierCut() throws Exception {
        breakOff(false);
        var newest = tablet.entryIds(SMALL);

        TestDevice.talk(tablet, desktop);

        assertThat(tablet.entryIds(SMALL)).containsAll(newest).hasSize(newest.size() + 1); // what is gone at the owner
        assertThat(tablet.entries()).isEqualTo(laptop.entries() + 1);
        assertThat(lacks(tablet)).isFalse();
        laptop.scan(UNSEEN, DRIVE, folder.resolve("unseen"));
        TestDevice.talk(laptop, tablet);
        assertEqual(tablet, laptop);
    }

    @Test
    void whoHasTheLaterCutIsPreferredToWhoHasTheEarlierOne() throws Exception {
        scanDrive(false);
        TestDevice.talk(laptop, desktop);
        changeSmall();
        Path added = Files.createFile(large.resolve("added")); // its row is one of the last
        laptop.scan(LARGE, DRIVE, large);
        Files.delete(added);
        sendBeginning(tablet);
        TestDevice.talk(laptop, phone);
        OpenTalks talks = new OpenTalks();
        talks.link(tablet, desktop);
        talks.settle();
        assertThat(tablet.entryIds(LARGE)).isEqualTo(desktop.entryIds(LARGE));

        talks.link(tablet, phone);
        talks.settle();

        assertThat(tablet.entryIds(LARGE)).isEqualTo(phone.entryIds(LARGE)).isNotEqualTo(desktop.entryIds(LARGE));
    }

    /// The phone has lost its cut by wanting the small folder again, which only the desktop has, as it was before.
    @Test
    void whoTookAnEarlierCutHasNoNewsForWhoHoldsTheLaterOne() throws Exception {
        scanDrive(false);
        TestDevice.talk(laptop, desktop);
        for (TestDevice one : new TestDevice[] {phone, tablet}) {
            TestDevice.talk(laptop, one);
            keep(one, SMALL, false);
        }
        changeSmall();
        TestDevice.talk(laptop, phone);
        TestDevice.talk(laptop, tablet);
        long later = laptop.holding(DRIVE).mark();
        OpenTalks talks = new OpenTalks();
        talks.link(tablet, phone);
        talks.settle();
        keep(phone, SMALL, true);

        talks.link(phone, desktop);
        talks.settle();

        assertThat(phone.holding(DRIVE).mark()).isEqualTo(desktop.holding(DRIVE).mark()).isLessThan(later);
        assertThat(tablet.holding(DRIVE).mark()).isEqualTo(later);
        talks.link(phone, laptop);
        talks.settle();
        assertEqual(phone, laptop);
    }
}

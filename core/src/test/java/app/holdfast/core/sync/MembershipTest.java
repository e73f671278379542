package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Models;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Devices that are forgotten, and devices that never come back (R11).
final class MembershipTest extends StreamFixture {

    private static void forget(TestDevice at, TestDevice forgotten, boolean removeData) throws Exception {
        at.run(tx -> {
            tx.members().revoke(forgotten.id);
            if (removeData) {
                tx.streams().takeAway(forgotten.id);
            }
            return true;
        });
    }

    @Test
    void whatAForgottenDeviceHasNotAcknowledgedDoesNotHoldTheLog() throws Exception {
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(laptop, tablet);
        TestDevice.talk(laptop, desktop);
        laptop.edit(new UUID(1, 1), Models.NAME, "Trips");
        TestDevice.talk(laptop, desktop);
        assertThat(laptop.loggedChanges()).as("the tablet may still want it").isPositive();

        forget(laptop, tablet, false);
        TestDevice.talk(laptop, desktop);

        assertThat(laptop.loggedChanges()).isZero();
    }

    @Test
    void whatAForgottenDeviceGaveStays() throws Exception {
        TestDevice.talk(laptop, desktop);
        long entries = desktop.entries();

        forget(desktop, laptop, false);
        TestDevice.talk(desktop, tablet);

        assertThat(tablet.entries()).isEqualTo(entries).isPositive();
        assertThat(tablet.holding(VOLUME).claim().owner()).isEqualTo(laptop.id);
    }

    @Test
    void theDrivesOfAForgottenDeviceGoEverywhereWhenThatIsAsked() throws Exception {
        VolumeId own = new VolumeId(new UUID(6, 6));
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(mine.resolve("mine.txt"), "mine");
        LocationId top = desktop.addLocation(mine, own);
        desktop.scan(top, own, mine);
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);

        forget(desktop, laptop, true);
        TestDevice.talk(desktop, tablet);

        for (TestDevice one : List.of(desktop, tablet)) {
            assertThat(one.entryIds(location)).isEmpty();
            assertThat(one.hash().rows()).containsEntry(Models.ENTRY, 1L).containsEntry(Models.VOLUME, 1L)
                    .containsEntry(Models.LOCATION, 1L);
        }
        assertThat(tablet.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void theDrivesGoAsWellWhereTheForgottenDeviceHadBeenAheadOfWhoeverForgetsIt() throws Exception {
        TestDevice.talk(laptop, desktop);
        write("d/four.txt", "four");
        scan(laptop);
        TestDevice.talk(laptop, tablet);

        forget(desktop, laptop, true);
        TestDevice.talk(desktop, tablet);
        TestDevice.talk(desktop, tablet);

        assertThat(tablet.entries()).isZero();
        assertThat(tablet.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void aMemberThatNeverReturnsKeepsNobodyWaiting() throws Exception {
        TestDevice.talk(laptop, desktop);
        String text = "x".repeat(20_000);
        for (int i = 0; i < 60; i++) { // more than a log holds
            laptop.edit(new UUID(2, i), Models.NAME, text + i);
        }

        TestDevice.talk(laptop, desktop);
        laptop.edit(new UUID(1, 1), Models.NAME, "Trips");
        TestDevice.talk(laptop, desktop);

        assertThat(desktop.tag(new UUID(1, 1)).orElseThrow().value(Models.NAME)).isEqualTo(new Value.Text("Trips"));
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }
}

package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.OwnedStreams;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When a device that has joined takes what it has for all (ADR 228). The laptop has the library; the other two joined.
final class HavingAllTest extends StreamFixture {

    private final OpenTalks talks = new OpenTalks();

    private static boolean lacks(TestDevice device) throws Exception {
        return device.run(tx -> tx.backfill().isUnderWay());
    }

    private void assertHasAll(TestDevice device) throws Exception {
        assertThat(lacks(device)).isFalse();
        assertThat(device.noted(SyncEvent.Kind.BACKFILL_ENDED)).isOne();
        assertThat(device.hash()).isEqualTo(laptop.hash());
    }

    @Test
    void whoFoundedALibraryLacksNothing() throws Exception {
        assertThat(lacks(laptop)).isFalse();
    }

    @Test
    void twoThatHaveJoinedAndAreEqualLackWhatNeitherHas() throws Exception {
        OpenTalks.Side atTablet = talks.link(tablet, desktop);
        talks.settle();

        assertThat(atTablet.session.progress().state()).isEqualTo(Progress.State.UP_TO_DATE);
        assertThat(lacks(tablet)).isTrue();
        assertThat(lacks(desktop)).isTrue();

        talks.link(desktop, laptop);
        talks.settle();

        assertHasAll(desktop);
        assertHasAll(tablet);
    }

    @Test
    void whatIsLackingIsGotFromAnyoneWhoHasIt() throws Exception {
        TestDevice.talk(laptop, desktop);
        assertThat(lacks(desktop)).isFalse();

        TestDevice.talk(tablet, desktop);

        assertThat(lacks(tablet)).isFalse();
        assertThat(tablet.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void aRestartInTheMiddleChangesNothing() throws Exception {
        talks.link(tablet, desktop);
        talks.settle();

        tablet = tablet.withoutLog();

        assertThat(lacks(tablet)).isTrue();
    }

    /// Nobody has what the laptop had.
    @Test
    void whenOnlyThoseAreLeftThatHaveJoinedAndAreEqualNothingIsLacking() throws Exception {
        talks.link(tablet, desktop);
        talks.settle();

        tablet.run(tx -> {
            tx.members().revoke(laptop.id);
            return true;
        });
        talks.settle();

        assertThat(lacks(tablet)).isFalse();
        assertThat(lacks(desktop)).isFalse();
    }

    /// The one who has all may have said so before all of it has arrived.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void nobodyTakesLessThanAllForAllInWhateverOrderThingsArrive(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            laptop.editMany(1_000 * i, 1_000);
        }
        writeMany(30);
        scan(laptop);
        if (random.nextBoolean()) {
            laptop = laptop.withoutLog();
        }
        talks.link(tablet, desktop);
        talks.link(desktop, laptop);
        OpenTalks.Side[] ends = new OpenTalks.Side[] {talks.end(desktop, tablet), talks.end(tablet, desktop),
                talks.end(desktop, laptop), talks.end(laptop, desktop)};
        int slow = random.nextInt(2, 20); // the tablet's link, so that something is under way when the other ends
        for (int turns = 0; lacks(tablet); turns++) {
            assertThat(turns).isLessThan(20_000);
            OpenTalks.Side next = ends[random.nextInt(slow) == 0 ? random.nextInt(2) : 2 + random.nextInt(2)];
            if (!talks.take(next)) {
                talks.news(next);
            }
        }
        assertThat(tablet.hash()).as("seed " + seed).isEqualTo(laptop.hash());
        assertHasAll(desktop);
    }

    /// The desktop has all while the tablet has been told of no more than the first 10,000 changes.
    @Test
    void whatIsStillToBeToldIsToldBeforeTheWordThatItIsAll() throws Exception {
        laptop.run(tx -> {
            tx.members().admit(new DeviceId("44".repeat(32)), "a phone that is away"); // only the laptop can tell
            return true;
        });
        talks.link(tablet, desktop);
        talks.link(desktop, laptop);
        int written = 0;
        while (!holdsDrives(tablet)) {
            laptop.editMany(written++, 1); // something is always under way, so that the laptop does not say it
            assertThat(talks.turn()).isTrue();
        }
        assertThat(lacks(desktop)).isTrue();
        for (int i = 0; i < 12; i++) {
            laptop.editMany(written + 1_000 * i, 1_000);
        }
        talks.silence(tablet, true);
        while (lacks(desktop)) {
            assertThat(talks.turn()).isTrue();
        }
        assertThat(lacks(tablet)).isTrue();

        talks.silence(tablet, false);
        while (lacks(tablet)) {
            assertThat(talks.turn()).isTrue();
        }

        assertHasAll(desktop);
        assertHasAll(tablet);
    }

    /// Everything that the laptop owns.
    private boolean holdsDrives(TestDevice device) throws Exception {
        List<Long> marks = laptop.run(tx -> tx.streams().all().stream().filter(OwnedStreams.Holding::own)
                .map(OwnedStreams.Holding::mark).toList());
        List<Long> held = device.run(tx -> tx.streams().all().stream()
                .filter(holding -> holding.claim().owner().equals(laptop.id) && holding.servable())
                .map(OwnedStreams.Holding::mark).toList());
        return held.size() == marks.size();
    }

    /// Both cover the same from an earlier link, and nothing but the greeting has come.
    @Test
    void aPeerThatHasNotSaidWhatItHoldsOfDrivesMayHaveMore() throws Exception {
        desktop.run(tx -> {
            tx.members().revoke(laptop.id);
            return true;
        });
        VolumeId own = new VolumeId(new UUID(6, 6));
        LocationId many = desktop.addLocation(things, own);
        desktop.scan(many, own, things);
        TestDevice.talk(tablet, desktop, _ -> covered(tablet).equals(covered(desktop)));
        assertThat(tablet.entries()).isZero();

        talks.link(tablet, desktop);
        while (lacks(tablet)) {
            assertThat(talks.turn()).isTrue();
        }

        assertThat(tablet.noted(SyncEvent.Kind.BACKFILL_ENDED)).isOne();
        assertThat(tablet.hash()).isEqualTo(desktop.hash());
    }

    private static VersionVector covered(TestDevice device) throws Exception {
        return device.run(tx -> tx.shared().vector());
    }

    /// All rows of its cut seem to be here once the first page is: only the list of leaves tells what is not.
    @Test
    void aStreamThatBrokeOffIsNotHeldYetWhenItsSourceComesBack() throws Exception {
        VolumeId last = new VolumeId(new UUID(-1, -1)); // its rows are the last to come
        writeMany(5_000);
        LocationId many = laptop.addLocation(things.resolve("many"), last);
        laptop.scan(many, last, things.resolve("many"));
        talks.link(tablet, laptop);
        while (tablet.run(tx -> tx.streams().holding(last.value()).filter(held -> held.received() > 0)).isEmpty()) {
            assertThat(talks.turn()).isTrue();
        }
        assertThat(tablet.holding(last).mark()).isEqualTo(-1);
        talks.unlink(tablet, laptop);

        talks.link(tablet, laptop);
        for (int turns = 0; lacks(tablet); turns++) {
            assertThat(turns).isLessThan(20_000);
            talks.turn();
        }

        assertHasAll(tablet);
    }
}

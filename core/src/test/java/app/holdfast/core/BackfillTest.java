package app.holdfast.core;

import static app.holdfast.core.Awaited.await;
import static app.holdfast.core.Awaited.get;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.TagId;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a device that joins says that it has all (ADR 228): three whole libraries over kwik on loopback. The first one
/// lets the second in and exchanges nothing at first; the second, which lacks everything, lets the third in.
final class BackfillTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    @TempDir
    private Path folder;

    private Holdfast one;
    private Holdfast two;
    private Holdfast three;
    private DeviceId oneId;
    private DeviceId twoId;
    private DeviceId threeId;

    @BeforeEach
    void letIn() throws Exception {
        oneId = Holdfast.initialise(folder.resolve("one"), "one");
        twoId = Holdfast.initialise(folder.resolve("two"), "two");
        threeId = Holdfast.initialise(folder.resolve("three"), "three");
        one = Holdfast.open(folder.resolve("one"));
        two = Holdfast.open(folder.resolve("two"));
        three = Holdfast.open(folder.resolve("three"));
        submit(one, new Command.CreateTag(new TagId(one.newId()), "Trips", Optional.empty(), Optional.empty()));
        submit(one, new Command.PauseSync(Optional.empty()));
        Devices atOne = one.connect(LOOPBACK);
        Devices atTwo = two.connect(LOOPBACK);
        get(atTwo.join(invitation(atOne), (_, _) -> true));
        get(three.connect(LOOPBACK).join(invitation(atTwo), (_, _) -> true));
        awaitSame(two, threeId);
        awaitSame(three, twoId);
    }

    private static String invitation(Devices of) throws Exception {
        return get(of.invite(true, Duration.ofMinutes(5))).ticket();
    }

    @AfterEach
    void close() {
        three.close();
        two.close();
        one.close();
    }

    private static void submit(Holdfast device, Command command) throws Exception {
        get(device.library().submit(command));
    }

    private static void awaitSame(Holdfast device, DeviceId peer) throws Exception {
        await(device, reader -> reader.syncStatus().peers().stream()
                .filter(each -> each.id().equals(peer) && each.state() == PeerState.UP_TO_DATE).findFirst());
    }

    private static void awaitState(Holdfast device, SyncStatus.State state) throws Exception {
        await(device, reader -> Optional.of(reader.syncStatus()).filter(status -> status.state() == state));
    }

    private static List<Kind> events(Holdfast device) {
        return device.library().ask(reader -> reader.syncEvents(1_000, 0)).stream().map(SyncEvent::kind).toList();
    }

    private static void assertHasAll(Holdfast device) throws Exception {
        awaitState(device, SyncStatus.State.READY);
        await(device, reader -> reader.syncEvents(1_000, 0).stream()
                .filter(event -> event.kind() == Kind.BACKFILL_ENDED).findFirst());
        assertThat(device.library().ask(LibraryReader::tags)).extracting("name").containsExactly("Trips");
    }

    private static void assertLacks(Holdfast device) {
        assertThat(events(device)).contains(Kind.BACKFILL_BEGUN, Kind.UP_TO_DATE).doesNotContain(Kind.BACKFILL_ENDED);
        assertThat(device.library().ask(LibraryReader::syncStatus).state()).isEqualTo(SyncStatus.State.BACKFILLING);
        assertThat(device.library().ask(LibraryReader::tags)).isEmpty();
    }

    @Test
    void twoDevicesThatHaveJustJoinedAndAreEqualDoNotSayThatTheyHaveAll() throws Exception {
        assertLacks(two);
        assertLacks(three);

        submit(one, new Command.ResumeSync(Optional.empty()));

        assertHasAll(two);
        assertHasAll(three);
    }
}

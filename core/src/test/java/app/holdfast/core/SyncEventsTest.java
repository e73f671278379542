package app.holdfast.core;

import static app.holdfast.core.Awaited.await;
import static app.holdfast.core.Awaited.get;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.api.SyncEvent.Level;
import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.TagId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of two whole libraries over loopback, with whom and how seriously; `docs/what-is-tested.md` says where
/// each kind of event is expected.
final class SyncEventsTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    @TempDir
    private Path folder;

    private Holdfast one;
    private Holdfast two;
    private DeviceId oneId;
    private DeviceId twoId;
    private Devices atTwo;

    @BeforeEach
    void pair() throws Exception {
        oneId = Holdfast.initialise(folder.resolve("one"), "one");
        twoId = Holdfast.initialise(folder.resolve("two"), "two");
        one = Holdfast.open(folder.resolve("one"));
        two = Holdfast.open(folder.resolve("two"));
        Devices atOne = one.connect(LOOPBACK);
        atTwo = two.connect(LOOPBACK);
        get(atTwo.join(get(atOne.invite(true, Duration.ofMinutes(5))).ticket(), (_, _) -> true));
        awaitState(one, PeerState.UP_TO_DATE);
        awaitState(two, PeerState.UP_TO_DATE);
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static void awaitState(Holdfast device, PeerState state) throws Exception {
        await(device, reader -> reader.syncStatus().peers().stream().filter(peer -> peer.state() == state)
                .findFirst());
    }

    private static SyncEvent awaitEvent(Holdfast device, Kind kind) throws Exception {
        return await(device, reader -> reader.syncEvents(1_000, 0).stream().filter(event -> event.kind() == kind)
                .findFirst());
    }

    private static void submit(Holdfast device, Command command) throws Exception {
        get(device.library().submit(command));
    }

    private static void assertIs(SyncEvent event, Level level, DeviceId device) {
        assertThat(event.level()).isEqualTo(level);
        assertThat(event.device()).contains(device);
    }

    @Test
    void bothAreToldOnceThatTheyHoldTheSameAndNotAgainBeforeTheyLinkAnew() throws Exception {
        assertIs(awaitEvent(one, Kind.UP_TO_DATE), Level.INFO, twoId);
        SyncEvent there = awaitEvent(two, Kind.UP_TO_DATE);
        assertIs(there, Level.INFO, oneId);
        assertThat(there.conversation()).isEqualTo(awaitEvent(two, Kind.LINKED).conversation());

        submit(one, new Command.CreateTag(new TagId(one.newId()), "Trips", Optional.empty(), Optional.empty()));
        await(two, reader -> reader.tags().stream().findFirst());
        awaitState(one, PeerState.UP_TO_DATE);

        List<SyncEvent> events = one.library().ask(reader -> reader.syncEvents(1_000, 0));
        assertThat(events).filteredOn(event -> event.kind() == Kind.UP_TO_DATE).hasSize(1);
    }

    @Test
    void whoeverIsPausedIsToldByWhom() throws Exception {
        submit(one, new Command.PauseSync(Optional.of(twoId)));

        SyncEvent paused = awaitEvent(one, Kind.PAUSED);
        SyncEvent there = awaitEvent(two, Kind.PAUSED_THERE);
        submit(one, new Command.ResumeSync(Optional.of(twoId)));

        assertIs(paused, Level.INFO, twoId);
        assertIs(there, Level.INFO, oneId);
        assertThat(there.conversation()).isNotZero();
        assertIs(awaitEvent(one, Kind.RESUMED), Level.INFO, twoId);
    }

    @Test
    void aConflictThatWasSettledIsToldWithWhatItWasAbout() throws Exception {
        TagId tag = new TagId(one.newId());
        submit(one, new Command.CreateTag(tag, "Trips", Optional.empty(), Optional.empty()));
        await(two, reader -> reader.tags().stream().findFirst());
        submit(one, new Command.PauseSync(Optional.empty()));
        awaitState(one, PeerState.PAUSED);
        submit(one, new Command.RenameTag(tag, "Journeys"));
        submit(two, new Command.RenameTag(tag, "Travels"));
        submit(one, new Command.ResumeSync(Optional.empty()));
        SyncConflict conflict = await(one, reader -> reader.conflicts().stream().findFirst());

        submit(one, new Command.SettleConflict(conflict.about(), Optional.empty()));

        SyncEvent settled = awaitEvent(one, Kind.SETTLED);
        assertThat(settled.level()).isEqualTo(Level.INFO);
        assertThat(settled.details()).containsEntry("model", "tag").containsEntry("record", tag.value().toString())
                .containsEntry("field", "name").containsEntry("taken", "false");
    }

    @Test
    void aRepairIsTold() throws Exception {
        submit(one, new Command.RepairLibrary());

        assertThat(awaitEvent(one, Kind.REPAIRED).level()).isEqualTo(Level.WARNING);
    }

    @Test
    void aDeviceThatIsNotLetInAnyMoreIsTold() throws Exception {
        submit(one, new Command.ForgetDevice(twoId));
        assertIs(awaitEvent(one, Kind.MEMBER_FORGOTTEN), Level.INFO, twoId);

        get(atTwo.syncNow());

        assertIs(awaitEvent(two, Kind.REFUSED), Level.WARNING, oneId);
    }

    @Test
    void aCopyOfADataDirectoryThatRunsBesideItIsTold() throws Exception {
        two.close();
        copy(folder.resolve("two"), folder.resolve("copy"));
        two = Holdfast.open(folder.resolve("two"));
        two.connect(LOOPBACK);
        awaitState(two, PeerState.UP_TO_DATE);
        try (Holdfast copy = Holdfast.open(folder.resolve("copy"))) {
            copy.connect(LOOPBACK);

            assertIs(awaitEvent(one, Kind.TWICE), Level.ERROR, twoId);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}

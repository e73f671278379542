package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.BadQuery;
import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.SearchParser;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees of sync and can do about it: two whole libraries over kwik on loopback.
final class SyncMonitorTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final long SECONDS_MAX = 60;

    @TempDir
    private Path folder;

    private Holdfast one;
    private Holdfast two;
    private DeviceId twoId;

    @BeforeEach
    void pair() throws Exception {
        Holdfast.initialise(folder.resolve("one"), "one");
        twoId = Holdfast.initialise(folder.resolve("two"), "two");
        one = Holdfast.open(folder.resolve("one"));
        two = Holdfast.open(folder.resolve("two"));
        Devices atOne = one.connect(LOOPBACK);
        Devices atTwo = two.connect(LOOPBACK);
        get(atTwo.join(get(atOne.invite(true, Duration.ofMinutes(5))).ticket(), (_, _) -> true));
        awaitState(one, PeerState.UP_TO_DATE);
        awaitState(two, PeerState.UP_TO_DATE);
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static <T> T await(Library library, Function<LibraryReader, Optional<T>> question) throws Exception {
        CompletableFuture<T> found = new CompletableFuture<>();
        try (Subscription _ = library.observe(question, answer -> answer.ifPresent(found::complete))) {
            return found.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private static SyncStatus.Peer awaitState(Holdfast device, PeerState state) throws Exception {
        return await(device.library(), reader -> reader.syncStatus().peers().stream()
                .filter(peer -> peer.state() == state).findFirst());
    }

    private static SyncEvent awaitEvent(Holdfast device, Kind kind) throws Exception {
        return await(device.library(), reader -> reader.syncEvents(1_000, 0).stream()
                .filter(event -> event.kind() == kind).findFirst());
    }

    private static void submit(Holdfast device, Command command) throws Exception {
        get(device.library().submit(command));
    }

    private TagId tagOnBoth(String name) throws Exception {
        TagId tag = new TagId(one.newId());
        submit(one, new Command.CreateTag(tag, name, Optional.empty(), Optional.empty()));
        awaitTag(two, name);
        return tag;
    }

    private static TagRow awaitTag(Holdfast device, String name) throws Exception {
        return await(device.library(), reader -> reader.tags().stream().filter(tag -> tag.name().equals(name))
                .findFirst());
    }

    /// Renames the tag on both while neither hears of the other, the second device later.
    private SyncConflict renameOnBoth(TagId tag) throws Exception {
        submit(one, new Command.PauseSync(Optional.empty()));
        awaitState(one, PeerState.PAUSED);
        submit(one, new Command.RenameTag(tag, "Journeys"));
        submit(two, new Command.RenameTag(tag, "Travels"));
        submit(one, new Command.ResumeSync(Optional.empty()));
        return await(one.library(), reader -> reader.conflicts().stream().findFirst());
    }

    @Test
    void aDeviceThatJoinsGetsAllAndSaysSo() throws Exception {
        awaitEvent(two, Kind.BACKFILL_BEGUN);
        awaitEvent(two, Kind.BACKFILL_ENDED);
        SyncEvent linked = awaitEvent(one, Kind.LINKED);
        SyncEvent there = awaitEvent(two, Kind.LINKED);

        assertThat(linked.device()).contains(twoId);
        assertThat(linked.conversation()).isNotZero().isEqualTo(there.conversation());
        assertThat(awaitState(two, PeerState.UP_TO_DATE).lastSync()).isPresent();
        assertThat(two.library().ask(LibraryReader::syncStatus).state()).isEqualTo(SyncStatus.State.READY);
    }

    @Test
    void aPauseHoldsAfterARestartAndUntilItIsResumed() throws Exception {
        submit(one, new Command.PauseSync(Optional.of(twoId)));
        awaitState(one, PeerState.PAUSED);
        one.close();
        one = Holdfast.open(folder.resolve("one"));
        one.connect(LOOPBACK);

        SyncStatus.Peer after = awaitState(one, PeerState.PAUSED);
        submit(one, new Command.CreateTag(new TagId(one.newId()), "Trips", Optional.empty(), Optional.empty()));
        assertThat(after.detail().rule().paused()).isTrue();
        assertThat(one.library().ask(LibraryReader::syncStatus).state()).isEqualTo(SyncStatus.State.PAUSED);
        assertThat(two.library().ask(LibraryReader::tags)).isEmpty();

        submit(one, new Command.ResumeSync(Optional.of(twoId)));
        awaitTag(two, "Trips");
        assertThat(one.library().ask(reader -> reader.syncEvents(100, 0)).stream().map(SyncEvent::kind))
                .contains(Kind.PAUSED, Kind.RESUMED);
    }

    @Test
    void whatHappenedIsKeptAcrossARestart() throws Exception {
        awaitEvent(one, Kind.LINKED);
        submit(one, new Command.LimitSync(Optional.of(twoId), Optional.of(500_000L)));
        one.close();

        one = Holdfast.open(folder.resolve("one"));

        List<SyncEvent> events = one.library().ask(reader -> reader.syncEvents(1_000, 0));
        assertThat(events).extracting(SyncEvent::kind).contains(Kind.MEMBER_ADDED, Kind.LINKED, Kind.LIMITED);
        assertThat(events).extracting(SyncEvent::id).isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .doesNotHaveDuplicates();
        assertThat(one.library().ask(LibraryReader::syncStatus).peers().getFirst().detail().rule().bytesPerSecond())
                .contains(500_000L);
    }

    @Test
    void aLimitForNobodyAndOneTooSmallAreRefused() {
        assertThatThrownBy(() -> submit(one, new Command.LimitSync(Optional.empty(), Optional.of(5L))))
                .hasCauseInstanceOf(CoreException.Refused.class);
        assertThatThrownBy(() -> submit(one, new Command.PauseSync(Optional.of(new DeviceId("77".repeat(32))))))
                .hasCauseInstanceOf(CoreException.NotFound.class);
    }

    @Test
    void theLosingValueIsListedWithItsDeviceAndCanBeTaken() throws Exception {
        TagId tag = tagOnBoth("Trips");

        SyncConflict conflict = renameOnBoth(tag);

        assertThat(conflict.about()).isEqualTo(new SyncConflict.Field("tag", tag.value(), "name"));
        assertThat(conflict.title()).isEqualTo("Travels");
        assertThat(conflict.kept().value()).isEqualTo("Travels");
        assertThat(conflict.kept().deviceName()).contains("two");
        assertThat(conflict.others()).extracting(SyncConflict.Version::value).containsExactly("Journeys");
        SyncConflict.Version journeys = conflict.others().getFirst();
        assertThat(journeys.deviceName()).contains("one");
        awaitEvent(one, Kind.CONFLICT);
        assertThat(one.library().ask(LibraryReader::syncStatus).conflicts()).isEqualTo(1);

        submit(one, new Command.SettleConflict(conflict.about(), Optional.of(journeys.id())));

        awaitTag(two, "Journeys");
        await(two.library(), reader -> reader.conflicts().isEmpty() ? Optional.of(true) : Optional.empty());
        assertThat(one.library().ask(LibraryReader::conflicts)).isEmpty();
        assertThat(one.library().ask(LibraryReader::syncStatus).conflicts()).isZero();
    }

    @Test
    void aConflictThatIsKeptIsGoneEverywhere() throws Exception {
        SyncConflict conflict = renameOnBoth(tagOnBoth("Trips"));
        await(two.library(), reader -> reader.conflicts().stream().findFirst());

        submit(one, new Command.SettleConflict(conflict.about(), Optional.empty()));

        await(two.library(), reader -> reader.conflicts().isEmpty() ? Optional.of(true) : Optional.empty());
        assertThat(two.library().ask(LibraryReader::tags).getFirst().name()).isEqualTo("Travels");
        assertThatThrownBy(() -> submit(one, new Command.SettleConflict(conflict.about(), Optional.empty())))
                .hasCauseInstanceOf(CoreException.NotFound.class);
    }

    @Test
    void nothingIsWrongWithAHealthyLibrary() throws Exception {
        tagOnBoth("Trips");
        renameOnBoth(tagOnBoth("Places"));
        addFolder();

        assertThat(one.library().ask(LibraryReader::checkup).findings()).isEmpty();
        assertThat(two.library().ask(LibraryReader::checkup).findings()).isEmpty();
        assertThat(one.library().ask(LibraryReader::checkup).checks()).isGreaterThan(10);
    }

    private void addFolder() throws Exception {
        Path top = Files.createDirectories(folder.resolve("things/below"));
        for (int i = 0; i < 20; i++) {
            Files.writeString(top.resolve("file " + i), "x".repeat(i));
        }
        submit(one, new Command.AddLocation(new LocationId(one.newId()), folder.resolve("things"), Optional.empty()));
        await(two.library(), reader -> reader.summary().counts().entries() == 21 ? Optional.of(true)
                : Optional.empty());
        await(two.library(), reader -> filesRead(reader) == 19 ? Optional.of(true) : Optional.empty());
        awaitState(two, PeerState.UP_TO_DATE);
    }

    /// What was read in files is part of the library, and comes a while after them.
    private static int filesRead(LibraryReader reader) {
        try {
            var query = SearchParser.parse("copies:1", ZoneOffset.UTC);
            return reader.keys(new EntryScope.Query(query), EntrySort.BY_NAME).count();
        } catch (BadQuery e) {
            throw new IllegalStateException(e);
        }
    }

    /// Closes the second library, damages its file, opens it again without and then with the network.
    private void damage(String... statements) throws Exception {
        two.close();
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("two/database.db"))) {
            for (String statement : statements) {
                file.createStatement().execute(statement);
            }
        }
        two = Holdfast.open(folder.resolve("two"));
    }

    private void findAndRepair(Checkup.Code code) throws Exception {
        assertThat(two.library().ask(LibraryReader::checkup).findings()).extracting(Checkup.Finding::code)
                .contains(code);
        two.connect(LOOPBACK);
        submit(two, new Command.RepairLibrary());
    }

    private void awaitSameAgain() throws Exception {
        String wanted = one.library().ask(reader -> reader.hash().hash());
        await(two.library(), reader -> reader.hash().hash().equals(wanted) ? Optional.of(true) : Optional.empty());
        assertThat(two.library().ask(LibraryReader::checkup).findings()).isEmpty();
    }

    @Test
    void viewsThatWereDamagedAreMadeAgain() throws Exception {
        tagOnBoth("Trips");
        damage("update tag set name = 'Tripe'", "insert into conflict values ('tag', zeroblob(16), 1)");

        findAndRepair(Checkup.Code.VIEW_DIFFERS);

        assertThat(two.library().ask(LibraryReader::tags).getFirst().name()).isEqualTo("Trips");
        awaitSameAgain();
    }

    @Test
    void rowsThatWereDamagedAreGotAgainFromTheirOwner() throws Exception {
        addFolder();
        damage("update entry set size = -5 where name = 'file 7'", "update entry set name = '' where name = 'file 9'");

        findAndRepair(Checkup.Code.ROW_DAMAGED);

        awaitSameAgain();
    }

    @Test
    void aValueThatWasDamagedIsFoundByWhatItsOwnerSigned() throws Exception {
        addFolder();
        damage("update entry set size = 77 where name = 'file 7'");

        findAndRepair(Checkup.Code.STREAM_DIFFERS);

        awaitSameAgain();
    }

    @Test
    void contentsThatWereDamagedAreGotAgain() throws Exception {
        tagOnBoth("Trips");
        damage("update shared_dot set snapshot = x'00' where model = 'tag'");

        findAndRepair(Checkup.Code.SNAPSHOT_DAMAGED);

        awaitTag(two, "Trips");
        awaitSameAgain();
        assertThat(one.library().ask(LibraryReader::tags)).extracting(TagRow::name).containsExactly("Trips");
    }

    private Checkup.Standing poll(Holdfast device) throws Exception {
        submit(device, new Command.PollPeers());
        return device.library().ask(LibraryReader::checkup).peers().getFirst().standing();
    }

    @Test
    void theDoctorTellsHowTheOtherDeviceStands() throws Exception {
        tagOnBoth("Trips");
        awaitState(one, PeerState.UP_TO_DATE);
        assertThat(poll(one)).isEqualTo(Checkup.Standing.EQUAL);

        submit(one, new Command.PauseSync(Optional.empty()));
        await(one.library(), reader -> reader.syncStatus().peers().stream().filter(peer -> !peer.online()).findFirst());
        assertThat(poll(one)).isEqualTo(Checkup.Standing.SILENT);
    }

    @Test
    void aRecordThatWasLostIsSeenByComparingWithTheOtherDeviceAndComesBack() throws Exception {
        tagOnBoth("Trips");
        damage("delete from shared_dot where model = 'tag'");
        two.connect(LOOPBACK);
        awaitState(two, PeerState.UP_TO_DATE);

        assertThat(poll(two)).isEqualTo(Checkup.Standing.DIFFERS);

        awaitTag(two, "Trips");
        awaitEvent(two, Kind.RECONCILED);
        awaitState(two, PeerState.UP_TO_DATE);
        assertThat(poll(two)).isEqualTo(Checkup.Standing.EQUAL);
    }

    @Test
    void fieldsThatTwoDevicesChangeApartAreNoConflict() throws Exception {
        TagId tag = tagOnBoth("Trips");
        submit(one, new Command.PauseSync(Optional.empty()));
        awaitState(one, PeerState.PAUSED);
        submit(one, new Command.RenameTag(tag, "Journeys"));
        submit(two, new Command.RecolorTag(tag, TagColor.PINK));
        submit(one, new Command.ResumeSync(Optional.empty()));

        TagRow merged = await(one.library(), reader -> reader.tags().stream()
                .filter(row -> row.color() == TagColor.PINK).findFirst());
        awaitTag(two, "Journeys");

        assertThat(merged.name()).isEqualTo("Journeys");
        assertThat(one.library().ask(LibraryReader::conflicts)).isEmpty();
        assertThat(two.library().ask(LibraryReader::conflicts)).isEmpty();
    }

    @Test
    void foldersThatLieInEachOtherAreGotAgain() throws Exception {
        addFolder();
        damage("update entry set parent = key where name = 'below'");

        findAndRepair(Checkup.Code.ENTRY_CYCLE);

        awaitSameAgain();
    }

    @Test
    void rowsBeyondTheirStreamAreFound() throws Exception {
        addFolder();
        damage("update stream set mark = 1, received = 1 where subject in (select id from volume)");

        findAndRepair(Checkup.Code.ROW_BEYOND_STREAM);

        awaitSameAgain();
    }

    @Test
    void aForgottenDeviceHoldsNothingBack() throws Exception {
        tagOnBoth("Trips");
        submit(one, new Command.ForgetDevice(twoId));
        submit(one, new Command.CreateTag(new TagId(one.newId()), "Later", Optional.empty(), Optional.empty()));

        SyncEvent forgotten = awaitEvent(one, Kind.MEMBER_FORGOTTEN);

        assertThat(forgotten.device()).contains(twoId);
        assertThat(one.library().ask(LibraryReader::syncStatus).state()).isEqualTo(SyncStatus.State.ALONE);
        assertThat(two.library().ask(LibraryReader::tags)).extracting(TagRow::name).containsExactly("Trips");
    }
}

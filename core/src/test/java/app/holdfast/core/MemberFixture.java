package app.holdfast.core;

import static app.holdfast.core.Awaited.await;
import static app.holdfast.core.Awaited.get;
import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.RawMember.Talk;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.api.SyncStatus.PeerState;
import app.holdfast.core.change.Claim;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A whole library with a tag in it, and a member of it that says what a test has it say ([RawMember]).
abstract class MemberFixture {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    /// An entry of the member's drive.
    static final UUID SOUND = new UUID(7, 4);

    @TempDir
    Path folder;

    Holdfast library;
    RawMember member;
    /// What the library holds before the member says anything.
    LibraryHash before;
    /// What each of the two says of itself.
    Claim members;
    Claim librarys;

    @BeforeEach
    void joinAsAMember() throws Exception {
        DeviceId self = Holdfast.initialise(folder.resolve("library"), "library");
        Holdfast.initialise(folder.resolve("member"), "member");
        library = Holdfast.open(folder.resolve("library"));
        Devices devices = library.connect(LOOPBACK);
        get(library.library().submit(new Command.CreateTag(new TagId(library.newId()), "Trips", Optional.empty(),
                Optional.empty())));
        try (Holdfast joining = Holdfast.open(folder.resolve("member"))) {
            get(joining.connect(LOOPBACK).join(get(devices.invite(true, Duration.ofMinutes(5))).ticket(),
                    (_, _) -> true));
            awaitUpToDate(library);
            awaitUpToDate(joining);
        }
        member = new RawMember(folder.resolve("member"), self, addressOf(devices));
        before = hash();
        learnClaims(self);
    }

    private static InetSocketAddress addressOf(Devices devices) {
        String[] at = devices.reachable().addresses().getFirst().split(":");
        return new InetSocketAddress(at[0], Integer.parseInt(at[1]));
    }

    private static void awaitUpToDate(Holdfast device) throws Exception {
        await(device, reader -> reader.syncStatus().peers().stream()
                .filter(peer -> peer.state() == PeerState.UP_TO_DATE).findFirst());
    }

    private void learnClaims(DeviceId self) throws Exception {
        Talk talk = member.link();
        try (talk) {
            talk.say(talk.hello());
            for (Claim claim : talk.claims()) {
                if (claim.owner().equals(self)) {
                    librarys = claim;
                } else {
                    members = claim;
                }
            }
        }
        awaitEvent(talk, Kind.LINK_LOST);
    }

    @AfterEach
    void close() {
        member.close();
        library.close();
    }

    /// The library ends and begins again.
    void restart() throws Exception {
        library.close();
        library = Holdfast.open(folder.resolve("library"));
        member.findsAt(addressOf(library.connect(LOOPBACK)));
    }

    LibraryHash hash() throws Exception {
        return library.library().ask(LibraryReader::hash);
    }

    SyncEvent awaitEvent(Talk talk, Kind kind) throws Exception {
        return await(library, reader -> reader.syncEvents(1_000, 0).stream()
                .filter(event -> event.conversation() == talk.token && event.kind() == kind).findFirst());
    }

    /// The library has taken in what was said, and answers; it holds this, and nothing but the end of the link is told
    /// of the link afterwards.
    void assertGoesOn(Talk talk, VersionVector covered, LibraryHash held) throws Exception {
        assertThat(talk.heard()).isEqualTo(covered);
        assertThat(hash()).isEqualTo(held);

        talk.close();

        awaitEvent(talk, Kind.LINK_LOST);
        List<SyncEvent> events = library.library().ask(reader -> reader.syncEvents(1_000, 0));
        assertThat(events).extracting(SyncEvent::kind).doesNotContain(Kind.BROKEN);
    }

    /// The member says hello and has a drive with one entry, and the library holds it.
    RawDrive begin(Talk talk) throws Exception {
        talk.say(talk.hello());
        RawDrive drive = new RawDrive(member, talk).volume().location().entry(SOUND);
        drive.tell(talk);
        assertThat(drive.serve(talk).mark()).isEqualTo(drive.mark());
        assertThat(inTop()).containsExactly(SOUND);
        return drive;
    }

    /// What is shown in the top of the member's location, and counted there.
    List<UUID> inTop() throws Exception {
        EntryKeys keys = library.library().ask(reader -> reader.keys(new EntryScope.Folder(
                new LocationId(RawDrive.LOCATION), Optional.empty()), EntrySort.BY_NAME));
        List<EntryRow> rows = library.library().ask(reader -> reader.rows(keys.from(0, 10)));
        assertThat(rows).hasSize(keys.count());
        return rows.stream().map(row -> row.id().value()).toList();
    }

    Optional<EntryRow> entry(UUID id) throws Exception {
        return library.library().ask(reader -> reader.entry(new EntryId(id)));
    }
}

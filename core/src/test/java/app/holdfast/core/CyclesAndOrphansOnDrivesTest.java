package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.RawMember.Talk;
import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rows of a member's drive that lie in each other or below something that never comes, said over a real link to a
/// whole library (`docs/protocol/bad-input.md`). What no table can hold is left out, and all the others are taken.
@Timeout(120)
final class CyclesAndOrphansOnDrivesTest extends MemberFixture {

    private static final UUID ONE = new UUID(7, 1);
    private static final UUID OTHER = new UUID(7, 2);
    private static final UUID NEVER = new UUID(7, 3);

    private List<Checkup.Code> findings() throws Exception {
        return library.library().ask(LibraryReader::checkup).findings().stream().map(Checkup.Finding::code).toList();
    }

    private void assertGoesOn(Talk talk, LibraryHash held) throws Exception {
        assertGoesOn(talk, talk.theirs.covered().union(VersionVector.of(Map.of(talk.stranger, 1L))), held);
    }

    /// Of news those rows are taken that can be: the person is told of the others, and the link stays.
    private LibraryHash tellWhatIsLeftOut(RawDrive drive, Talk talk) throws Exception {
        drive.tellNews(talk);

        assertThat(drive.serve(talk).settled().bytes()).isNotEmpty();
        SyncEvent givenUp = awaitEvent(talk, Kind.STREAM_GIVEN_UP);
        assertThat(givenUp.details()).containsEntry("stream", RawDrive.VOLUME.toString());
        assertThat(givenUp.device()).contains(member.id);
        assertThat(inTop()).containsExactlyInAnyOrder(SOUND, OTHER);
        assertThat(entry(ONE)).isEmpty();
        assertThat(findings()).isEmpty();
        assertThat(hash().rows()).containsEntry(Models.ENTRY, 2L);
        return hash();
    }

    /// The drive is held whole once its owner says something else.
    private void assertHealed(RawDrive drive, Talk talk) throws Exception {
        drive.tellAnew(talk);

        assertThat(drive.serve(talk).mark()).isEqualTo(drive.mark());
    }

    @Test
    void anEntryThatLiesInItselfIsLeftOut() throws Exception {
        try (Talk talk = member.link()) {
            RawDrive drive = begin(talk);

            LibraryHash held = tellWhatIsLeftOut(drive.entry(ONE, ONE).entry(OTHER), talk);

            assertHealed(drive.without(ONE), talk);
            assertGoesOn(talk, held);
        }
    }

    @Test
    void anEntryOfALocationThatNeverComesIsLeftOutUntilItDoes() throws Exception {
        try (Talk talk = member.link()) {
            RawDrive drive = begin(talk);

            LibraryHash held = tellWhatIsLeftOut(drive.entry(ONE, NEVER, Map.of()).entry(OTHER), talk);

            assertHealed(drive.location(NEVER), talk);
            assertThat(entry(ONE).orElseThrow().location()).isEqualTo(new LocationId(NEVER));
            assertHealed(drive.without(ONE).without(NEVER), talk);
            assertGoesOn(talk, held);
        }
    }

    @Test
    void entriesThatLieInEachOtherAreKeptAndNotShownAndTheDoctorFindsThem() throws Exception {
        try (Talk talk = member.link()) {
            RawDrive drive = begin(talk);
            LibraryHash sound = hash();

            drive.entry(ONE, NEVER).entry(NEVER, ONE).tellNews(talk);

            VersionVector _ = talk.heard();
            assertThat(inTop()).containsExactly(SOUND);
            assertThat(hash().rows()).containsEntry(Models.ENTRY, 3L);
            assertThat(findings()).containsExactly(Checkup.Code.ENTRY_CYCLE);
            drive.remove(talk, ONE, NEVER);
            assertGoesOn(talk, sound);
        }
    }

    @Test
    void anEntryWhoseFolderNeverComesIsKeptOverARestartAndShownOnceItComes() throws Exception {
        RawDrive drive;
        LibraryHash sound;
        LibraryHash kept;
        try (Talk talk = member.link()) {
            drive = begin(talk);
            sound = hash();

            drive.entry(ONE, NEVER).entry(OTHER).tellNews(talk);

            VersionVector _ = talk.heard();
            kept = hash();
            assertThat(inTop()).containsExactlyInAnyOrder(SOUND, OTHER);
            assertThat(kept.rows()).containsEntry(Models.ENTRY, 3L);
            assertGoesOn(talk, kept);
        }
        restart();
        try (Talk talk = member.link()) {
            talk.say(talk.hello());
            drive.tell(talk);
            assertThat(drive.serve(talk).mark()).as("it is held whole").isEqualTo(drive.mark());
            assertThat(hash()).isEqualTo(kept);

            drive.entry(NEVER).tellNews(talk);

            VersionVector _ = talk.heard();
            assertThat(inTop()).containsExactlyInAnyOrder(SOUND, OTHER, NEVER);
            assertThat(entry(ONE).orElseThrow().parent()).contains(new EntryId(NEVER));
            drive.remove(talk, ONE, OTHER, NEVER);
            assertGoesOn(talk, talk.theirs.covered(), sound);
        }
    }

    @Test
    void aLocationWhoseDriveNeverComesIsLeftOutWithAllThatLiesInIt() throws Exception {
        try (Talk talk = member.link()) {
            talk.say(talk.hello());
            RawDrive drive = new RawDrive(member, talk).location().entry(ONE);
            VersionVector _ = talk.heard();
            LibraryHash claimed = hash();

            drive.tell(talk);

            assertThat(drive.serve(talk).settled().bytes()).isNotEmpty();
            awaitEvent(talk, Kind.STREAM_GIVEN_UP);
            assertThat(library.library().ask(LibraryReader::locations)).extracting(LocationRow::id)
                    .doesNotContain(new LocationId(RawDrive.LOCATION));
            assertThat(hash()).isEqualTo(claimed);

            drive.volume().tellAnew(talk);

            assertThat(drive.serve(talk).mark()).isEqualTo(drive.mark());
            assertThat(inTop()).containsExactly(ONE);
            assertGoesOn(talk, hash());
        }
    }
}

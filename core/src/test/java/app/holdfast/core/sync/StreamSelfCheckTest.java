package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.Models;
import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.StreamCheck;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows that are held of others' streams are read anew from time to time (ADR 237), in virtual time.
final class StreamSelfCheckTest extends StreamFixture {

    private static final long HOUR_MILLIS = 3_600_000;
    private static final String NOTICED = "drop trigger entry_changed";

    private OpenTalks talks;

    @BeforeEach
    void link() throws Exception {
        laptop.checksItself();
        desktop.checksItself();
        writeMany(1_500);
        scan(laptop);
        talks = new OpenTalks();
        talks.link(laptop, desktop);
        talks.settle();
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    private void pass(long millis) throws Exception {
        talks.pass(millis, laptop, desktop);
    }

    /// All of it, a stretch a time.
    private static List<Holding> read(TestDevice device) throws Exception {
        var damaged = new ArrayList<Holding>();
        var check = new StreamCheck();
        while (!check.isOver()) {
            device.run(tx -> check.goOn(tx, 1)).ifPresent(damaged::add);
        }
        return damaged;
    }

    @Test
    void whatTheDiskHasChangedInARowIsFoundAndGotAgainThoughNobodyAsks() throws Exception {
        desktop.sql(NOTICED);
        assertThat(desktop.sql("update entry set size = 77 where name in ('two.txt', 'file 1234')")).isEqualTo(2);

        pass(2 * HOUR_MILLIS);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.notes).filteredOn(note -> note.kind() == SyncEvent.Kind.DIFFERED).singleElement()
                .satisfies(note -> {
                    assertThat(note.peer()).isEqualTo(laptop.id);
                    assertThat(note.details()).isEqualTo(Map.of("stream", VOLUME.value().toString()));
                });
        assertThat(laptop.noted(SyncEvent.Kind.DIFFERED)).isZero();
    }

    @Test
    void whatAnotherProgramHasChangedInARowIsFoundThoughTheTableHasNoticedIt() throws Exception {
        assertThat(desktop.sql("update entry set size = 77 where name = 'two.txt'")).isEqualTo(1);

        pass(2 * HOUR_MILLIS);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.noted(SyncEvent.Kind.DIFFERED)).isEqualTo(1);
    }

    @Test
    void aRowThatIsLostIsGotAgain() throws Exception {
        desktop.sql("drop trigger entry_gone");
        assertThat(desktop.sql("delete from entry where name = 'file 700'")).isEqualTo(1);

        pass(2 * HOUR_MILLIS);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.noted(SyncEvent.Kind.DIFFERED)).isEqualTo(1);
    }

    @Test
    void damageThatComesLaterIsFoundInTheNextHour() throws Exception {
        pass(2 * HOUR_MILLIS);
        desktop.sql(NOTICED);
        desktop.sql("update entry set name = 'three' where name = 'three.txt'");

        pass(2 * HOUR_MILLIS);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.noted(SyncEvent.Kind.DIFFERED)).isEqualTo(1);
    }

    @Test
    void whereAllIsRightNothingIsSaidButTheHourlyWordAboutSharedRecords() throws Exception {
        int before = talks.said.size();

        pass(3 * HOUR_MILLIS);

        assertThat(talks.said.subList(before, talks.said.size()))
                .allMatch(said -> said.message() instanceof SyncMessage.Check);
        assertThat(desktop.notes).noneMatch(note -> note.kind() == SyncEvent.Kind.DIFFERED);
        assertThat(desktop.holding(VOLUME).servable()).isTrue();
    }

    @Test
    void rowsThatComeAndGoWhileTheyAreReadAreNoDamage() throws Exception {
        var check = new StreamCheck();
        int jobs = 0;
        while (!check.isOver()) {
            Optional<Holding> damaged = desktop.run(tx -> check.goOn(tx, 1));
            assertThat(damaged).isEmpty();
            if (jobs < 5) {
                write("new/" + jobs, "new");
                Files.delete(things.resolve("many/" + jobs + "/file " + jobs * 100));
                scan(laptop);
                talks.settle();
            }
            jobs++;
        }

        assertThat(jobs).isGreaterThan(4);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    @Test
    void aStreamOfWhichHalfACutIsHereIsNotCalledDamaged() throws Exception {
        desktop.run(tx -> {
            Holding held = tx.streams().holding(VOLUME.value()).orElseThrow();
            tx.streams().received(held, held.mark() + 1);
            return true;
        });
        desktop.sql("update entry set size = 77 where name = 'two.txt'");

        assertThat(read(desktop)).isEmpty();
        List<UUID> damaged = desktop.run(tx -> tx.streams().check());
        assertThat(damaged).isEmpty();
        assertThat(desktop.holding(VOLUME).mark()).isNotNegative();
    }

    @Test
    void rowsThatCannotBeReadAtAllArePassedOverAndEndNoConversation() throws Exception {
        desktop.sql(NOTICED);
        assertThat(desktop.sql("update entry set id = x'01' where name = 'two.txt'")).isEqualTo(1);

        pass(2 * HOUR_MILLIS);

        laptop.edit(TestDevice.tagOf(1), Models.NAME, "one");
        talks.settle();
        assertThat(desktop.tag(TestDevice.tagOf(1))).isPresent();
    }

    @Test
    void whatADeviceSaysOfItsOwnDriveIsTheNextScansToMend() throws Exception {
        laptop.sql(NOTICED);
        laptop.sql("update entry set size = 77 where name = 'two.txt'");

        assertThat(read(laptop)).isEmpty();
    }
}

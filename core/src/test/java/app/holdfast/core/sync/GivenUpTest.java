package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.store.StreamPen;
import app.holdfast.core.store.TestSql;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An owner whose stream holds what nobody can take: it is not asked for that without end.
class GivenUpTest extends StreamFixture {

    private final OpenTalks talks = new OpenTalks();
    private long whole;

    /// A folder of the laptop's lies in itself by damage, and the laptop signs that.
    @BeforeEach
    void damage() throws Exception {
        TestDevice.talk(laptop, tablet);
        whole = laptop.entries();
        layInItself();
    }

    /// A scan mends it.
    private void layInItself() throws Exception {
        assertThat(laptop.sql("update entry set parent = key where name = 'b'")).isEqualTo(1);
    }

    private List<SyncNote> givenUp() {
        return desktop.notes.stream().filter(note -> note.kind() == SyncEvent.Kind.STREAM_GIVEN_UP).toList();
    }

    /// How often the laptop was asked to compare its drive, or to wait for something new.
    private long follows() throws Exception {
        return talks.said(desktop, laptop, SyncMessage.Follow.class).stream().map(SyncMessage.Follow::claim)
                .filter(laptop.holding(VOLUME).claim().id()::equals).count();
    }

    @Test
    void aStreamThatHoldsWhatCannotBeTakenIsGivenUpAndThePersonIsTold() throws Exception {
        talks.link(laptop, desktop);
        talks.settle();

        assertThat(givenUp()).containsExactly(new SyncNote(laptop.id, SyncEvent.Kind.STREAM_GIVEN_UP,
                Map.of("stream", VOLUME.value().toString())));
        assertThat(follows()).isEqualTo(Followed.ROUNDS_MAX + 1);
        assertThat(desktop.entries()).as("what can be taken is here").isBetween(1L, whole - 1);
        assertThat(desktop.holding(VOLUME).servable()).isFalse();
    }

    @Test
    void aStreamThatWasGivenUpIsFollowedAgainWhenItChanges() throws Exception {
        talks.link(laptop, desktop);
        talks.settle();

        laptop.sql("update entry set parent = (select key from entry where name = 'a') where name = 'b'");
        write("d/four.txt", "four");
        scan(laptop);
        talks.settle();

        assertThat(givenUp()).hasSize(1);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.holding(VOLUME).servable()).isTrue();
    }

    @Test
    void eachNewWordOfItsOwnerHasAllRoundsAndNoMore() throws Exception {
        talks.link(laptop, desktop);
        talks.settle();

        for (int word = 1; word <= 3; word++) {
            long before = follows();
            write("d/" + word, "more");
            scan(laptop);
            layInItself();
            talks.settle();

            assertThat(follows() - before).isEqualTo(Followed.ROUNDS_MAX);
            assertThat(givenUp()).hasSize(1 + word);
        }
        write("d/sound", "sound");
        scan(laptop);
        talks.settle();

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    /// What lies in a folder of another location is taken when the folder was, and is offered before it.
    @Test
    void aSoundWordThatTakesTwoRoundsIsTakenThoughOneBeforeItWasGivenUp() throws Exception {
        talks.link(laptop, desktop);
        talks.settle();

        laptop.sql("update entry set parent = (select key from entry where name = 'a') where name = 'b'");
        laptop.run(tx -> {
            StreamPen pen = tx.pen(VOLUME.value());
            for (String name : List.of("three.txt", "c")) {
                TestSql.execute(tx, "update entry set location = (select location from entry where name = 'letter'),"
                        + " sequence = " + pen.next() + " where name = '" + name + "'");
            }
            return true;
        });
        talks.settle();

        assertThat(givenUp()).hasSize(1);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.holding(VOLUME).servable()).isTrue();
    }

    @Test
    void whoHasOneStreamGivenUpGoesOnWithAllElse() throws Exception {
        talks.link(laptop, desktop);
        talks.settle();

        laptop.editMany(0, 3);
        talks.settle();

        assertThat(desktop.tag(TestDevice.tagOf(2))).isPresent();
    }
}

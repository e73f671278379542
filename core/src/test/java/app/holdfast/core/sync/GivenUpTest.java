package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncEvent;
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
        assertThat(laptop.sql("update entry set parent = key where name = 'b'")).isEqualTo(1);
    }

    private List<SyncNote> givenUp() {
        return desktop.notes.stream().filter(note -> note.kind() == SyncEvent.Kind.STREAM_GIVEN_UP).toList();
    }

    @Test
    void aStreamThatHoldsWhatCannotBeTakenIsGivenUpAndThePersonIsTold() throws Exception {
        talks.link(laptop, desktop);
        talks.settle();

        assertThat(givenUp()).containsExactly(new SyncNote(laptop.id, SyncEvent.Kind.STREAM_GIVEN_UP,
                Map.of("stream", VOLUME.value().toString())));
        assertThat(talks.said(desktop, laptop, SyncMessage.Follow.class).stream().map(SyncMessage.Follow::claim)
                .filter(laptop.holding(VOLUME).claim().id()::equals)).hasSize(Followed.ROUNDS_MAX + 1);
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
    void whoHasOneStreamGivenUpGoesOnWithAllElse() throws Exception {
        talks.link(laptop, desktop);
        talks.settle();

        laptop.editMany(0, 3);
        talks.settle();

        assertThat(desktop.tag(TestDevice.tagOf(2))).isPresent();
    }
}

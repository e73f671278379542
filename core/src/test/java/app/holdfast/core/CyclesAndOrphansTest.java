package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.RawMember.Talk;
import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.ModelRegistry;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import app.holdfast.core.sync.SyncMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Records of a member that lie in each other or below something that never comes, said over a real link to a whole
/// library (`docs/protocol/bad-input.md`). Nobody can tell at receipt what is still to come: they are kept, served and
/// compared as they are, and only the view leaves out what it cannot show.
@Timeout(120)
final class CyclesAndOrphansTest extends MemberFixture {

    private static final UUID ONE = new UUID(7, 1);
    private static final UUID OTHER = new UUID(7, 2);
    private static final UUID NEVER = new UUID(7, 3);

    private long written;
    private final Map<UUID, Event> live = new HashMap<>();

    private Event tag(Talk talk, UUID id, Optional<UUID> parent) {
        var fields = new HashMap<String, Value>(Map.of(Models.NAME, new Value.Text("tag " + id)));
        parent.ifPresent(above -> fields.put(Models.PARENT, new Value.Ref(above)));
        return write(talk, Models.TAG, id, fields);
    }

    private Event of(Talk talk, String model, Map<String, Value> fields) {
        return write(talk, model, ModelRegistry.CORE.model(model).naturalId(fields), fields);
    }

    private Event write(Talk talk, String model, UUID record, Map<String, Value> fields) {
        Stamp stamp = new Stamp(new Hlc(talk.theirs.nowMillis(), 0, talk.stranger), ++written);
        var registers = new HashMap<String, Register>();
        fields.forEach((field, value) -> registers.put(field, Register.of(value, stamp)));
        Event event = new Event(stamp.dot(), model, record, new TreeSet<>(), Optional.of(Snapshot.of(registers)));
        live.put(record, event);
        return event;
    }

    /// Says events and has them taken.
    private static void say(Talk talk, Event... events) throws IOException {
        talk.say(new SyncMessage.Groups(List.of(EncodedGroup.of(new Group(List.of(events))))));
        assertThat(talk.heard().covers(events[events.length - 1].dot())).isTrue();
    }

    /// All that the member wrote is served as it was written.
    private void assertServed(Talk talk) throws IOException {
        List<Dot> dots = live.values().stream().map(Event::dot).toList();
        assertThat(talk.names()).containsAll(live.values().stream()
                .map(event -> new SyncMessage.Live(event.record(), event.dot())).toList());
        assertThat(talk.contents(dots)).containsExactlyElementsOf(live.values().stream()
                .map(event -> new SyncMessage.Content(event.dot(), event.model(), event.record(),
                        event.snapshot().orElseThrow())).toList());
    }

    /// The member deletes all that it wrote: the library is as it was before that.
    private void assertLeavesNothing(Talk talk) throws Exception {
        assertLeavesNothing(talk, before);
    }

    private void assertLeavesNothing(Talk talk, LibraryHash held) throws Exception {
        List<Event> deletes = new ArrayList<>();
        for (Event event : live.values()) {
            deletes.add(new Event(new Dot(talk.stranger, ++written), event.model(), event.record(),
                    new TreeSet<>(List.of(event.dot())), Optional.empty()));
        }
        live.clear();
        say(talk, deletes.toArray(Event[]::new));
        assertGoesOn(talk, talk.theirs.covered().union(VersionVector.of(Map.of(talk.stranger, written))), held);
    }

    /// A tag as it stands in the tree.
    private record Shown(UUID tag, Optional<UUID> parent, int depth) {}

    private List<Shown> strangeTags() throws Exception {
        return library.library().ask(LibraryReader::tags).stream().filter(tag -> !tag.name().equals("Trips"))
                .map(tag -> new Shown(tag.id().value(), tag.parent().map(TagId::value), tag.depth())).toList();
    }

    @Test
    void tagsThatLieBelowEachOtherAreKeptAndTheNewestEdgeIsNotShown() throws Exception {
        try (Talk talk = member.link()) {
            talk.say(talk.hello());

            say(talk, tag(talk, ONE, Optional.of(OTHER)), tag(talk, OTHER, Optional.of(NEVER)),
                    tag(talk, NEVER, Optional.of(ONE)));

            assertThat(strangeTags()).containsExactly(new Shown(NEVER, Optional.empty(), 0),
                    new Shown(OTHER, Optional.of(NEVER), 1), new Shown(ONE, Optional.of(OTHER), 2));
            assertServed(talk);
            assertLeavesNothing(talk);
        }
    }

    @Test
    void aTagThatLiesBelowItselfIsKeptAndShownAtTheTop() throws Exception {
        try (Talk talk = member.link()) {
            talk.say(talk.hello());

            say(talk, tag(talk, ONE, Optional.of(ONE)));

            assertThat(strangeTags()).containsExactly(new Shown(ONE, Optional.empty(), 0));
            assertServed(talk);
            assertLeavesNothing(talk);
        }
    }

    @Test
    void aCollectionThatIsAnItemOfItselfIsKeptAndShownEmpty() throws Exception {
        try (Talk talk = member.link()) {
            talk.say(talk.hello());

            say(talk, item(talk, ONE, ONE), collection(talk, ONE));

            assertThat(library.library().ask(LibraryReader::collections)).extracting(CollectionRow::entries)
                    .containsExactly(0L);
            assertServed(talk);
            assertLeavesNothing(talk);
        }
    }

    @Test
    void aTagWhoseParentNeverComesIsShownAtTheTopUntilItDoes() throws Exception {
        try (Talk talk = member.link()) {
            talk.say(talk.hello());

            say(talk, tag(talk, ONE, Optional.of(NEVER)));

            assertThat(strangeTags()).containsExactly(new Shown(ONE, Optional.empty(), 0));
            assertServed(talk);
        }
        LibraryHash kept = hash();
        restart();
        try (Talk talk = member.link()) {
            talk.say(talk.hello());
            assertThat(hash()).isEqualTo(kept);
            assertServed(talk);
            written = 0; // another stranger

            say(talk, tag(talk, NEVER, Optional.empty()));

            assertThat(strangeTags()).containsExactly(new Shown(NEVER, Optional.empty(), 0),
                    new Shown(ONE, Optional.of(NEVER), 1));
            assertServed(talk);
            assertLeavesNothing(talk);
        }
    }

    @Test
    void whatBelongsToSomethingThatNeverComesIsKeptOverARestartAndShownOnceItComes() throws Exception {
        RawDrive drive;
        LibraryHash withDrive;
        try (Talk talk = member.link()) {
            drive = begin(talk);
            withDrive = hash();
            written = 1; // the claim

            say(talk, item(talk, NEVER, SOUND), assignment(talk, OTHER, SOUND), note(talk, OTHER),
                    tag(talk, ONE, Optional.empty()));

            assertThat(strangeTags()).extracting(Shown::tag).containsExactly(ONE);
            assertThat(library.library().ask(LibraryReader::collections)).isEmpty();
            assertThat(entry(SOUND).orElseThrow().tags()).isEmpty();
            assertThat(entry(OTHER)).isEmpty();
            assertServed(talk);
        }
        LibraryHash kept = hash();
        assertThat(kept.rows()).containsEntry(Models.ASSIGNMENT, 1L).containsEntry(Models.COLLECTION_ITEM, 1L)
                .containsEntry(Models.METADATA, 1L);
        restart();
        try (Talk talk = member.link()) {
            talk.say(talk.hello());
            drive.tell(talk);
            assertThat(drive.serve(talk).mark()).isEqualTo(drive.mark());
            assertThat(hash()).isEqualTo(kept);
            assertServed(talk);
            written = 0; // another stranger

            say(talk, collection(talk, NEVER), tag(talk, OTHER, Optional.empty()));
            drive.entry(OTHER).tellNews(talk);
            VersionVector _ = talk.heard();

            assertThat(entry(SOUND).orElseThrow().tags()).extracting(EntryRow.Tag::id)
                    .containsExactly(new TagId(OTHER));
            assertThat(library.library().ask(LibraryReader::collections)).extracting(CollectionRow::entries)
                    .containsExactly(1L);
            assertThat(entry(OTHER).orElseThrow().noted().note()).isEqualTo("a note");
            assertServed(talk);
            drive.remove(talk, OTHER);
            assertLeavesNothing(talk, withDrive);
        }
    }

    private Event collection(Talk talk, UUID id) {
        return write(talk, Models.COLLECTION, id, Map.of(Models.NAME, new Value.Text("Holidays")));
    }

    private Event item(Talk talk, UUID collection, UUID subject) {
        return of(talk, Models.COLLECTION_ITEM, Map.of(Models.COLLECTION_REF, new Value.Ref(collection),
                Models.SUBJECT, new Value.Ref(subject)));
    }

    private Event assignment(Talk talk, UUID tag, UUID subject) {
        return of(talk, Models.ASSIGNMENT, Map.of(Models.TAG_REF, new Value.Ref(tag),
                Models.SUBJECT, new Value.Ref(subject)));
    }

    private Event note(Talk talk, UUID subject) {
        return of(talk, Models.METADATA, Map.of(Models.SUBJECT, new Value.Ref(subject),
                Models.NOTE, new Value.Text("a note")));
    }
}

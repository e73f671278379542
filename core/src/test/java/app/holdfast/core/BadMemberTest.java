package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.holdfast.core.RawMember.Talk;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Hash;
import app.holdfast.core.change.Head;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.Value;
import app.holdfast.core.sync.SyncMessage;
import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// What a member may say that is wrong (`docs/protocol/bad-input.md`), said over a real link to a whole library: the
/// reason is among the events of the library, the link has ended where it must, and nothing in the library has changed.
@Timeout(120)
final class BadMemberTest extends MemberFixture {

    private static final Instant IN_2099 = Instant.parse("2099-06-01T00:00:00Z");
    private static final UUID RECORD = new UUID(3, 3);

    /// Something that a member says.
    private interface Words {
        void say(Talk talk) throws Exception;
    }

    private record Line(String what, String reason, Words words) {}

    private Stream<DynamicTest> each(List<Line> lines) {
        return lines.stream().map(line -> DynamicTest.dynamicTest(line.what, () -> assertEnded(line)));
    }

    private void assertEnded(Line line) throws Exception {
        try (Talk talk = member.link()) {
            line.words.say(talk);

            Optional<String> farewell = talk.farewell(); // the link has ended
            SyncEvent broken = awaitEvent(talk, Kind.BROKEN);

            assertThat(broken.details().get("reason")).contains(line.reason);
            assertThat(broken.device()).contains(member.id);
            assertThat(broken.level()).isEqualTo(SyncEvent.Level.ERROR);
            if (!line.reason.startsWith("no message")) {
                assertThat(farewell).contains(broken.details().get("reason"));
            }
            assertThat(library.library().ask(LibraryReader::hash)).isEqualTo(before);
        }
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoMessageEndsTheLinkAndTheReasonIsAmongTheEvents() {
        return each(List.of(
                new Line("a frame that is cut", "no message: the stream ends within a frame of 100 bytes", talk -> {
                    talk.bytes(new byte[] {0, 0, 0, 100, 1, 2, 3});
                    talk.endOfBytes();
                }),
                new Line("a length that is cut", "no message: the stream ends within the length of a frame", talk -> {
                    talk.bytes(new byte[] {0, 0});
                    talk.endOfBytes();
                }),
                new Line("a frame of more than a mebibyte", "no message: a frame of 1048577 bytes",
                        talk -> talk.bytes(new byte[] {0, 0x10, 0, 1})),
                new Line("a body that grows beyond all limits", "no message: byte 1: 8388609 bytes when decompressed",
                        talk -> talk.frame(compressed((8 << 20) + 1, (8 << 20) + 1))),
                new Line("a body that is larger than it says", "no message",
                        talk -> talk.frame(compressed(1 << 10, 1 << 20))),
                new Line("a type that is not known", "no message: byte 0: a message of a type that this version does"
                        + " not know: 77", talk -> talk.frame(new byte[] {77, (byte) 0x80})),
                new Line("bytes that are no message", "no message", talk -> talk.frame(new byte[] {1, -1, -1, 5})),
                new Line("a frame without a byte", "no message: byte 0: a frame of 0 bytes",
                        talk -> talk.frame(new byte[0]))));
    }

    private static byte[] compressed(int said, int bytes) {
        byte[] body = Zstd.compress(new byte[bytes]);
        return ByteBuffer.allocate(5 + body.length).put((byte) 0x81).putInt(said).put(body).array();
    }

    @TestFactory
    Stream<DynamicTest> aGreetingThatIsWrongEndsTheLinkAndTheReasonIsAmongTheEvents() {
        return each(List.of(
                new Line("something before hello", "before hello", talk -> talk.say(new SyncMessage.NeedReconcile())),
                new Line("a second hello", "a second hello", talk -> {
                    talk.say(talk.hello());
                    talk.say(talk.hello());
                }),
                new Line("another library", "another library", talk -> {
                    SyncMessage.Hello own = talk.hello();
                    talk.say(new SyncMessage.Hello(1, 1, own.schema(), new LibraryId(new UUID(9, 9)),
                            own.incarnation(), own.covered(), own.heads(), own.nowMillis()));
                }),
                new Line("no protocol in common", "no protocol in common: 7 to 9", talk -> {
                    SyncMessage.Hello own = talk.hello();
                    talk.say(new SyncMessage.Hello(7, 9, own.schema(), own.library(), own.incarnation(),
                            own.covered(), own.heads(), own.nowMillis()));
                }),
                new Line("a sequence beyond reach", "nobody can have reached", talk -> {
                    talk.say(talk.hello());
                    talk.say(new SyncMessage.Ack(VersionVector.of(Map.of(talk.stranger, Long.MAX_VALUE))));
                }),
                new Line("names of the library that it cannot have given", "nobody can have reached",
                        talk -> talk.say(talk.hello(VersionVector.of(Map.of(talk.theirs.incarnation(), 1L << 40)))))));
    }

    @TestFactory
    Stream<DynamicTest> rangesAndContentsThatAreWrongEndTheLinkAndTheReasonIsAmongTheEvents() {
        return each(List.of(
                new Line("a manifest that nobody asked for", "a manifest that nobody asked for", talk -> {
                    talk.say(talk.hello());
                    talk.say(new SyncMessage.Manifest(talk.theirs.covered(), new TreeMap<>(), new TreeMap<>()));
                }),
                new Line("an answer that nobody asked for", "ranges that nobody asked about", talk -> {
                    talk.say(talk.hello());
                    talk.say(new SyncMessage.Compared(1, List.of(), List.of()));
                }),
                new Line("contents that nobody asked for", "contents of a dot that was not asked for", talk -> {
                    talk.say(talk.hello());
                    talk.say(new SyncMessage.Contents(List.of(content(talk, 1, RECORD)), List.of()));
                }),
                new Line("an answer about more than was asked", "an answer about 5 of 1 ranges", talk -> {
                    talk.comparing();
                    talk.say(new SyncMessage.Compared(5, List.of(), List.of()));
                }),
                new Line("the same range again", "another range than was asked about", talk -> {
                    talk.comparing();
                    talk.say(new SyncMessage.Compared(1, List.of(new SyncMessage.RangeSum(RecordRange.ALL,
                            new Fingerprint(3, 1, 1))), List.of()));
                }),
                new Line("names outside of their range", "names of another range", talk -> {
                    talk.comparing();
                    var range = new RecordRange(RecordRange.ALL.from(), Optional.of(RECORD));
                    talk.say(new SyncMessage.Compared(1, List.of(), List.of(new SyncMessage.RangeNames(range,
                            List.of(live(talk, new UUID(4, 4)))))));
                }),
                new Line("contents of another dot than was asked for", "contents of a dot that was not asked for",
                        talk -> {
                            fetching(talk);
                            talk.say(new SyncMessage.Contents(List.of(content(talk, 8, RECORD)), List.of()));
                        }),
                new Line("contents of another record than was named", "contents of another record than was named",
                        talk -> {
                            fetching(talk);
                            talk.say(new SyncMessage.Contents(List.of(content(talk, 9, new UUID(5, 5))), List.of()));
                        }),
                new Line("an answer without contents", "an answer without contents", talk -> {
                    fetching(talk);
                    talk.say(new SyncMessage.Contents(List.of(), List.of()));
                })));
    }

    private static SyncMessage.Live live(Talk talk, UUID record) {
        return new SyncMessage.Live(record, new Dot(talk.stranger, 9));
    }

    private static SyncMessage.Content content(Talk talk, long sequence, UUID record) {
        return new SyncMessage.Content(new Dot(talk.stranger, sequence), Models.TAG, record,
                name("strange", talk.stranger, sequence, Instant.ofEpochMilli(talk.theirs.nowMillis())));
    }

    private static Snapshot name(String name, Author author, long sequence, Instant when) {
        return Snapshot.of(Map.of(Models.NAME, Register.of(new Value.Text(name),
                new Stamp(new Hlc(when.toEpochMilli(), 0, author), sequence))));
    }

    /// Brings the library to ask for the stranger's ninth dot, in [#RECORD].
    private static void fetching(Talk talk) throws Exception {
        talk.comparing();
        talk.say(new SyncMessage.Compared(1, List.of(), List.of(new SyncMessage.RangeNames(RecordRange.ALL,
                List.of(live(talk, RECORD))))));
        assertThat(talk.next(SyncMessage.Fetch.class).dots()).containsExactly(new Dot(talk.stranger, 9));
    }

    @TestFactory
    Stream<DynamicTest> rowsThatAreWrongEndTheLinkAndTheReasonIsAmongTheEvents() {
        return each(List.of(
                new Line("rows of the library's own", "rows of a stream that this device owns", talk -> {
                    talk.say(talk.hello());
                    talk.say(new SyncMessage.StreamPage(librarys.id(), 1, List.of(), List.of(), 5));
                }),
                new Line("rows in another order", "rows that are out of order", talk -> {
                    Dot claim = followed(talk);
                    var row = new OwnedRow(members.subject(), Optional.empty(), 0, List.of(new Value.Text("other")));
                    talk.say(new SyncMessage.StreamPage(claim, 1, List.of(new OwnedRows(Models.DEVICE,
                            List.of(Models.NAME), List.of(row))), List.of(), 2_000));
                }),
                new Line("a stream that goes back", "a stream went back", talk -> talk.say(
                        new SyncMessage.StreamCut(followed(talk), head(0), List.of()))),
                new Line("a head that was not signed", "a head that its owner did not sign", talk -> talk.say(
                        new SyncMessage.StreamCut(followed(talk), head(1_000), List.of()))),
                new Line("leaves that were not signed", "a head that its owner did not sign", talk -> talk.say(
                        new SyncMessage.StreamLeaves(followed(talk), head(1_000), List.of(), List.of(), true))),
                new Line("leaves that nobody asked for", "leaves that nobody asked for", talk -> talk.say(
                        new SyncMessage.LeafPage(followed(talk), List.of(), 3, List.of())))));
    }

    /// Brings the library to follow the member's stream.
    private Dot followed(Talk talk) throws Exception {
        talk.say(talk.hello());
        talk.say(new SyncMessage.Streams(List.of(new SyncMessage.StreamState(members, 1_000, true, List.of())),
                false));
        assertThat(talk.next(SyncMessage.Follow.class).claim()).isEqualTo(members.id());
        return members.id();
    }

    private static Head head(long mark) {
        return new Head(mark, true, new Hash(1, 2, 3, 4), new byte[Head.SIGNATURE_BYTES_MAX]);
    }

    @TestFactory
    Stream<DynamicTest> whatIsKeptOutLeavesTheLinkAsItWas() {
        return Stream.of(
                new Line("a group that comes beyond a gap", "", talk -> {
                    talk.say(talk.hello());
                    talk.say(new SyncMessage.Groups(List.of(group(talk, 5))));
                }),
                new Line("a group that removes what nobody has", "", talk -> {
                    talk.say(talk.hello());
                    talk.say(new SyncMessage.Groups(List.of(group(talk, 1, new Dot(new Author(new UUID(8, 8)), 4)))));
                }),
                new Line("a group that is here", "", talk -> {
                    talk.say(talk.hello());
                    Dot here = talk.names().getFirst().dot();
                    talk.say(new SyncMessage.Groups(List.of(EncodedGroup.of(new Group(List.of(new Event(here,
                            Models.TAG, RECORD, new TreeSet<>(), Optional.empty())))))));
                }),
                new Line("rows on a claim that does not win", "", talk -> {
                    talk.say(talk.hello());
                    talk.say(new SyncMessage.StreamPage(new Dot(talk.stranger, 3), 1, List.of(), List.of(), 5));
                    assertThat(talk.next(SyncMessage.Unfollow.class).claim()).isEqualTo(new Dot(talk.stranger, 3));
                })).map(line -> DynamicTest.dynamicTest(line.what, () -> assertKeptOut(line)));
    }

    private static EncodedGroup group(Talk talk, long sequence, Dot... removes) {
        return EncodedGroup.of(new Group(List.of(new Event(new Dot(talk.stranger, sequence), Models.TAG, RECORD,
                new TreeSet<>(List.of(removes)), Optional.of(content(talk, sequence, RECORD).snapshot())))));
    }

    private void assertKeptOut(Line line) throws Exception {
        try (Talk talk = member.link()) {
            line.words.say(talk);
            assertGoesOn(talk, talk.theirs.covered(), before);
        }
    }

    @Test
    void aStampOfTheYear2099WaitsAndThePersonIsToldOfIt() throws Exception {
        try (Talk talk = member.link()) {
            talk.say(talk.hello());
            var group = new Group(List.of(new Event(new Dot(talk.stranger, 1), Models.TAG, RECORD, new TreeSet<>(),
                    Optional.of(name("From the future", talk.stranger, 1, IN_2099)))));
            long aheadMillis = IN_2099.toEpochMilli() - System.currentTimeMillis();

            talk.say(new SyncMessage.Groups(List.of(EncodedGroup.of(group))));

            assertThat(talk.next(SyncMessage.Ack.class).covered().of(talk.stranger)).isZero();
            SyncEvent quarantined = awaitEvent(talk, Kind.QUARANTINED);
            assertThat(quarantined.device()).contains(member.id);
            assertThat(quarantined.level()).isEqualTo(SyncEvent.Level.WARNING);
            assertThat(Long.parseLong(quarantined.details().get("millis")))
                    .isCloseTo(aheadMillis, within(TimeUnit.HOURS.toMillis(1)));
            assertThat(library.library().ask(LibraryReader::tags)).hasSize(1);
            assertGoesOn(talk, talk.theirs.covered(), before);
        }
    }
}

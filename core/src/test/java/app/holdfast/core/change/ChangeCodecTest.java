package app.holdfast.core.change;

import app.holdfast.core.model.Value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ChangeCodecTest {

    private static final long SEED = Long.getLong("seed", 20260801);
    private static final Author AUTHOR = new Author(new UUID(0x0123456789abcdefL, 0xfedcba9876543210L));
    private static final Stamp STAMP = new Stamp(new Hlc(1_780_000_000_000L, 0, AUTHOR), 7);

    @Test
    void decodingGivesBackEveryChangeThatWasEncoded() throws MalformedChange {
        System.out.println("ChangeCodecTest seed " + SEED);
        var changes = new RandomChanges(new SplittableRandom(SEED));

        for (int i = 0; i < 20_000; i++) {
            Group group = changes.group();
            Snapshot snapshot = changes.snapshot();

            assertThat(ChangeCodec.decodeGroup(ChangeCodec.encode(group))).isEqualTo(group);
            assertThat(ChangeCodec.decodeSnapshot(ChangeCodec.encode(snapshot))).isEqualTo(snapshot);
        }
    }

    @Test
    void brokenInputIsRefusedOrIsTheOneFormOfSomeChange() {
        System.out.println("ChangeCodecTest seed " + SEED);
        var changes = new RandomChanges(new SplittableRandom(SEED));
        int accepted = 0;

        for (int i = 0; i < 200_000; i++) {
            boolean ofGroup = i % 2 == 0;
            byte[] bytes = changes.mutated(
                    ofGroup ? ChangeCodec.encode(changes.group()) : ChangeCodec.encode(changes.snapshot()));
            try {
                byte[] again = ofGroup ? ChangeCodec.encode(ChangeCodec.decodeGroup(bytes))
                        : ChangeCodec.encode(ChangeCodec.decodeSnapshot(bytes));
                accepted++;
                assertThat(again).isEqualTo(bytes);
            } catch (MalformedChange e) {
                assertThat(e.offset()).isBetween(0L, (long) bytes.length);
            }
        }

        // a changed digit of a value is another change; most other damage is noticed
        assertThat(accepted).isBetween(1_000, 100_000);
    }

    @Test
    void noiseIsRefused() {
        var changes = new RandomChanges(new SplittableRandom(SEED));

        for (int i = 0; i < 50_000; i++) {
            byte[] noise = changes.bytes(i % 300);

            assertThatExceptionOfType(MalformedChange.class).isThrownBy(() -> ChangeCodec.decodeGroup(noise));
        }
    }

    @Test
    void assignmentOfOneTagTakesAtMost150Bytes() {
        var fields = Map.of("entry", Register.of(new Value.Ref(new UUID(1, 2)), STAMP),
                "tag", Register.of(new Value.Ref(new UUID(3, 4)), STAMP));
        var event = new Event(STAMP.dot(), "tag_assignment", new UUID(5, 6), new TreeSet<>(),
                Optional.of(Snapshot.of(fields)));

        byte[] bytes = ChangeCodec.encode(new Group(List.of(event)));

        System.out.println("one tag assignment: " + bytes.length + " bytes");
        assertThat(bytes).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void anIdThatFollowsFromTheValuesDoesNotTravel() throws MalformedChange {
        Map<String, Register> fields = Map.of(Models.TAG_REF, Register.of(new Value.Ref(new UUID(3, 4)), STAMP),
                Models.SUBJECT, Register.of(new Value.Ref(new UUID(1, 2)), STAMP));
        UUID id = ModelRegistry.CORE.model(Models.ASSIGNMENT).naturalId(Map.of(
                Models.TAG_REF, new Value.Ref(new UUID(3, 4)), Models.SUBJECT, new Value.Ref(new UUID(1, 2))));
        Group natural = new Group(List.of(assignment(id, fields)));
        Group other = new Group(List.of(assignment(new UUID(5, 6), fields)));

        byte[] bytes = ChangeCodec.encode(natural);

        assertThat(ChangeCodec.decodeGroup(bytes)).isEqualTo(natural);
        assertThat(contains(bytes, id)).isFalse();
        assertThat(ChangeCodec.decodeGroup(ChangeCodec.encode(other))).isEqualTo(other);
    }

    @Test
    void anIdFollowsFromTheValuesOfAModelThatThisBuildDoesNotKnow() throws MalformedChange {
        NaturalKey key = new NaturalKey("from_the_future", List.of("b", "a"));
        SortedMap<String, Register> fields = new TreeMap<>(Map.of("a", Register.of(new Value.Text("x"), STAMP),
                "b", Register.of(new Value.Whole(7), STAMP)));
        UUID id = key.idOf(fields).orElseThrow();
        Group group = new Group(List.of(new Event(STAMP.dot(), key.model(), id, new TreeSet<>(),
                Optional.of(new Snapshot(fields)))));

        byte[] bytes = GroupWriter.write(group, Map.of(key.model(), key));

        assertThat(ChangeCodec.decodeGroup(bytes)).isEqualTo(group);
        assertThat(bytes).hasSizeLessThan(ChangeCodec.encode(group).length);
    }

    private static Event assignment(UUID id, Map<String, Register> fields) {
        return new Event(STAMP.dot(), Models.ASSIGNMENT, id, new TreeSet<>(), Optional.of(Snapshot.of(fields)));
    }

    private static boolean contains(byte[] bytes, UUID id) {
        String low = HexFormat.of().toHexDigits(id.getLeastSignificantBits());
        return HexFormat.of().formatHex(bytes).contains(low);
    }

    @Test
    void bytesAreThoseOfTheProtocolDocument() {
        var snapshot = Snapshot.of(Map.of("name", Register.of(new Value.Text("Trips"), STAMP)));

        byte[] bytes = ChangeCodec.encode(snapshot);

        // docs/protocol/frames.md, section 4.3
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("85"
                + "01"
                + "8150" + "0123456789abcdeffedcba9876543210"
                + "81" + "646e616d65"
                + "84" + "1b0000019e70448800" + "00" + "00" + "07"
                + "83" + "00" + "655472697073" + "00");
    }

    @Test
    void countsThatTheBytesCannotHoldAreRefusedBeforeAnythingIsMadeForThem() {
        byte[] twoThousandMillionAuthors = HexFormat.of().parseHex("87029a7fffffff50");

        assertThatExceptionOfType(MalformedChange.class)
                .isThrownBy(() -> ChangeCodec.decodeGroup(twoThousandMillionAuthors))
                .withMessage("byte 2: an array of 2147483647 items in 1 bytes");
    }

    @Test
    void tableEntriesThatNothingUsesAreRefused() {
        byte[] unusedName = HexFormat.of().parseHex("850180" + "816161" + "8080");

        assertThatExceptionOfType(MalformedChange.class)
                .isThrownBy(() -> ChangeCodec.decodeSnapshot(unusedName))
                .withMessage("byte 3: not the one form of this change");
    }

    @Test
    void kindsOfValuesOfANewerVersionAreRefused() {
        byte[] withUndefined = ChangeCodec.encode(
                Snapshot.of(Map.of("a", Register.of(Value.NOTHING, STAMP))));
        withUndefined[withUndefined.length - 2] = (byte) 0xf7;

        assertThatExceptionOfType(MalformedChange.class)
                .isThrownBy(() -> ChangeCodec.decodeSnapshot(withUndefined))
                .withMessageContaining("a kind of value that this version does not know")
                .satisfies(e -> assertThat(e.offset()).isEqualTo(withUndefined.length - 2));
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] encoded = ChangeCodec.encode(Snapshot.of(Map.of()));
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);

        assertThatExceptionOfType(MalformedChange.class).isThrownBy(() -> ChangeCodec.decodeSnapshot(longer))
                .withMessageContaining("1 bytes after the end");
    }

    @Test
    void tuplesAreTakenToTheNamedDepthAndNoDeeper() throws MalformedChange {
        Snapshot deepest = tuples(ValueCodec.TUPLE_DEPTH_MAX);
        Snapshot deeper = tuples(ValueCodec.TUPLE_DEPTH_MAX + 1);
        byte[] bottomless = new CborWriter().array(5).whole(1).array(0).array(1).text("a").array(0)
                .array(3).whole(0).toBytes();
        byte[] nested = Arrays.copyOf(bottomless, 60_000);
        Arrays.fill(nested, bottomless.length, nested.length, (byte) 0x81);

        assertThat(ChangeCodec.decodeSnapshot(ChangeCodec.encode(deepest))).isEqualTo(deepest);
        assertThatIllegalArgumentException().isThrownBy(() -> ChangeCodec.encode(deeper));
        assertThatExceptionOfType(MalformedChange.class).isThrownBy(() -> ChangeCodec.decodeSnapshot(nested))
                .withMessageContaining("tuples deeper than 8");
    }

    @Test
    void halfASurrogatePairIsRefusedAtTheWriter() {
        Snapshot snapshot = Snapshot.of(Map.of("a", Register.of(new Value.Text("x\uD83D"), STAMP)));

        assertThatIllegalArgumentException().isThrownBy(() -> ChangeCodec.encode(snapshot))
                .withMessage("half a surrogate pair at character 1");
    }

    private static Snapshot tuples(int depth) {
        Value value = Value.NOTHING;
        for (int i = 0; i < depth; i++) {
            value = new Value.Tuple(List.of(value));
        }
        return Snapshot.of(Map.of("a", Register.of(value, STAMP)));
    }
}

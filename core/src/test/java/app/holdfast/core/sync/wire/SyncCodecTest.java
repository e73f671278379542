package app.holdfast.core.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.RecordRange;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.Value;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.transport.Link;
import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SyncCodecTest {

    private static final long SEED = Long.getLong("seed", 20260802);
    private static final Dot DOT = new Dot(new Author(new UUID(1, 2)), 3);

    @Test
    void decodingGivesBackEveryMessageThatWasEncoded() throws WireException {
        System.out.println("SyncCodecTest seed " + SEED);
        var messages = new RandomMessages(new SplittableRandom(SEED));

        for (int i = 0; i < 30_000; i++) {
            SyncMessage message = messages.message(i % RandomMessages.TYPES);

            assertThat(SyncCodec.decode(SyncCodec.encode(message))).isEqualTo(message);
        }
    }

    @Test
    void brokenFramesAreRefusedOrAreOtherMessages() {
        System.out.println("SyncCodecTest seed " + SEED);
        var messages = new RandomMessages(new SplittableRandom(SEED));
        int refused = 0;

        for (int i = 0; i < 200_000; i++) {
            SyncMessage message = messages.message(i % RandomMessages.TYPES);
            byte[] body = MessageWriter.body(message);
            byte type = (byte) MessageWriter.type(message);
            byte[] frame = framed(type, messages.mutated(body), i % 4 == 0);
            refused += refuses(i % 16 == 0 ? messages.mutated(frame) : frame) ? 1 : 0;
        }

        assertThat(refused).isBetween(50_000, 190_000);
    }

    @Test
    void noiseIsRefused() {
        var messages = new RandomMessages(new SplittableRandom(SEED));

        for (int i = 0; i < 20_000; i++) {
            byte[] noise = messages.bytes(i % 500);

            refuses(noise);
        }

        assertThat(refuses(new byte[0])).isTrue();
    }

    @Test
    void typesOfANewerVersionAreRefusedByName() {
        byte[] frame = {77, (byte) 0x80};

        assertThatExceptionOfType(WireException.class).isThrownBy(() -> SyncCodec.decode(frame))
                .withMessageContaining("a message of a type that this version does not know: 77");
    }

    @Test
    void bodiesThatWouldGrowTooLargeAreRefusedBeforeTheyAreMade() {
        byte[] bomb = framed((byte) MessageWriter.GOODBYE, new byte[SyncCodec.BODY_BYTES_MAX + 1], true);
        byte[] liar = framed((byte) MessageWriter.GOODBYE, new byte[1 << 20], true);
        ByteBuffer.wrap(liar).putInt(1, 1 << 10);

        assertThat(bomb.length).isLessThan(2_000);
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> SyncCodec.decode(bomb))
                .withMessageContaining("8388609 bytes when decompressed");
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> SyncCodec.decode(liar));
    }

    @Test
    void columnsThatSayAllTheSameDoNotMultiplyWithoutLimit() {
        var out = new CborWriter().array(6).id(new UUID(1, 2)).whole(3).whole(1).whole(0).array(1);
        out.array(7).text("entry").array(10_000);
        IntStream.range(0, 10_000).forEach(_ -> out.text(""));
        out.unsigned(OwnedRows.ROWS_MAX);

        byte[] frame = framed((byte) MessageWriter.STREAM_PAGE, out.toBytes(), false);

        assertThatExceptionOfType(WireException.class).isThrownBy(() -> SyncCodec.decode(frame))
                .withMessageContaining("a page of more than 262144 values");
    }

    @Test
    void messagesLargerThanAFrameAreRefusedAtTheWriter() {
        byte[] incompressible = new RandomMessages(new SplittableRandom(SEED)).bytes(SyncCodec.FRAME_BYTES_MAX);
        var rows = new OwnedRows("entry", List.of("note"),
                List.of(new OwnedRow(new UUID(1, 2), Optional.empty(), 1, List.of(new Value.Bytes(incompressible)))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SyncCodec.encode(new SyncMessage.StreamPage(DOT, 1, List.of(rows), List.of(), 1)))
                .withMessageContaining("fit in a frame");
        assertThat(SyncCodec.FRAME_BYTES_MAX).isLessThanOrEqualTo(Link.FRAME_BYTES_MAX);
    }

    @Test
    void pagesWithinTheNamedPayloadFitInAFrameWhateverTheyHold() throws WireException {
        var random = new SplittableRandom(SEED);
        var rows = new ArrayList<OwnedRow>();
        int bytes = 0;
        while (rows.size() < OwnedRows.ROWS_MAX) {
            var text = new StringBuilder();
            IntStream.range(0, random.nextInt(120)).forEach(_ -> text.append((char) random.nextInt(0x800, 0xd800)));
            var row = new OwnedRow(new UUID(random.nextLong(), random.nextLong()),
                    Optional.of(new Dot(new Author(new UUID(random.nextLong(), random.nextLong())),
                            random.nextLong(1, Long.MAX_VALUE))),
                    random.nextLong(),
                    List.of(new Value.Text(text.toString()), new Value.Whole(random.nextLong()),
                            new Value.Ref(new UUID(random.nextLong(), random.nextLong()))));
            bytes += row.bytesMax();
            if (bytes > SyncMessage.PAYLOAD_BYTES_MAX) {
                break;
            }
            rows.add(row);
        }
        var page = new SyncMessage.StreamPage(DOT, 1,
                List.of(new OwnedRows("entry", List.of("name", "size", "parent"), rows)), List.of(), 1);

        byte[] frame = SyncCodec.encode(page);

        assertThat(rows).hasSizeBetween(1_000, OwnedRows.ROWS_MAX - 1);
        assertThat(SyncCodec.decode(frame)).isEqualTo(page);
    }

    @Test
    void namesOfTheGreatestNumberFitInAFrame() throws WireException {
        var random = new SplittableRandom(SEED);
        var live = IntStream.range(0, SyncMessage.DOTS_MAX)
                .mapToObj(_ -> new SyncMessage.Live(new UUID(random.nextLong(), random.nextLong()),
                        new Dot(DOT.author(), random.nextLong(1, 1L << 62))))
                .toList();
        var page = new SyncMessage.Compared(1, List.of(),
                List.of(new SyncMessage.RangeNames(RecordRange.ALL, live)));

        byte[] frame = SyncCodec.encode(page);

        assertThat(SyncCodec.decode(frame)).isEqualTo(page);
        assertThatIllegalArgumentException().isThrownBy(() -> SyncCodec.encode(
                new SyncMessage.Fetch(Collections.nCopies(SyncMessage.DOTS_MAX + 1, DOT))));
    }

    @Test
    void bytesAreThoseOfTheProtocolDocument() {
        byte[] ack = SyncCodec.encode(new SyncMessage.PageAck(DOT, 1_000));

        // docs/protocol/frames.md, section 1
        assertThat(HexFormat.of().formatHex(ack))
                .isEqualTo("0e" + "83" + "50" + "00000000000000010000000000000002" + "03" + "1903e8");
    }

    private static boolean refuses(byte[] frame) {
        try {
            SyncCodec.decode(frame);
            return false;
        } catch (WireException e) {
            assertThat(e.offset()).isBetween(0L, (long) SyncCodec.BODY_BYTES_MAX);
            return true;
        }
    }

    private static byte[] framed(byte type, byte[] body, boolean compress) {
        byte[] content = compress ? Zstd.compress(body) : body;
        var frame = ByteBuffer.allocate(5 + content.length);
        frame.put(compress ? (byte) (type | SyncCodec.COMPRESSED) : type);
        if (compress) {
            frame.putInt(body.length);
        }
        frame.put(content);
        return Arrays.copyOf(frame.array(), frame.position());
    }
}

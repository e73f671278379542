package app.holdfast.core.vault.stronghold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Payloads and blocks that nobody wrote in good faith.
final class MalformedPayloadTest {

    private static final int CLIENT = 8;
    private static final int KEYS = CLIENT + 24;
    private static final int KEY = KEYS + 8 + 24 + 8;
    private static final int VAULTS = KEY + 32;
    private static final int VAULT_KEY = VAULTS + 8 + 24 + 8;
    private static final int RECORDS = VAULT_KEY + 32;

    private final SecretMemory memory = new SecretMemory();
    private final SplittableRandom random = new SplittableRandom(6);

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void aCountOfTwoToThe63IsNotBelieved() {
        for (int at : new int[] {0, KEYS, VAULTS, RECORDS}) {
            byte[] payload = payload();
            ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putLong(at, Long.MIN_VALUE);
            assertMalformed(payload, at);
            ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putLong(at, Long.MAX_VALUE);
            assertMalformed(payload, at);
            ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putLong(at, 1_000);
            assertMalformed(payload, at);
        }
    }

    @Test
    void aLengthOfTwoToThe63IsNotBelieved() {
        for (int at : new int[] {KEY - 8, VAULT_KEY - 8, RECORDS + 8 + 24 + 24}) {
            byte[] payload = payload();
            ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putLong(at, Long.MIN_VALUE);
            assertMalformed(payload, at);
            ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putLong(at, Long.MAX_VALUE);
            assertMalformed(payload, at);
        }
    }

    @Test
    void anIdThatComesTwiceIsRefused() {
        byte[] one = payload();
        byte[] twice = Arrays.copyOf(one, one.length + one.length - CLIENT);
        System.arraycopy(one, CLIENT, twice, one.length, one.length - CLIENT);
        twice[0] = 2;

        assertMalformed(twice, one.length);
    }

    @Test
    void aKeyThatIsNotTheOneListedIsRefused() {
        byte[] payload = payload();
        payload[VAULT_KEY + 5] ^= 1;

        assertMalformed(payload, VAULT_KEY - 8);
    }

    @Test
    void aRecordUnderAnothersIdIsRefused() {
        byte[] payload = payload();
        payload[RECORDS + 8 + 24] ^= 1;

        assertMalformed(payload, RECORDS + 8 + 24);
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] payload = payload();

        assertMalformed(Arrays.copyOf(payload, payload.length + 1), payload.length);
    }

    @Test
    void everyTruncationOfAPayloadIsRefused() {
        byte[] payload = payload();
        for (int size = 0; size < payload.length; size++) {
            byte[] cut = Arrays.copyOf(payload, size);
            assertThatExceptionOfType(MalformedSnapshot.class).as("%d bytes", size)
                    .isThrownBy(() -> PayloadReader.read(cut, memory));
        }
    }

    @Test
    void aBlockThatGrowsBeyondTheLimitIsRefused() {
        byte[] bomb = new byte[2_000_000];
        Arrays.fill(bomb, (byte) 0xFF);
        bomb[0] = 0x1F;
        bomb[1] = 0x61;
        bomb[2] = 1;
        bomb[3] = 0;
        bomb[bomb.length - 1] = 0;

        assertThatThrownBy(() -> Lz4Block.decompress(bomb)).isInstanceOf(MalformedSnapshot.class)
                .hasMessageContaining("more than").hasMessageContaining("at byte 0");
    }

    @Test
    void aMatchBeforeTheStartIsRefused() {
        assertThatThrownBy(() -> Lz4Block.decompress(new byte[] {0x10, 'a', 2, 0}))
                .hasMessage("a match before the start at byte 2");
        assertThatThrownBy(() -> Lz4Block.decompress(new byte[] {0x10, 'a', 0, 0}))
                .hasMessage("a match before the start at byte 2");
    }

    @Test
    void aLengthWithoutEndIsRefused() {
        byte[] endless = new byte[1000];
        Arrays.fill(endless, (byte) 0xFF);

        assertThatThrownBy(() -> Lz4Block.decompress(endless)).hasMessage("a length without end at byte 1000");
    }

    @Test
    void matchesMayRunToTheLastByte() throws MalformedSnapshot {
        byte[] same = new byte[1000];
        Arrays.fill(same, (byte) 'a');

        byte[] block = Lz4Block.compress(same);

        assertThat(block).hasSizeLessThan(20).endsWith(0);
        assertThat(Lz4Block.decompress(block)).isEqualTo(same);
    }

    @Test
    void whateverIsCompressedComesBack() throws MalformedSnapshot {
        long seed = Long.getLong("holdfast.seed", random.nextLong());
        System.out.println("seed " + seed);
        var dice = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            byte[] payload = new byte[dice.nextInt(1 << dice.nextInt(1, 17))];
            int letters = 1 << dice.nextInt(9);
            for (int i = 0; i < payload.length; i++) {
                payload[i] = (byte) dice.nextInt(letters);
            }
            assertThat(Lz4Block.decompress(Lz4Block.compress(payload))).isEqualTo(payload);
        }
    }

    /// Changed payloads that are read for all that are what is written for them; the others are refused.
    @Test
    void changedPayloadsAreRefusedOrReadAsTheyStand() throws MalformedSnapshot {
        long seed = Long.getLong("holdfast.seed", random.nextLong());
        int rounds = Integer.getInteger("holdfast.fuzz", 20_000);
        System.out.println("seed " + seed);
        var dice = new SplittableRandom(seed);
        byte[] whole = payload();
        byte[] block = Lz4Block.compress(whole);
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            boolean compressed = dice.nextBoolean();
            byte[] changed = changed(compressed ? block : whole, dice);
            try (var own = new SecretMemory()) {
                byte[] payload = compressed ? Lz4Block.decompress(changed, 1 << 16) : changed;
                assertThat(PayloadWriter.write(PayloadReader.read(payload, own))).isEqualTo(payload);
            } catch (MalformedSnapshot e) {
                assertThat(e.offset()).isBetween(0L, 1L << 17);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(rounds / 10);
    }

    private static byte[] changed(byte[] from, SplittableRandom dice) {
        var out = new ByteArrayOutputStream();
        int at = 0;
        for (int edits = 1 + dice.nextInt(4); edits > 0 && at < from.length; edits--) {
            int next = at + dice.nextInt(from.length - at);
            out.write(from, at, next - at);
            at = next;
            switch (dice.nextInt(4)) {
                case 0 -> out.write(dice.nextInt());
                case 1 -> at++;
                case 2 -> out.write(from[at++] ^ 1 << dice.nextInt(8));
                default -> {
                    int start = dice.nextInt(from.length);
                    out.write(from, start, Math.min(from.length - start, dice.nextInt(64)));
                }
            }
        }
        out.write(from, at, from.length - at);
        return out.toByteArray();
    }

    private void assertMalformed(byte[] payload, long offset) {
        assertThatThrownBy(() -> PayloadReader.read(payload, memory)).isInstanceOfSatisfying(MalformedSnapshot.class,
                e -> assertThat(e.offset()).isEqualTo(offset));
    }

    /// One client, one vault, one record, one value.
    private byte[] payload() {
        try {
            Secret key = memory.keep(new byte[32]);
            Bytes24 id = new Bytes24(1, 2, 3);
            var facts = new SealedRecord.Facts(id, new Bytes24(4, 5, 6), 3, Bytes24.hint(new byte[0]));
            var sealed = SealedRecord.seal(key, facts, new byte[] {1, 2, 3}, random::nextLong);
            var values = new LinkedHashMap<StoreKey, StoreValue>();
            values.put(StoreKey.of("k"), new StoreValue(memory.keep(new byte[] {9}), Optional.of(new Moment(1, 2))));
            var client = Client.empty(0).with(id, new Vault(key, Map.of(id, sealed)))
                    .withStore(Store.empty(0).withValues(values));
            return PayloadWriter.write(Snapshot.empty().with(id, client));
        } catch (MalformedSnapshot e) {
            throw new IllegalStateException(e);
        }
    }
}

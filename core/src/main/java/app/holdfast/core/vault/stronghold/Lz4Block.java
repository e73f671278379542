package app.holdfast.core.vault.stronghold;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A bare LZ4 block, as Stronghold's engine writes it: matches may run to the last byte, which libraries refuse
/// (ADR 141). What is compressed is secret: buffers that are grown out of are wiped.
public final class Lz4Block {

    /// A payload that would be longer is refused.
    public static final int PAYLOAD_MAX = 256 << 20;

    private static final int MATCH_MIN = 4;
    private static final int DISTANCE_MAX = 0xFFFF;
    private static final int NIBBLE = 15;
    private static final int SLOTS = 4096;
    private static final int SPREAD = 0xA4D94A4F;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Lz4Block() {
    }

    /// @return the payload, for the caller to wipe
    public static byte[] decompress(byte[] block) throws MalformedSnapshot {
        return decompress(block, PAYLOAD_MAX);
    }

    /// @param payloadMax bytes; more is refused
    /// @return the payload, for the caller to wipe
    public static byte[] decompress(byte[] block, int payloadMax) throws MalformedSnapshot {
        var decoder = new Decoder(block, payloadMax);
        try {
            return decoder.run();
        } finally {
            decoder.out.wipe();
        }
    }

    /// The same bytes as the engine makes of this payload.
    ///
    /// @return the block, for the caller to wipe
    public static byte[] compress(byte[] payload) {
        var out = new WipedBuffer(payload.length / 2 + 64);
        try {
            new Encoder(payload, out).run();
            return out.toBytes();
        } finally {
            out.wipe();
        }
    }

    private static final class Decoder {

        private final byte[] block;
        private final int payloadMax;
        private final WipedBuffer out;
        private int at;

        Decoder(byte[] block, int payloadMax) {
            this.block = block;
            this.payloadMax = payloadMax;
            this.out = new WipedBuffer((int) Math.min(payloadMax, 4L * block.length + 64));
        }

        byte[] run() throws MalformedSnapshot {
            if (block.length == 0) {
                throw new MalformedSnapshot("an empty block", 0);
            }
            while (at < block.length) {
                int start = at;
                int token = block[at++] & 0xFF;
                literals(length(token >>> 4), start);
                if (at < block.length) {
                    match(token & NIBBLE, start);
                }
            }
            return out.toBytes();
        }

        private void literals(long count, int start) throws MalformedSnapshot {
            if (count > block.length - at) {
                throw new MalformedSnapshot("literals that go beyond the block", start);
            }
            room(count, start);
            out.put(block, at, (int) count);
            at += (int) count;
        }

        private void match(int nibble, int start) throws MalformedSnapshot {
            if (block.length - at < 2) {
                throw new MalformedSnapshot("half of a match's distance", at);
            }
            int distance = block[at] & 0xFF | (block[at + 1] & 0xFF) << Byte.SIZE;
            if (distance == 0 || distance > out.size()) {
                throw new MalformedSnapshot("a match before the start", at);
            }
            at += 2;
            long count = length(nibble) + MATCH_MIN;
            room(count, start);
            out.repeat(distance, (int) count);
        }

        private long length(int nibble) throws MalformedSnapshot {
            long length = nibble;
            if (nibble == NIBBLE) {
                int more;
                do {
                    if (at == block.length) {
                        throw new MalformedSnapshot("a length without end", at);
                    }
                    more = block[at++] & 0xFF;
                    length += more;
                } while (more == 0xFF);
            }
            return length;
        }

        private void room(long count, int start) throws MalformedSnapshot {
            if (count > payloadMax - out.size()) {
                throw new MalformedSnapshot("more than " + payloadMax + " bytes are compressed here", start);
            }
        }
    }

    private static final class Encoder {

        private final byte[] in;
        private final WipedBuffer out;
        private final int[] seen = new int[SLOTS];
        private int at;

        Encoder(byte[] in, WipedBuffer out) {
            this.in = in;
            this.out = out;
            Arrays.fill(seen, -1);
        }

        void run() {
            while (true) {
                int literals = at;
                int candidate = candidate();
                while (candidate < 0 && at < in.length) {
                    forward(1);
                    candidate = candidate();
                }
                if (candidate < 0) {
                    sequence(literals, in.length - literals, 0);
                    return;
                }
                int distance = at - candidate;
                int start = at;
                forward(matching(candidate));
                sequence(literals, start - literals, at - start - MATCH_MIN);
                out.put((byte) distance);
                out.put((byte) (distance >>> Byte.SIZE));
                rest(at - start - MATCH_MIN);
            }
        }

        /// Where these four bytes stood before, or a negative number.
        private int candidate() {
            if (at + MATCH_MIN >= in.length) {
                return -1;
            }
            int before = seen[slot()];
            return before >= 0 && at - before <= DISTANCE_MAX && word(before) == word(at) ? before : -1;
        }

        private int matching(int candidate) {
            int length = MATCH_MIN;
            while (at + length < in.length && in[candidate + length] == in[at + length]) {
                length++;
            }
            return length;
        }

        private void forward(int count) {
            for (int end = at + count; at < end; at++) {
                if (at + MATCH_MIN < in.length) {
                    seen[slot()] = at;
                }
            }
        }

        private int slot() {
            int x = word(at) * SPREAD;
            x ^= (x >>> 16) >>> (x >>> 30);
            return Integer.remainderUnsigned(x * SPREAD, SLOTS);
        }

        private int word(int offset) {
            return (int) INTS.get(in, offset);
        }

        /// Token, literal length and literals; a match's distance and the rest of its length are to follow.
        private void sequence(int from, int literals, int more) {
            out.put((byte) (Math.min(literals, NIBBLE) << 4 | Math.min(more, NIBBLE)));
            rest(literals);
            out.put(in, from, literals);
        }

        private void rest(int length) {
            if (length >= NIBBLE) {
                int left = length - NIBBLE;
                for (; left >= 0xFF; left -= 0xFF) {
                    out.put((byte) 0xFF);
                }
                out.put((byte) left);
            }
        }
    }
}

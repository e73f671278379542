package app.holdfast.core.vault.age;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/// scrypt (RFC 7914) with r = 8 and p = 1, for N from 1 on.
///
/// Bouncy Castle's refuses N = 1, which Stronghold writes, and keeps its table on the heap, which at the usual work
/// factor is half a GiB more than a program gives itself. The table lies outside of the heap here and is zeroed
/// (ADR 141). Hashing is Bouncy Castle's; only the mixing is written out, and held to the vectors of the RFC.
final class Scrypt {

    /// 128 * r.
    static final int BLOCK = 1024;
    private static final int WORDS = BLOCK / Integer.BYTES;
    private static final int CHUNK = 16;
    private static final int ROUNDS = 8;

    private Scrypt() {
    }

    /// Bytes that a derivation takes beside the heap.
    static long memoryBytes(int workFactor) {
        return (long) BLOCK << workFactor;
    }

    /// @param workFactor N is 2 to this; the caller has bounded it
    /// @param size       bytes wanted
    /// @throws OutOfMemoryError when the machine does not have so much
    static byte[] derive(byte[] password, byte[] salt, int workFactor, int size) {
        byte[] block = pbkdf2(password, salt, BLOCK);
        int[] words = new int[WORDS];
        try {
            ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
            mixWithTable(words, 1L << workFactor);
            ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(words);
            return pbkdf2(password, block, size);
        } finally {
            Arrays.fill(block, (byte) 0);
            Arrays.fill(words, 0);
        }
    }

    private static byte[] pbkdf2(byte[] password, byte[] salt, int size) {
        var generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(password, salt, 1);
        return ((KeyParameter) generator.generateDerivedMacParameters(size * Byte.SIZE)).getKey();
    }

    /// ROMix. The table is filled once and read in an order that only the password knows.
    private static void mixWithTable(int[] words, long rows) {
        int[] spare = new int[WORDS];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment table = arena.allocate(rows * BLOCK, 64);
            for (long row = 0; row < rows; row++) {
                MemorySegment.copy(words, 0, table, ValueLayout.JAVA_INT, row * BLOCK, WORDS);
                mix(words, spare);
            }
            for (long row = 0; row < rows; row++) {
                long chosen = (words[WORDS - CHUNK] & 0xFFFF_FFFFL) & rows - 1;
                long base = chosen * BLOCK;
                for (int i = 0; i < WORDS; i++) {
                    words[i] ^= table.get(ValueLayout.JAVA_INT, base + (long) i * Integer.BYTES);
                }
                mix(words, spare);
            }
            table.fill((byte) 0);
        } finally {
            Arrays.fill(spare, 0);
        }
    }

    /// BlockMix: every chunk of 64 bytes is mixed with the one before; even ones come first, odd ones second.
    private static void mix(int[] words, int[] spare) {
        int[] x = new int[CHUNK];
        System.arraycopy(words, WORDS - CHUNK, x, 0, CHUNK);
        for (int chunk = 0; chunk < WORDS / CHUNK; chunk++) {
            for (int i = 0; i < CHUNK; i++) {
                x[i] ^= words[chunk * CHUNK + i];
            }
            salsa(x);
            int to = (chunk & 1) == 0 ? chunk / 2 : WORDS / CHUNK / 2 + chunk / 2;
            System.arraycopy(x, 0, spare, to * CHUNK, CHUNK);
        }
        System.arraycopy(spare, 0, words, 0, WORDS);
    }

    /// Salsa20/8 (RFC 7914, section 3), in place.
    private static void salsa(int[] b) {
        int x0 = b[0], x1 = b[1], x2 = b[2], x3 = b[3], x4 = b[4], x5 = b[5], x6 = b[6], x7 = b[7];
        int x8 = b[8], x9 = b[9], x10 = b[10], x11 = b[11], x12 = b[12], x13 = b[13], x14 = b[14], x15 = b[15];
        for (int round = 0; round < ROUNDS; round += 2) {
            x4 ^= Integer.rotateLeft(x0 + x12, 7); x8 ^= Integer.rotateLeft(x4 + x0, 9);
            x12 ^= Integer.rotateLeft(x8 + x4, 13); x0 ^= Integer.rotateLeft(x12 + x8, 18);
            x9 ^= Integer.rotateLeft(x5 + x1, 7); x13 ^= Integer.rotateLeft(x9 + x5, 9);
            x1 ^= Integer.rotateLeft(x13 + x9, 13); x5 ^= Integer.rotateLeft(x1 + x13, 18);
            x14 ^= Integer.rotateLeft(x10 + x6, 7); x2 ^= Integer.rotateLeft(x14 + x10, 9);
            x6 ^= Integer.rotateLeft(x2 + x14, 13); x10 ^= Integer.rotateLeft(x6 + x2, 18);
            x3 ^= Integer.rotateLeft(x15 + x11, 7); x7 ^= Integer.rotateLeft(x3 + x15, 9);
            x11 ^= Integer.rotateLeft(x7 + x3, 13); x15 ^= Integer.rotateLeft(x11 + x7, 18);
            x1 ^= Integer.rotateLeft(x0 + x3, 7); x2 ^= Integer.rotateLeft(x1 + x0, 9);
            x3 ^= Integer.rotateLeft(x2 + x1, 13); x0 ^= Integer.rotateLeft(x3 + x2, 18);
            x6 ^= Integer.rotateLeft(x5 + x4, 7); x7 ^= Integer.rotateLeft(x6 + x5, 9);
            x4 ^= Integer.rotateLeft(x7 + x6, 13); x5 ^= Integer.rotateLeft(x4 + x7, 18);
            x11 ^= Integer.rotateLeft(x10 + x9, 7); x8 ^= Integer.rotateLeft(x11 + x10, 9);
            x9 ^= Integer.rotateLeft(x8 + x11, 13); x10 ^= Integer.rotateLeft(x9 + x8, 18);
            x12 ^= Integer.rotateLeft(x15 + x14, 7); x13 ^= Integer.rotateLeft(x12 + x15, 9);
            x14 ^= Integer.rotateLeft(x13 + x12, 13); x15 ^= Integer.rotateLeft(x14 + x13, 18);
        }
        b[0] += x0; b[1] += x1;
        b[2] += x2; b[3] += x3;
        b[4] += x4; b[5] += x5;
        b[6] += x6; b[7] += x7;
        b[8] += x8; b[9] += x9;
        b[10] += x10; b[11] += x11;
        b[12] += x12; b[13] += x13;
        b[14] += x14; b[15] += x15;
    }
}

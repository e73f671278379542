package app.holdfast.core.exchange;

import app.holdfast.core.exchange.ExchangeMessage.Load;
import app.holdfast.core.exchange.ExchangeMessage.Part;
import app.holdfast.core.vault.GivenVault;
import app.holdfast.core.vault.hpke.Sealer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts something into parts, each sealed for its place.
final class Packing {

    /// Bytes of a part before it is sealed; only the last one is shorter.
    static final int PART = 256 << 10;
    static final int SEALED_MAX = PART + Sealer.TAG;
    /// A payload that compresses badly is a little longer than before.
    static final int SIZE_MAX = GivenVault.PAYLOAD_MAX + (GivenVault.PAYLOAD_MAX >> 7) + 64;

    private Packing() {
    }

    /// @param size bytes of the whole, 0 to [#SIZE_MAX]
    /// @return one at least
    static int parts(int size) {
        return Math.max(1, (size + PART - 1) / PART);
    }

    /// @param plain the caller wipes it
    static List<Part> pack(Load load, byte[] plain, Sealer sealer) {
        List<Part> parts = new ArrayList<>();
        for (int index = 0; index < parts(plain.length); index++) {
            byte[] piece = Arrays.copyOfRange(plain, index * PART, Math.min(plain.length, (index + 1) * PART));
            parts.add(new Part(load, index, plain.length, sealer.seal(data(load, index, plain.length), piece)));
            Arrays.fill(piece, (byte) 0);
        }
        return parts;
    }

    /// What a part is sealed with, so that none can stand in for another.
    static byte[] data(Load load, int index, int size) {
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES).put((byte) load.ordinal()).putInt(index).putInt(size).array();
    }
}

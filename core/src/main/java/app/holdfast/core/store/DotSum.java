package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/// The sum that lies beside each live dot: CRC-32C over its name, its record and what it holds, so that damage is found
/// also where it can be read (ADR 231). It never leaves the file.
final class DotSum {

    private static final int NAME_BYTES = 40;

    private DotSum() {
    }

    /// @return 0 to 2^32 - 1
    static long of(Dot dot, String model, UUID record, byte[] snapshot) {
        ByteBuffer name = ByteBuffer.allocate(NAME_BYTES);
        name.putLong(dot.author().value().getMostSignificantBits());
        name.putLong(dot.author().value().getLeastSignificantBits()).putLong(dot.sequence());
        name.putLong(record.getMostSignificantBits()).putLong(record.getLeastSignificantBits());
        CRC32C sum = new CRC32C();
        sum.update(name.flip());
        sum.update(model.getBytes(StandardCharsets.UTF_8));
        sum.update(snapshot);
        return sum.getValue();
    }
}

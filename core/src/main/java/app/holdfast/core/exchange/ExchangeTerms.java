package app.holdfast.core.exchange;

import app.holdfast.core.model.DeviceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// What both sides of one exchange have to agree on, or nothing opens: who gives, who takes, which exchange it is
/// (`docs/protocol/vaults.md`, section 3).
///
/// @param giver as the link has proven it
/// @param taker as the link has proven it
/// @param id    random, made by who takes
public record ExchangeTerms(DeviceId giver, DeviceId taker, UUID id) {

    private static final byte[] NAME = "holdfast/vault/1".getBytes(StandardCharsets.US_ASCII);
    private static final byte TO_TAKER = 0;
    private static final byte TO_GIVER = 1;

    /// HPKE's info for what the giver says.
    byte[] toTaker() {
        return info(TO_TAKER);
    }

    /// HPKE's info for what the taker says.
    byte[] toGiver() {
        return info(TO_GIVER);
    }

    private byte[] info(byte direction) {
        return ByteBuffer.allocate(NAME.length + 2 * DeviceId.BYTES + 2 * Long.BYTES + 1).put(NAME)
                .put(giver.bytes()).put(taker.bytes()).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits()).put(direction).array();
    }
}

// SPDX-License-Identifier: LGPL-3.0-or-later
package app.holdfast.kwik;

import java.nio.ByteBuffer;
import tech.kwik.core.crypto.ConnectionSecrets;
import tech.kwik.core.crypto.MissingKeysException;
import tech.kwik.core.generic.InvalidIntegerEncodingException;
import tech.kwik.core.generic.VariableLengthInteger;
import tech.kwik.core.packet.InitialPacket;
import tech.kwik.core.packet.QuicPacket;

/// What the mended parsers of packets call. Reads a peer's bytes, and never throws for them.
public final class Coalesced {

    private static final int LONG_HEADER = 0x80;
    /// Flags and version.
    private static final int FIXED_BYTES = 1 + 4;

    private Coalesced() {}

    /// Goes past a packet whose keys are gone or not there yet, so that the next one of the datagram is looked at: RFC
    /// 9000 section 12.2, RFC 9001 section 4.9. Where the packet ends it says itself, if it has a long header; what has
    /// a short one is the last of its datagram.
    ///
    /// @param data stands where the packet begins; goes on only when the packet cannot be read and its end is in it
    public static void pass(ConnectionSecrets secrets, QuicPacket packet, ByteBuffer data) {
        if (canBeRead(secrets, packet) || !data.hasRemaining() || (data.get(data.position()) & LONG_HEADER) == 0) {
            return;
        }
        ByteBuffer ahead = data.duplicate();
        if (skip(ahead, FIXED_BYTES) && skipCounted(ahead) && skipCounted(ahead)
                && (!(packet instanceof InitialPacket) || skipMeasured(ahead)) && skipMeasured(ahead)) {
            data.position(ahead.position());
        }
    }

    private static boolean canBeRead(ConnectionSecrets secrets, QuicPacket packet) {
        try {
            secrets.getPeerAead(packet.getEncryptionLevel());
            return true;
        } catch (MissingKeysException e) {
            return false;
        }
    }

    /// A connection id.
    private static boolean skipCounted(ByteBuffer data) {
        return data.hasRemaining() && skip(data, Byte.toUnsignedInt(data.get()));
    }

    /// A token; or number and payload of a packet.
    private static boolean skipMeasured(ByteBuffer data) {
        try {
            return skip(data, VariableLengthInteger.parseLong(data));
        } catch (InvalidIntegerEncodingException e) {
            return false;
        }
    }

    private static boolean skip(ByteBuffer data, long bytes) {
        if (bytes > data.remaining()) {
            return false;
        }
        data.position(data.position() + (int) bytes);
        return true;
    }
}

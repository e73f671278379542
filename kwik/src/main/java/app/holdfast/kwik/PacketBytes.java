// SPDX-License-Identifier: LGPL-3.0-or-later
package app.holdfast.kwik;

import java.nio.ByteBuffer;
import tech.kwik.core.crypto.ConnectionSecrets;
import tech.kwik.core.crypto.MissingKeysException;
import tech.kwik.core.generic.InvalidIntegerEncodingException;
import tech.kwik.core.generic.VariableLengthInteger;
import tech.kwik.core.impl.DecryptionException;
import tech.kwik.core.impl.InvalidPacketException;
import tech.kwik.core.impl.TransportError;
import tech.kwik.core.impl.VersionHolder;
import tech.kwik.core.packet.InitialPacket;
import tech.kwik.core.packet.PacketParser;
import tech.kwik.core.packet.QuicPacket;

/// What the mended parsers of packets call, about bytes that anybody may have sent: nothing of them ends a connection
/// before it is known that the peer has sent them.
public final class PacketBytes {

    private static final int LONG_HEADER = 0x80;
    /// Flags and version.
    private static final int FIXED_BYTES = 1 + 4;

    private PacketBytes() {}

    /// Goes past a packet whose keys are gone or not there yet, so that the next one of the datagram is looked at: RFC
    /// 9000 section 12.2, RFC 9001 section 4.9. Where the packet ends it says itself, if it has a long header; what has
    /// a short one is the last of its datagram.
    ///
    /// @param data stands where the packet begins; goes on only when the packet cannot be read and its end is in it
    public static void pass(ConnectionSecrets secrets, VersionHolder version, QuicPacket packet, ByteBuffer data) {
        if (!packet.getVersion().equals(version.getVersion()) || canBeRead(secrets, packet) || !data.hasRemaining()
                || (data.get(data.position()) & LONG_HEADER) == 0) {
            return;
        }
        ByteBuffer ahead = data.duplicate();
        if (skip(ahead, FIXED_BYTES) && skipCounted(ahead) && skipCounted(ahead)
                && (!(packet instanceof InitialPacket) || skipMeasured(ahead)) && skipMeasured(ahead)) {
            data.position(ahead.position());
        }
    }

    /// We ask for one version and offer no other, so whatever is of another is not from the peer (RFC 9368 section 2).
    public static void checkVersion(QuicPacket packet, VersionHolder version) throws InvalidPacketException {
        if (!packet.getVersion().equals(version.getVersion())) {
            throw new InvalidPacketException("another version than the connection's");
        }
    }

    /// Has a packet parsed. What cannot be parsed may be anybody's: it is dropped, as RFC 9000 section 5.2 wants it,
    /// and the connection goes on.
    public static QuicPacket parse(PacketParser parser, ByteBuffer data)
            throws MissingKeysException, DecryptionException, InvalidPacketException, TransportError {
        try {
            return parser.parsePacket(data);
        } catch (RuntimeException e) {
            throw new InvalidPacketException("no packet: " + e);
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

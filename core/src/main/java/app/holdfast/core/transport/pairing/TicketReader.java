package app.holdfast.core.transport.pairing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.pairing.TicketException.Reason;

/// Reads the binary form of tickets, which is that of Rust's postcard: small numbers in LEB128, lists behind their
/// count.
final class TicketReader {

    /// A ticket is read from a screen, a clipboard or a QR code; a longer text is none.
    static final int CHARACTERS_MAX = 4096;
    /// Addresses in one ticket, of every kind.
    static final int ADDRESSES_MAX = 64;

    private static final int RELAY = 0;
    private static final int IP = 1;
    private static final int CUSTOM = 2;
    private static final int IP_V4_BYTES = 4;
    private static final int IP_V6_BYTES = 16;
    private static final int LEB128_BITS = 7;

    private final byte[] bytes;
    private int at;

    private TicketReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @param prefix what tells this kind of ticket from others
    static TicketReader of(String text, String prefix) throws TicketException {
        String trimmed = text.strip();
        if (trimmed.length() > CHARACTERS_MAX || !trimmed.regionMatches(true, 0, prefix, 0, prefix.length())) {
            throw new TicketException(Reason.NOT_A_TICKET, "a ticket of this kind begins with \"" + prefix + "\"", 0);
        }
        return new TicketReader(Base32.decode(trimmed, prefix.length()));
    }

    /// All bytes but the last few, and a reader for those; for a check sum.
    byte[] without(int last) throws TicketException {
        if (bytes.length < last) {
            throw cutShort();
        }
        return Arrays.copyOf(bytes, bytes.length - last);
    }

    void version(int known) throws TicketException {
        int offset = at;
        if (u8() != known) {
            throw new TicketException(Reason.UNKNOWN_VERSION, "a ticket of another version", offset);
        }
    }

    DeviceId device() throws TicketException {
        return DeviceId.of(take(DeviceId.BYTES));
    }

    /// Relays and custom addresses are read and passed over.
    List<InetSocketAddress> addresses() throws TicketException {
        int offset = at;
        long count = leb128(Integer.SIZE);
        if (count > ADDRESSES_MAX) {
            throw new TicketException(Reason.ALTERED, "more than " + ADDRESSES_MAX + " addresses", offset);
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kindOffset = at;
            switch ((int) leb128(Integer.SIZE)) {
                case RELAY -> take(length());
                case IP -> addresses.add(socketAddress());
                case CUSTOM -> {
                    leb128(Long.SIZE);
                    take(length());
                }
                default -> throw new TicketException(Reason.ALTERED, "an unknown kind of address", kindOffset);
            }
        }
        return addresses;
    }

    byte[] take(int count) throws TicketException {
        if (count > bytes.length - at) {
            throw cutShort();
        }
        byte[] taken = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return taken;
    }

    /// @param bitsMax the number's size where it was written; a larger one makes no sense
    long leb128(int bitsMax) throws TicketException {
        int offset = at;
        long value = 0;
        int shift = 0;
        while (true) {
            int group = u8();
            int bitsLeft = bitsMax - shift;
            if (bitsLeft < LEB128_BITS && (group & 0x7f) >>> Math.max(0, bitsLeft) != 0) {
                throw new TicketException(Reason.ALTERED, "a number that is too large", offset);
            }
            value |= (long) (group & 0x7f) << shift;
            shift += LEB128_BITS;
            if ((group & 0x80) == 0) {
                return value;
            }
            if (shift >= bitsMax) {
                throw new TicketException(Reason.ALTERED, "a number that does not end", offset);
            }
        }
    }

    void end() throws TicketException {
        if (at < bytes.length) {
            throw new TicketException(Reason.ALTERED, "something follows the ticket", at);
        }
    }

    int offset() {
        return at;
    }

    private InetSocketAddress socketAddress() throws TicketException {
        int offset = at;
        int family = u8();
        if (family > 1) {
            throw new TicketException(Reason.ALTERED, "an unknown kind of address", offset);
        }
        byte[] ip = take(family == 0 ? IP_V4_BYTES : IP_V6_BYTES);
        int port = (int) leb128(Short.SIZE);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are no address", e);
        }
    }

    private int length() throws TicketException {
        int offset = at;
        long length = leb128(Integer.SIZE);
        if (length > bytes.length) {
            throw new TicketException(Reason.CUT_SHORT, "the ticket is shorter than it says", offset);
        }
        return (int) length;
    }

    private int u8() throws TicketException {
        return take(1)[0] & 0xff;
    }

    private TicketException cutShort() {
        return new TicketException(Reason.CUT_SHORT, "the end of the ticket is missing", bytes.length);
    }
}

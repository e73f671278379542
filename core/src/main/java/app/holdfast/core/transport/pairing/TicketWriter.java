package app.holdfast.core.transport.pairing;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import app.holdfast.core.model.DeviceId;

/// Writes what `TicketReader` reads.
final class TicketWriter {

    private static final int IP = 1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TicketWriter u8(int value) {
        out.write(value);
        return this;
    }

    TicketWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    TicketWriter device(DeviceId device) {
        return bytes(device.bytes());
    }

    /// In iroh's order: its set of addresses is sorted, IPv4 before IPv6.
    TicketWriter addresses(List<InetSocketAddress> addresses) {
        List<InetSocketAddress> sorted = addresses.stream()
                .filter(address -> !address.isUnresolved())
                .distinct()
                .sorted(ORDER)
                .limit(TicketReader.ADDRESSES_MAX)
                .toList();
        leb128(sorted.size());
        sorted.forEach(this::address);
        return this;
    }

    TicketWriter leb128(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            u8((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        return u8((int) left);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void address(InetSocketAddress address) {
        u8(IP).u8(family(address)).bytes(address.getAddress().getAddress()).leb128(address.getPort());
    }

    private static final Comparator<InetSocketAddress> ORDER = Comparator.comparingInt(TicketWriter::family)
            .thenComparing(address -> address.getAddress().getAddress(), Arrays::compareUnsigned)
            .thenComparingInt(InetSocketAddress::getPort);

    private static int family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address ? 0 : 1;
    }
}

package app.holdfast.core.transport.pairing;

import java.net.InetSocketAddress;
import java.util.List;

import app.holdfast.core.model.DeviceId;

/// Iroh's ticket: where a device can be reached. It gives no right to anything.
///
/// @param device    whom to expect there
/// @param addresses where to try; relays and other kinds of addresses in a ticket are passed over when it is read
public record EndpointTicket(DeviceId device, List<InetSocketAddress> addresses) {

    private static final String PREFIX = "endpoint";
    /// Iroh's only variant so far.
    private static final int VARIANT = 0;

    public EndpointTicket {
        addresses = List.copyOf(addresses);
    }

    /// Reads `endpoint…`; case and surrounding blanks do not matter.
    public static EndpointTicket parse(String text) throws TicketException {
        TicketReader reader = TicketReader.of(text, PREFIX);
        reader.version(VARIANT);
        EndpointTicket ticket = new EndpointTicket(reader.device(), reader.addresses());
        reader.end();
        return ticket;
    }

    /// `endpoint…`, as every iroh program reads it.
    public String text() {
        return PREFIX + Base32.encode(new TicketWriter().u8(VARIANT).device(device).addresses(addresses).toBytes());
    }
}

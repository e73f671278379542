package app.holdfast.core.peer;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// First frame of a sync link in each direction, ahead of the conversation: what is needed to keep exactly one link
/// between two devices (`docs/protocol/frames.md`, section 1.1).
///
/// @param run      random, the same for all links of one run of the program
/// @param link     random, chosen by the side that dialled; the accepting side repeats it
/// @param known    the newest link that the dialling side had with this peer when it began to dial, 0 for none; 0 from
///                 the accepting side
/// @param listens  where the sender may be dialled, at most [#LISTENS_MAX]
record Greeting(long run, long link, long known, List<InetSocketAddress> listens) {

    static final int LISTENS_MAX = 16;
    private static final int FORM = 1;
    private static final int PORT_MAX = 0xffff;

    Greeting {
        listens = List.copyOf(listens);
    }

    byte[] encode() {
        List<InetSocketAddress> some = listens.stream().filter(address -> !address.isUnresolved())
                .limit(LISTENS_MAX).toList();
        var out = new CborWriter().array(5).whole(FORM).whole(run).whole(link).whole(known).array(2 * some.size());
        some.forEach(address -> out.bytes(address.getAddress().getAddress()).unsigned(address.getPort()));
        return out.toBytes();
    }

    static Greeting decode(byte[] frame) throws CborException {
        var in = new CborReader(frame);
        in.array(5);
        if (in.unsigned(Long.MAX_VALUE) != FORM) {
            throw new CborException(1, "a greeting that this version does not know");
        }
        long run = in.whole();
        long link = in.whole();
        long known = in.whole();
        int start = in.offset();
        int items = in.array();
        if (items % 2 != 0 || items > 2 * LISTENS_MAX) {
            throw new CborException(start, items + " items of addresses");
        }
        var listens = new ArrayList<InetSocketAddress>();
        for (int left = items / 2; left > 0; left--) {
            listens.add(new InetSocketAddress(address(in), (int) in.unsigned(PORT_MAX)));
        }
        in.end();
        return new Greeting(run, link, known, listens);
    }

    private static InetAddress address(CborReader in) throws CborException {
        int start = in.offset();
        try {
            return InetAddress.getByAddress(in.bytes());
        } catch (UnknownHostException e) {
            throw new CborException(start, "an address that is neither IPv4 nor IPv6");
        }
    }
}

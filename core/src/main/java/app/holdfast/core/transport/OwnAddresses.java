package app.holdfast.core.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/// The addresses at which other devices may find this machine.
final class OwnAddresses {

    private OwnAddresses() {}

    /// Those of all interfaces that are up. Not among them: addresses of one link only, which mean nothing without
    /// the name of an interface of this machine, and loopback, unless there is nothing else.
    static List<InetSocketAddress> withPort(int port) throws SocketException {
        List<InetSocketAddress> reachable = new ArrayList<>();
        List<InetSocketAddress> loopback = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (network.isUp()) {
                for (InetAddress address : network.inetAddresses().toList()) {
                    if (address.isLoopbackAddress()) {
                        loopback.add(new InetSocketAddress(address, port));
                    } else if (!address.isLinkLocalAddress() && !address.isAnyLocalAddress()) {
                        reachable.add(new InetSocketAddress(address, port));
                    }
                }
            }
        }
        return reachable.isEmpty() ? loopback : reachable;
    }
}

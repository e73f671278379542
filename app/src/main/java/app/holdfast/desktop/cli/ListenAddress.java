package app.holdfast.desktop.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `127.0.0.1:4242` and `[::1]:0`. Names are not looked up: an address to listen on is one of this device's own.
final class ListenAddress implements ITypeConverter<InetSocketAddress> {

    /// Every interface, at the port used last.
    static final String ANYWHERE = "0.0.0.0:0";

    private static final int PORT_MAX = 65_535;

    @Override
    public InetSocketAddress convert(String typed) {
        int colon = typed.lastIndexOf(':');
        String host = colon < 0 ? "" : typed.substring(0, colon);
        boolean sixth = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || host.contains(":") && !sixth) {
            throw wrong(typed);
        }
        try {
            int port = Integer.parseInt(typed.substring(colon + 1));
            if (port < 0 || port > PORT_MAX) {
                throw wrong(typed);
            }
            String literal = sixth ? host.substring(1, host.length() - 1) : host;
            return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
        } catch (IllegalArgumentException e) {
            throw wrong(typed);
        }
    }

    private static TypeConversionException wrong(String typed) {
        return new TypeConversionException("'" + typed + "' is not ADDRESS:PORT, such as 127.0.0.1:4242 or [::1]:0");
    }
}

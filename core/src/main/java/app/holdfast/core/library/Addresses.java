package app.holdfast.core.library;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// Socket addresses as text, `127.0.0.1:4242` or `[::1]:4242`. Pure; names are never looked up.
final class Addresses {

    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+(?:%\\w+)?])"
            + ":(\\d{1,5})");
    private static final int PORT_MAX = 65_535;

    private Addresses() {
    }

    static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String name = host == null ? address.getHostString() : host.getHostAddress();
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + address.getPort();
    }

    /// @return empty when the text is none: other devices may say anything
    static Optional<InetSocketAddress> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(1);
        int port = Integer.parseInt(matcher.group(2));
        if (port == 0 || port > PORT_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host), port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isAddress(String text) {
        return parse(text).isPresent();
    }
}

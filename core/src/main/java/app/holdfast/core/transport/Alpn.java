package app.holdfast.core.transport;

/// The name of a conversation, agreed on in the handshake (RFC 7301).
///
/// @param name 1 to 255 printable ASCII characters, `program/conversation/version`
public record Alpn(String name) {

    /// Echo for anyone: is this device reachable? Answered by every endpoint without being asked to.
    public static final Alpn PING = new Alpn("holdfast/ping/1");
    /// Meeting a device for the first time, with an invitation.
    public static final Alpn PAIR = new Alpn("holdfast/pair/1");
    /// Taking from a vault of another member, which has agreed.
    public static final Alpn VAULT = new Alpn("holdfast/vault/1");
    /// Keeping a library the same on its members.
    public static final Alpn SYNC = new Alpn("holdfast/sync/1");

    public Alpn {
        if (name.isEmpty() || name.length() > 255 || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("not a protocol name: " + name);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

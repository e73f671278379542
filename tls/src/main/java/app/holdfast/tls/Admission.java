package app.holdfast.tls;

/// Who may come in. Asked once for each handshake, when the client has proven its key and before the application
/// hears of it.
@FunctionalInterface
public interface Admission {

    /// Called on the thread of the connection, so it answers at once.
    ///
    /// @param connection kwik's connection, the one that the application is given if the answer is yes
    /// @param peer       the key that the client has proven to hold
    /// @param protocol   the application protocol that was agreed on
    boolean admits(Object connection, RawPublicKey peer, String protocol);
}

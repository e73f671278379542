package app.holdfast.core.transport.quic;

/// The one place in the transport where threads are made: virtual ones, each for one piece of work of one
/// conversation.
public final class ConversationThread {

    private ConversationThread() {}

    /// @param name what it does and for whom, for thread dumps
    public static Thread start(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(work);
    }
}

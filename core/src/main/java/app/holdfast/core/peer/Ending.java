package app.holdfast.core.peer;

/// Why a link is not used any more.
///
/// @param kind what follows from it
/// @param why  in English, for logs
record Ending(Kind kind, String why) {

    enum Kind {
        /// Closed in order, lost, or closed here: worth another try soon.
        GONE,
        /// The peer broke the rules, or this library could not go on: another try would most likely end in the same.
        FAILED,
        /// The person there has paused: they will come back by themselves.
        PAUSED_THERE,
        /// Another running program says that it is this device, and is served there now.
        TWICE_HERE
    }

    /// The word with which a device that is paused ends a conversation (`docs/protocol/sync.md`, section 4).
    static final String PAUSED = "paused";

    PeerEvent.Kind event() {
        return switch (kind) {
            case GONE -> PeerEvent.Kind.LOST;
            case FAILED -> PeerEvent.Kind.BROKEN;
            case PAUSED_THERE -> PeerEvent.Kind.PAUSED_THERE;
            case TWICE_HERE -> PeerEvent.Kind.TWICE_HERE;
        };
    }

    static final String TWICE_HERE_WHY = "another running program says that it is this device";
    /// The word with which a device sends away one of two programs that say that they are the same device.
    static final String TWICE = "another program is this device";

    /// The word with which a device ends a conversation that it is to begin again.
    static final String ANEW = "to begin anew";

    /// What a peer's last word means.
    static Ending said(String word) {
        return switch (word) {
            case PAUSED -> new Ending(Kind.PAUSED_THERE, "paused there");
            case TWICE -> new Ending(Kind.TWICE_HERE, TWICE_HERE_WHY);
            case ANEW -> gone("begins anew there");
            default -> failed("the peer says: " + word);
        };
    }

    static Ending gone(String why) {
        return new Ending(Kind.GONE, why);
    }

    static Ending failed(String why) {
        return new Ending(Kind.FAILED, why);
    }
}

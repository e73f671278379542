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
        FAILED
    }

    static Ending gone(String why) {
        return new Ending(Kind.GONE, why);
    }

    static Ending failed(String why) {
        return new Ending(Kind.FAILED, why);
    }
}

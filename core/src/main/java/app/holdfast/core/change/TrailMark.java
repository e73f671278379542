package app.holdfast.core.change;

/// One step of an author's trail: the head with which a group of it ends (`docs/protocol/sync.md`, Heads).
///
/// @param first where the group begins; the same as last where only its end is known
/// @param last  where it ends
/// @param head  the chained hash of the author's groups up to there, 32 bits
public record TrailMark(long first, long last, long head) {

    /// Whether somebody who covers the author so far, with this head, was told something else than led here.
    public boolean contradicts(long covered, long head) {
        return last == covered ? this.head != head : first <= covered && covered < last;
    }
}

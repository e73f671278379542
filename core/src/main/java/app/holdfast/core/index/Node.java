package app.holdfast.core.index;

/// What a thing of a filesystem is known by under any name: one number made of its inode and of when that was made.
///
/// Two things of one filesystem get the same number once in 2^64.
final class Node {

    /// From SplitMix64: each bit of what goes in changes half of those that come out.
    private static final long FIRST = 0xbf58476d1ce4e5b9L;
    private static final long SECOND = 0x94d049bb133111ebL;

    private Node() {
    }

    /// @return never 0
    static long of(long inode, long bornNanos) {
        long mixed = mix(mix(inode) + bornNanos);
        return mixed == 0 ? 1 : mixed;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * FIRST;
        mixed = (mixed ^ mixed >>> 27) * SECOND;
        return mixed ^ mixed >>> 31;
    }
}

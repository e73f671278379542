package app.holdfast.core.clock;

/// One author's hybrid logical clock (rules R1 and R8): every tick exceeds every reading it has seen, whatever the
/// wall clock does.
///
/// Confined to the library's writer. Its state is stored in the same transaction as whatever was stamped with it, so
/// it survives a restart.
public final class HybridClock {

    /// A reading further ahead of our wall clock than this is quarantined by admission and never adopted (R8).
    public static final long DRIFT_MILLIS_MAX = 60_000;

    private final TimeSource time;
    private final Author author;
    private long millis;
    private int counter;

    /// @param last the last reading issued or seen before the restart; its author does not matter
    public HybridClock(TimeSource time, Author author, Hlc last) {
        this.time = time;
        this.author = author;
        this.millis = last.millis();
        this.counter = last.counter();
    }

    /// The next reading: greater than all readings issued and observed.
    public Hlc tick() {
        long now = Math.min(time.nowMillis(), Hlc.MILLIS_MAX);
        if (now > millis) {
            millis = now;
            counter = 0;
        } else if (counter == Hlc.COUNTER_MAX) {
            millis++;
            counter = 0;
        } else {
            counter++;
        }
        return last();
    }

    /// Whether a foreign reading may be adopted now: it is at most [#DRIFT_MILLIS_MAX] ahead of our wall clock.
    public boolean accepts(Hlc remote) {
        return remote.millis() <= time.nowMillis() + DRIFT_MILLIS_MAX;
    }

    /// How far a foreign reading is ahead of our wall clock; negative when it is behind.
    public long aheadMillis(Hlc remote) {
        return remote.millis() - time.nowMillis();
    }

    /// Moves the clock past a reading that admission accepted.
    public void observe(Hlc remote) {
        if (remote.millis() > millis || remote.millis() == millis && remote.counter() > counter) {
            millis = remote.millis();
            counter = remote.counter();
        }
    }

    /// The greatest reading issued or observed.
    public Hlc last() {
        return new Hlc(millis, counter, author);
    }
}

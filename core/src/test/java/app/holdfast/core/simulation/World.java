package app.holdfast.core.simulation;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/// What all parts of one run share. Nothing else in it is random, or late, or remembered.
///
/// @param scratch  a folder of this run's own, for the notes that devices make outside their libraries
/// @param happened  grows with the run
/// @param isWatched whether a [Watchman] looks after each step
record World(SplittableRandom chance, VirtualTime time, Trace trace, Findings findings, Oracle oracle, Path scratch,
        Set<Happening> happened, boolean isWatched) {

    /// Of so many seeds one is looked at after each step.
    private static final long SEEDS_FOR_ONE_WATCHED = Long.getLong("holdfast.watched", 10);

    static World of(long seed, boolean telling, Path scratch) {
        var findings = new Findings();
        return new World(new SplittableRandom(mixed(seed)), new VirtualTime(), new Trace(telling), findings,
                new Oracle(findings), scratch, EnumSet.noneOf(Happening.class), seed % SEEDS_FOR_ONE_WATCHED == 0);
    }

    /// Neighbouring seeds are to have nothing in common: java.util.Random's first draws of them lie on a lattice, so
    /// that troubles which take several draws to come about hardly ever did. The mixing is MurmurHash3's.
    private static long mixed(long seed) {
        long bits = seed + 0x9E37_79B9_7F4A_7C15L;
        bits = (bits ^ bits >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        bits = (bits ^ bits >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
        return bits ^ bits >>> 33;
    }

    int draw(int bound) {
        return chance.nextInt(bound);
    }

    boolean happens(int percent) {
        return chance.nextInt(100) < percent;
    }

    void happened(Happening what) {
        happened.add(what);
    }

    void tell(String format, Object... values) {
        trace.tell(() -> time.shown() + " " + format.formatted(values));
    }
}

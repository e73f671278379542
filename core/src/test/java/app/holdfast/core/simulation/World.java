package app.holdfast.core.simulation;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/// What all parts of one run share. Nothing else in it is random, or late, or remembered.
///
/// @param scratch  a folder of this run's own, for the notes that devices make outside their libraries
/// @param happened grows with the run
record World(Random chance, VirtualTime time, Trace trace, Findings findings, Oracle oracle, Path scratch,
        Set<Happening> happened) {

    static World of(long seed, boolean telling, Path scratch) {
        var findings = new Findings();
        // as good as SplittableRandom's, but that one seeds neighbouring runs alike
        return new World(new Random(seed * 0x9E37_79B9_7F4A_7C15L + 7), new VirtualTime(), new Trace(telling),
                findings, new Oracle(findings), scratch, EnumSet.noneOf(Happening.class));
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

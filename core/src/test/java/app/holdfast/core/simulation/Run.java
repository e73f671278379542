package app.holdfast.core.simulation;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One run of one seed: a story, its end, and what is to be said about it.
///
/// @param findings the kinds of what was found wrong, in one word; empty when all is well
/// @param hash     of everything that happened
/// @param devices  that the story began with
public record Run(long seed, String findings, List<String> details, long hash, List<String> trace, int devices,
        Set<Happening> happened) {

    private static final int FRAMES = 8;
    /// SQLite's extended codes have the plain one in their last byte.
    private static final int PRIMARY_CODE = 0xff;

    /// @param telling whether a trace is to be kept for reading
    /// @param scratch a folder that no other run uses at the same time
    public static Run of(long seed, boolean telling, Path scratch) {
        World world = World.of(seed, telling, scratch);
        Story story = new Story(world);
        return ended(seed, world, story.fleet, () -> {
            story.run();
            new Ending(world, story.fleet, story.drives.map(drives -> drives.all).orElse(List.of()),
                    !story.troubles.skews()).play();
        });
    }

    /// One scenario of [Directed], and its end.
    public static Run directed(String scenario, Path scratch) {
        World world = World.of(0, true, scratch);
        Fleet fleet = Fleet.founded(world, Directed.DEVICES, 0);
        Drive drive = new Drive(world, 0, fleet.devices.getFirst());
        return ended(0, world, fleet, () -> {
            new Directed(world, fleet, drive).play(scenario);
            new Ending(world, fleet, List.of(drive), Directed.clocksWereRight(scenario)).play();
        });
    }

    private static Run ended(long seed, World world, Fleet fleet, Runnable happens) {
        int devices = fleet.devices.size();
        try {
            happens.run();
        } catch (RuntimeException e) {
            world.findings().add(kind(e), e + " at " + Stream.of(e.getStackTrace()).limit(FRAMES).toList());
        }
        try {
            fleet.close();
        } catch (RuntimeException e) {
            world.findings().add("BUG", "closing: " + e);
        }
        return new Run(seed, world.findings().kinds(), world.findings().details(), world.trace().hash(),
                world.trace().lines(), devices, world.happened());
    }

    /// What the database itself refuses, as a dot that is there already, is a rule that was missed; anything else that
    /// is thrown may be an error of the scenario or of what was planted.
    private static String kind(RuntimeException thrown) {
        return thrown.getCause() instanceof SQLiteException refused
                && (refused.getResultCode().code & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                ? "CONSTRAINT" : "BUG";
    }

    public boolean isGood() {
        return findings.isEmpty();
    }
}

package app.holdfast.core.simulation;

import app.holdfast.core.change.ChangeCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Fleets that have paired and hold the same, made once and copied for each run. Knows nothing but bytes to the
/// outside,
/// so that an engine with a bug in it begins where the others begin.
public final class Founding {

    private static final Map<Integer, Founding> MADE = new ConcurrentHashMap<>();

    private final List<byte[]> images = new ArrayList<>();
    private final List<byte[]> groups = new ArrayList<>();

    private Founding(int size) {
        try (Scratch scratch = Scratch.make()) {
            World world = World.of(-size, false, scratch.folder);
            Fleet fleet = Fleet.empty(world);
            world.oracle().listen(() -> assemble(world, fleet, size)).stream().distinct()
                    .forEach(group -> groups.add(ChangeCodec.encode(group)));
            if (!fleet.isEqual() || !world.findings().isEmpty()) {
                throw new IllegalStateException("a fleet of " + size + " could not be founded: "
                        + world.findings().details());
            }
            fleet.devices.forEach(device -> images.add(device.store().image()));
            fleet.close();
        }
    }

    private static void assemble(World world, Fleet fleet, int size) {
        for (int number = 0; number < size; number++) {
            Device device = Device.alone(world, number);
            if (number == 0) {
                fleet.devices.add(device);
            } else {
                fleet.join(device, fleet.devices.getFirst());
                fleet.meet();
            }
        }
        fleet.hangUpAll();
        fleet.meet();
    }

    public static Founding of(int size) {
        return MADE.computeIfAbsent(size, Founding::new);
    }

    /// The `database.db` of each device.
    public byte[] image(int number) {
        return images.get(number);
    }

    /// All that was written, encoded.
    public List<byte[]> groups() {
        return groups;
    }
}

package app.holdfast.desktop.memory;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.Reading;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.api.VolumeRow.Copy;
import app.holdfast.core.api.VolumeRow.Standing;
import app.holdfast.core.api.VolumeRow.State;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The drives of a [MemoryLibrary]. Commands change what a person can see of them and nothing else.
public final class MemoryDrives {

    static final long GIGA = 1_000_000_000L;

    final Map<VolumeId, VolumeRow> volumes = new LinkedHashMap<>();
    final List<MountRow> mounts = new ArrayList<>();
    public Reading reading = new Reading(false, Optional.of(50_000_000L), 0);
    public boolean atOnce = true;

    /// A drive that is plugged in here.
    ///
    /// @param owner this device, or one that waits to lose it
    public VolumeRow here(int number, String label, DeviceRow owner, String path, long usedBytes) {
        MountRow mount = mount(label, path, usedBytes, MountRow.Found.KNOWN, Optional.of(id(number)));
        mounts.add(mount);
        return put(new VolumeRow(id(number), label, owner.id(), owner.name(), true, Optional.of(Path.of(path)), 1,
                mount.totalBytes(), Optional.of("ext4"), Optional.empty(), new Standing(Tracking.MARKED,
                owner.self() ? State.OK : State.FOREIGN, Optional.empty(), "", Optional.of(mount), List.of(), false)));
    }

    /// One that another device has, which is connected.
    ///
    /// @param copies devices that have a drive which says so too
    public VolumeRow elsewhere(int number, String label, DeviceRow owner, List<DeviceRow> copies) {
        return put(new VolumeRow(id(number), label, owner.id(), owner.name(), false, Optional.empty(), 1,
                4_000 * GIGA, Optional.of("ext4"), Optional.empty(), new Standing(Tracking.MARKED,
                copies.isEmpty() ? State.FOREIGN : State.DUPLICATE, Optional.empty(), "", Optional.empty(),
                copies.stream().map(device -> new Copy(device.id(), device.name(), label)).toList(), false)));
    }

    /// One that nobody has.
    public VolumeRow away(int number, String label, DeviceRow owner, String note, Instant seen) {
        return put(new VolumeRow(id(number), label, owner.id(), owner.name(), false, Optional.empty(), 1,
                4_000 * GIGA, Optional.of("exfat"), Optional.empty(), new Standing(Tracking.MARKED, State.OFFLINE,
                Optional.of(seen), note, Optional.empty(), List.of(), true)));
    }

    /// One that is plugged in here and is no volume, or says that it is one.
    public MountRow mounted(String label, String path, MountRow.Found found, Optional<VolumeId> says) {
        MountRow mount = mount(label, path, 6_400_000_000L, found, says);
        mounts.add(mount);
        return mount;
    }

    public static VolumeId id(int number) {
        return new VolumeId(new UUID(4, number));
    }

    void carryOut(Command command) {
        switch (command) {
            case Command.NoteVolume(var id, var text) -> volumes.computeIfPresent(id, (_, row) -> noted(row, text));
            case Command.ForgetVolume(var id) -> volumes.remove(id);
            case Command.SetClaiming(boolean wanted) -> atOnce = wanted;
            case Command.PauseReading(boolean paused) ->
                    reading = new Reading(paused, reading.bytesPerSecond(), reading.left());
            case Command.LimitReading(var rate) -> reading = new Reading(reading.paused(), rate, reading.left());
            case Command.TrackVolume(var id, var path, var _) -> track(id, path);
            default -> { }
        }
    }

    /// Whoever looks after another drive that is here looks after this one.
    private void track(VolumeId id, Path path) {
        mounts.stream().filter(mount -> mount.mountPoint().equals(path)).findFirst().ifPresent(mount -> {
            VolumeRow other = volumes.values().stream().filter(row -> row.standing().state() == State.OK).findFirst()
                    .orElseThrow();
            mounts.remove(mount);
            MountRow known = mount(mount.label(), path.toString(), 0, MountRow.Found.KNOWN, Optional.of(id));
            mounts.add(known);
            put(new VolumeRow(id, mount.label(), other.device(), other.deviceName(), true, Optional.of(path), 1,
                    mount.totalBytes(), Optional.of("ext4"), Optional.empty(), new Standing(Tracking.MARKED, State.OK,
                    Optional.empty(), "", Optional.of(known), List.of(), false)));
        });
    }

    private static MountRow mount(String label, String path, long used, MountRow.Found found,
            Optional<VolumeId> says) {
        long total = used > 100 * GIGA ? 2_000 * GIGA : 32 * GIGA;
        return new MountRow(Path.of(path), label, "ext4", Optional.empty(), total, total - used, !path.equals("/"),
                false, found, says);
    }

    private static VolumeRow noted(VolumeRow row, String note) {
        Standing was = row.standing();
        return new VolumeRow(row.id(), row.label(), row.device(), row.deviceName(), row.mounted(), row.mountPoint(),
                row.epoch(), row.totalBytes(), row.fileSystem(), row.fsUuid(), new Standing(was.tracking(),
                was.state(), was.lastSeen(), note, was.mount(), was.copies(), was.unplugged()));
    }

    private VolumeRow put(VolumeRow row) {
        volumes.put(row.id(), row);
        return row;
    }
}

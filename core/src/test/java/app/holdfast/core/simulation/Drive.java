package app.holdfast.core.simulation;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.DriveRows;
import app.holdfast.core.store.FolderPart;
import app.holdfast.core.store.FoundEntry;
import app.holdfast.core.store.OwnRecords;
import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.ScanRows;
import app.holdfast.core.store.ScannedFolder;
import app.holdfast.core.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// A drive with one location on it, plugged into one device at a time: what is really there, whatever libraries say.
final class Drive {

    private static final String[] FOLDERS = {"", "a", "b"};
    private static final int FILES_OF_A_FOLDER = 2;

    final VolumeId volume;
    Device holder;
    private final World world;
    private final LocationId location;
    /// Sizes by path; a file's folder is there when the file is.
    private final SortedMap<String, Long> files = new TreeMap<>();
    private Optional<Scanning> scanning = Optional.empty();
    private long writes;

    /// A scan that is under way: what is left to be merged.
    private record Scanning(Device by, ScanRows rows, List<FolderPart> left) {}

    Drive(World world, int number, Device holder) {
        this.world = world;
        this.holder = holder;
        this.volume = new VolumeId(new UUID(0x5000 + number, 0x8000_0000_0000_0005L));
        this.location = new LocationId(new UUID(0x6000 + number, 0x8000_0000_0000_0006L));
        for (int i = 0; i < 3; i++) {
            write();
        }
    }

    /// Somebody writes, or deletes, a file on it.
    void write() {
        String path = FOLDERS[world.draw(FOLDERS.length)] + "/f" + world.draw(FILES_OF_A_FOLDER);
        if (files.containsKey(path) && world.happens(40)) {
            files.remove(path);
        } else {
            files.put(path, ++writes);
        }
        world.trace().note(writes);
    }

    /// It is plugged in elsewhere.
    void move(Device to) {
        holder = to;
        scanning = Optional.empty();
    }

    /// The holder takes the drive for its own, if it has a row of it or nobody has one.
    void claim() {
        holder.change(tx -> {
            Optional<Holding> held = tx.streams().holding(volume.value());
            if (held.isEmpty()) {
                tx.own().addVolume(volume, new OwnRecords.VolumeFacts("drive", "ext4", "", 0, volume.toString()));
            } else if (!held.get().own()) {
                tx.streams().claim(volume.value());
            }
        });
        world.tell("%s claims %s", holder, Wording.of(volume.value()));
    }

    private boolean isOwn(Transaction tx) {
        return tx.streams().holding(volume.value()).filter(Holding::own).isPresent();
    }

    /// One part of a scan; the first part begins one, the last ends it.
    ///
    /// @return whether the holder owns the drive and a scan is still under way
    boolean scanOn() {
        if (scanning.isEmpty() || scanning.get().by != holder) {
            scanning = begin();
        }
        if (scanning.isEmpty()) {
            return false;
        }
        Scanning now = scanning.get();
        boolean goesOn = merge(now);
        if (!goesOn || now.left.isEmpty()) {
            scanning = Optional.empty();
        }
        return goesOn && !now.left.isEmpty();
    }

    void giveUpScan() {
        scanning = Optional.empty();
    }

    private Optional<Scanning> begin() {
        boolean ready = holder.run(tx -> {
            if (!isOwn(tx)) {
                return false;
            }
            DriveRows.ensure(tx, volume, location);
            return true;
        });
        return ready ? Optional.of(new Scanning(holder, new ScanRows(location), listing())) : Optional.empty();
    }

    /// @return whether the part could be merged
    private boolean merge(Scanning now) {
        FolderPart part = now.left.removeFirst();
        boolean last = now.left.isEmpty();
        world.tell("%s scans %s, %d parts are left", holder, Wording.of(volume.value()), now.left.size());
        return holder.run(tx -> {
            if (!isOwn(tx)) {
                return false;
            }
            try {
                tx.entries().merge(now.rows, tx.pen(volume.value()), List.of(part));
                while (last && !now.rows.isSettled()) {
                    tx.entries().settle(now.rows, tx.pen(volume.value()), FILES_OF_A_FOLDER);
                }
            } catch (CoreException e) {
                return false;
            }
            if (last) {
                tx.own().scanned(location, volume);
            }
            return true;
        });
    }

    private List<FolderPart> listing() {
        var folders = new TreeMap<String, ScannedFolder>();
        var children = new TreeMap<String, List<FoundEntry>>();
        folders.put("", ScannedFolder.top());
        children.put("", new ArrayList<>());
        files.forEach((path, size) -> {
            String folder = path.substring(0, path.indexOf('/'));
            folders.computeIfAbsent(folder, _ -> ScannedFolder.below());
            children.computeIfAbsent(folder, _ -> new ArrayList<>()).add(new FoundEntry(
                    path.substring(path.indexOf('/') + 1), null, EntryKind.FILE, size, size, null));
        });
        folders.tailMap("", false).forEach((name, folder) ->
                children.get("").add(new FoundEntry(name, null, EntryKind.DIRECTORY, 0, 1, folder)));
        var parts = new ArrayList<FolderPart>();
        children.forEach((name, found) ->
                parts.add(new FolderPart(folders.get(name), found, FolderPart.End.COMPLETE)));
        return parts;
    }

    /// What the entries of the drive are to be when its owner has looked at all of it: sizes by path.
    Map<String, Long> files() {
        return files;
    }
}

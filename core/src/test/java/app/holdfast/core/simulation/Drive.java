package app.holdfast.core.simulation;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.ContentRows;
import app.holdfast.core.store.DriveContents;
import app.holdfast.core.store.DriveRows;
import app.holdfast.core.store.FolderPart;
import app.holdfast.core.store.FoundEntry;
import app.holdfast.core.store.OwnRecords;
import app.holdfast.core.store.OwnedStreams.Holding;
import app.holdfast.core.store.ScanRows;
import app.holdfast.core.store.ScannedFolder;
import app.holdfast.core.store.Transaction;
import app.holdfast.core.store.UnreadFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// A drive with one location on it, plugged into one device at a time: what is really there, whatever libraries say. A
/// copy of it says that it is the same volume, until a person has said which of the two is the copy.
final class Drive {

    private static final String[] FOLDERS = {"", "a", "b"};
    private static final int FILES_OF_A_FOLDER = 2;

    private static final int CONTENTS = 4;
    private static final String LABEL = "drive";
    /// What is written to a copy is another file than what is written to the original.
    private static final int COPY_WRITES = 1_000;
    /// Between the ids of a volume and of its copy.
    private static final int PARTED = 0x100;

    VolumeId volume;
    Device holder;
    private final World world;
    private LocationId location;
    /// By path; a file's folder is there when the file is.
    private final SortedMap<String, File> files = new TreeMap<>();
    /// The other drive that says it is this volume.
    private Optional<Drive> twin = Optional.empty();
    private Optional<Scanning> scanning = Optional.empty();
    /// What its holder is to find again, once it has lost its library.
    Optional<KeptIds> kept = Optional.empty();
    private long writes;
    /// Each file that ever was on it, as an entry may say it.
    private final Set<String> ever = new HashSet<>();
    /// Claims under which it was scanned, in the words of `MemoryContent`.
    private final Set<String> scannedUnder = new HashSet<>();

    /// A file on the drive.
    ///
    /// @param version of it, also its size and time
    /// @param content a number for it; what is big is sampled first
    record File(long version, int content) {

        private boolean isBig() {
            return content % 2 == 0;
        }

        private byte[] sample() {
            return digest(2, 16);
        }

        private byte[] whole() {
            return digest(1, 32);
        }

        private byte[] digest(int algorithm, int bytes) {
            byte[] digest = new byte[1 + bytes];
            Arrays.fill(digest, (byte) content);
            digest[0] = (byte) algorithm;
            return digest;
        }

        /// What its entry is to say of it, in the words of `MemoryContent`.
        ///
        /// @param isRead whether it was read as a whole
        String shown(boolean isRead) {
            HexFormat hex = HexFormat.of().withUpperCase();
            return version + " " + (isBig() ? hex.formatHex(sample()) : "-") + " "
                    + (isRead || !isBig() ? hex.formatHex(whole()) : "-");
        }
    }

    /// A scan that is under way: what is left to be merged.
    private record Scanning(Device by, ScanRows rows, List<FolderPart> left) {}

    private Drive(World world, VolumeId volume, LocationId location, Device holder) {
        this.world = world;
        this.volume = volume;
        this.location = location;
        this.holder = holder;
    }

    Drive(World world, int number, Device holder) {
        this(world, new VolumeId(new UUID(0x5000 + number, 0x8000_0000_0000_0005L)),
                new LocationId(new UUID(0x6000 + number, 0x8000_0000_0000_0006L)), holder);
        for (int i = 0; i < 3; i++) {
            write();
        }
    }

    /// Somebody writes, or deletes, a file on it.
    void write() {
        String path = FOLDERS[world.draw(FOLDERS.length)] + "/f" + world.draw(FILES_OF_A_FOLDER);
        if (files.containsKey(path) && world.happens(40)) {
            files.remove(path);
            kept.ifPresent(ids -> ids.isGone(path));
        } else {
            put(path, new File(++writes, world.draw(CONTENTS)));
        }
        world.trace().note(writes);
    }

    private void put(String path, File file) {
        files.put(path, file);
        for (boolean isRead : new boolean[] {false, true}) {
            ever.add(path + " " + file.shown(isRead));
        }
        ever.add(path + " " + file.version + " - -"); // not read at all yet
    }

    Set<String> ever() {
        return ever;
    }

    Set<String> scannedUnder() {
        return scannedUnder;
    }

    boolean isScanning() {
        return scanning.isPresent();
    }

    /// It is plugged in elsewhere.
    void move(Device to) {
        if (scanning.isPresent() && to != holder) {
            world.happened(Happening.DRIVE_PULLED);
        }
        if (to != holder) {
            kept = Optional.empty();
        }
        holder = to;
        scanning = Optional.empty();
    }

    /// Somebody copies all of it, byte by byte, to another drive, which is plugged in elsewhere.
    Drive copied(Device at) {
        Drive copy = new Drive(world, volume, location, at);
        files.forEach(copy::put);
        copy.writes = writes + COPY_WRITES;
        kept = Optional.empty();
        copy.twin = Optional.of(this);
        twin = Optional.of(copy);
        return copy;
    }

    /// A device is about to lose its library: this one's holder, or another.
    void libraryIsLost(Device device, Fleet fleet) {
        if (device != holder) {
            kept.ifPresent(ids -> ids.forgets(device));
            return;
        }
        giveUpScan();
        kept = twin.isPresent() ? Optional.empty() : KeptIds.of(this, fleet);
    }

    boolean isTwofold() {
        return twin.isPresent();
    }

    /// The device tells everybody that the drive here, or the one its owner has, is a copy (ADR 112).
    void flag() {
        world.tell("%s tells that %s is there twice", holder, Wording.of(volume.value()));
        holder.change(tx -> tx.volumes().flagCopy(volume, holder.id, LABEL, Optional.empty()));
    }

    /// A person says, on some device, that this one is the copy.
    void sentence(Device on) {
        world.tell("on %s: the drive at %s is the copy", on, holder);
        on.change(tx -> tx.volumes().flagCopy(volume, holder.id, LABEL, Optional.of(Models.IS_COPY)));
    }

    /// Becomes a volume of its own, if the device has heard that it is the copy.
    void part() {
        if (twin.isEmpty() || !holder.run(tx -> DriveContents.isCopy(tx, volume, holder.id))) {
            return;
        }
        Drive other = twin.get();
        giveUpScan();
        holder.change(tx -> tx.volumes().dropCopy(volume, holder.id));
        other.holder.change(tx -> tx.volumes().dropCopy(volume, other.holder.id));
        volume = new VolumeId(new UUID(volume.value().getMostSignificantBits() + PARTED,
                volume.value().getLeastSignificantBits()));
        location = new LocationId(new UUID(location.value().getMostSignificantBits() + PARTED,
                location.value().getLeastSignificantBits()));
        holder.change(tx -> tx.streams().claim(volume.value()));
        world.tell("%s parts a copy as %s", holder, Wording.of(volume.value()));
        world.happened(Happening.COPY_PARTED);
        twin = Optional.empty();
        other.twin = Optional.empty();
    }

    /// The holder takes the drive for its own, if it has a row of it or nobody has one, and no copy of it is known. Not
    /// while it has to get back first what it had of it (ADR 248).
    void claim() {
        if (twin.isPresent() && holder.run(tx -> DriveContents.isFlagged(tx, volume))) {
            return;
        }
        holder.change(tx -> {
            Optional<Holding> held = tx.streams().holding(volume.value());
            if (isLacking(tx)) {
                world.tell("%s has to get back %s first", holder, Wording.of(volume.value()));
            } else if (held.isEmpty()) {
                tx.own().addVolume(volume, new OwnRecords.VolumeFacts(LABEL, "ext4", "", 0, volume.toString()));
            } else if (!held.get().own()) {
                tx.streams().claim(volume.value());
            }
        });
        world.tell("%s claims %s", holder, Wording.of(volume.value()));
    }

    /// Whether the holder knows less of the drive than it once did.
    boolean isLacking(Transaction tx) {
        return tx.streams().isLacking(volume.value())
                || holder.hasForgotten() && tx.streams().holding(volume.value()).isEmpty();
    }

    /// As scans ask.
    private boolean mayWrite(Transaction tx) {
        return tx.streams().isOfThisDevice(volume.value()) && !tx.streams().isLacking(volume.value());
    }

    /// One part of a scan; the first part begins one. After the last the holder says that it has seen all.
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
        boolean isOver = now.left.isEmpty();
        boolean goesOn = isOver ? end() : merge(now);
        if (isOver || !goesOn) {
            scanning = Optional.empty();
        }
        return goesOn && !isOver;
    }

    /// Whether a scan has come to its end, and the holder has not said so yet.
    boolean hasSeenAll() {
        return scanning.isPresent() && scanning.get().left.isEmpty();
    }

    void giveUpScan() {
        scanning = Optional.empty();
    }

    private Optional<Scanning> begin() {
        boolean ready = holder.run(tx -> {
            if (!mayWrite(tx) || twin.isPresent() && DriveContents.isFlagged(tx, volume)) {
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
            if (!mayWrite(tx)) {
                return false;
            }
            try {
                tx.entries().merge(now.rows, tx.pen(volume.value()), List.of(part));
                tx.streams().holding(volume.value()).map(held -> held.claim().id()).ifPresent(claim ->
                        scannedUnder.add(claim.author().value() + "." + claim.sequence()));
                while (last && !now.rows.isSettled()) {
                    tx.entries().settle(now.rows, tx.pen(volume.value()), FILES_OF_A_FOLDER);
                }
            } catch (CoreException e) {
                return false;
            }
            return true;
        });
    }

    private boolean end() {
        return holder.run(tx -> mayWrite(tx) && tx.own().scanned(location, volume));
    }

    private List<FolderPart> listing() {
        var folders = new TreeMap<String, ScannedFolder>();
        var children = new TreeMap<String, List<FoundEntry>>();
        folders.put("", ScannedFolder.top());
        children.put("", new ArrayList<>());
        files.forEach((path, file) -> {
            long size = file.version;
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

    /// Reads some of the files that the library wants to know the content of.
    ///
    /// @return whether any was read
    boolean readContents(int limit) {
        return holder.run(tx -> {
            if (!mayWrite(tx)) {
                return false;
            }
            var read = new ArrayList<ContentRows.Read>();
            for (UnreadFile wanted : DriveContents.unread(tx, location, limit)) {
                File file = files.get(path(wanted));
                if (file != null && file.version == wanted.size()) {
                    read.add(new ContentRows.Read(wanted, file.isBig() && !wanted.whole() ? file.sample() : null,
                            file.isBig() && !wanted.whole() ? null : file.whole()));
                }
            }
            return tx.contents().note(volume, read) > 0;
        });
    }

    /// Paths of the library's have no slash before the top's files.
    private static String path(UnreadFile file) {
        String path = new String(file.path(), StandardCharsets.UTF_8);
        return path.indexOf('/') < 0 ? '/' + path : path;
    }

    /// What the entries of the drive are to be when its owner has looked at all of it and read what is to be read.
    Map<String, File> files() {
        return files;
    }
}

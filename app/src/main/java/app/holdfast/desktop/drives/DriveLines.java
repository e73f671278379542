package app.holdfast.desktop.drives;

import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.api.VolumeRow.Standing;
import app.holdfast.core.api.VolumeRow.State;
import app.holdfast.core.model.DeviceId;
import app.holdfast.desktop.drives.DriveLine.Badge;
import app.holdfast.desktop.drives.DriveLine.Deed;
import app.holdfast.desktop.drives.DriveLine.Group;
import app.holdfast.desktop.drives.DriveLine.Space;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts drives into words.
final class DriveLines {

    private final Words words;
    private final DeviceId self;

    /// @param self this device
    DriveLines(Words words, DeviceId self) {
        this.words = words;
        this.self = self;
    }

    /// @param mounts drives that are plugged in here, volumes among them
    List<DriveLine> lines(List<VolumeRow> volumes, List<MountRow> mounts) {
        List<DriveLine> lines = new ArrayList<>();
        volumes.forEach(volume -> lines.add(of(volume)));
        mounts.stream().filter(mount -> mount.found() != MountRow.Found.KNOWN)
                .filter(mount -> volumes.stream().noneMatch(volume -> isShownBy(volume, mount)))
                .forEach(mount -> lines.add(of(mount, volumes)));
        return lines;
    }

    /// A drive that is known by its filesystem only stands among what is mounted as a stranger.
    private static boolean isShownBy(VolumeRow volume, MountRow mount) {
        return volume.mountPoint().equals(Optional.of(mount.mountPoint()));
    }

    private DriveLine of(VolumeRow volume) {
        Standing standing = volume.standing();
        Group group = volume.mounted() ? Group.HERE : standing.state() == State.OFFLINE ? Group.AWAY : Group.ELSEWHERE;
        String about = group == Group.HERE ? here(volume) : group == Group.AWAY ? away(volume) : elsewhere(volume);
        Badge badge = badge(volume);
        return new DriveLine(Optional.of(volume), standing.mount(), group, volume.label(), about,
                space(volume.totalBytes(), standing.mount()), volume.deviceName(), badge, deeds(volume),
                words.get(Text.SPOKEN_DRIVE, volume.label(), badge.word(), about, volume.deviceName()));
    }

    private DriveLine of(MountRow mount, List<VolumeRow> volumes) {
        Optional<VolumeRow> says = volumes.stream().filter(volume -> mount.volume().equals(Optional.of(volume.id())))
                .findFirst();
        String name = says.map(VolumeRow::label).orElse(mount.label());
        Badge badge = switch (mount.found()) {
            case KNOWN, STRANGER -> new Badge(words.get(Text.DRIVE_STATE_NEW), "badge");
            case COPY -> new Badge(words.get(Text.DRIVE_STATE_COPY, name), "badge conflict");
            case MARKER_GONE -> new Badge(words.get(Text.DRIVE_STATE_MARKER), "badge conflict");
            case UNHEARD -> new Badge(words.get(Text.DRIVE_STATE_UNHEARD), "badge");
        };
        List<Deed> deeds = switch (mount.found()) {
            case KNOWN, STRANGER -> List.of(Deed.TRACK);
            case MARKER_GONE -> List.of(says.filter(volume -> !volume.device().equals(self)).isPresent() ? Deed.CLAIM
                    : Deed.TRACK);
            case COPY -> List.of(Deed.RESOLVE);
            case UNHEARD -> List.of();
        };
        Optional<VolumeRow> about = mount.found() == MountRow.Found.STRANGER ? Optional.empty() : says;
        String owner = about.map(VolumeRow::deviceName).orElse("");
        String place = place(mount, mount.fileSystem());
        return new DriveLine(Optional.empty(), Optional.of(mount), Group.HERE, mount.label(), place,
                space(mount.totalBytes(), Optional.of(mount)), owner, badge, deeds,
                words.get(Text.SPOKEN_DRIVE, mount.label(), badge.word(), place,
                        owner.isEmpty() ? words.get(Text.DRIVE_NO_OWNER) : owner));
    }

    private Badge badge(VolumeRow volume) {
        return switch (volume.standing().state()) {
            case OK -> new Badge(words.get(Text.DRIVE_STATE_HERE), "badge online");
            case OFFLINE -> new Badge(words.get(Text.DRIVE_STATE_AWAY), "badge");
            case DUPLICATE -> new Badge(words.get(Text.DRIVE_STATE_TWICE), "badge conflict");
            case FOREIGN -> volume.mounted() ? new Badge(words.get(Text.DRIVE_STATE_ASKS), "badge syncing")
                    : new Badge(words.get(Text.DRIVE_STATE_ONLINE), "badge online");
        };
    }

    private List<Deed> deeds(VolumeRow volume) {
        List<Deed> deeds = new ArrayList<>();
        boolean own = volume.device().equals(self);
        if (volume.standing().state() == State.DUPLICATE) {
            deeds.add(Deed.RESOLVE);
        }
        if (volume.standing().state() == State.FOREIGN && volume.mounted()) {
            deeds.add(Deed.CLAIM);
        }
        if (volume.standing().tracking() == Tracking.NONE && own && volume.mounted()) {
            deeds.add(Deed.TRACK);
        }
        deeds.add(Deed.NOTE);
        if (own) {
            deeds.add(Deed.FORGET);
        }
        return deeds;
    }

    private String here(VolumeRow volume) {
        String fileSystem = volume.fileSystem().orElse("");
        String place = volume.standing().mount().map(mount -> place(mount, fileSystem)).orElseGet(() ->
                joined(Stream.of(fileSystem, volume.mountPoint().map(String::valueOf).orElse(""))));
        return noted(volume, place);
    }

    private String place(MountRow mount, String fileSystem) {
        return joined(Stream.of(words.get(mount.removable() ? Text.DRIVE_REMOVABLE : Text.DRIVE_BUILT_IN), fileSystem,
                mount.readOnly() ? words.get(Text.DRIVE_READ_ONLY) : "", mount.mountPoint().toString()));
    }

    private String elsewhere(VolumeRow volume) {
        String seen = volume.standing().copies().stream().map(VolumeRow.Copy::deviceName).distinct()
                .map(device -> words.get(Text.DRIVE_ALSO, device)).collect(Collectors.joining(", "));
        return noted(volume, joined(Stream.of(volume.fileSystem().orElse(""), seen)));
    }

    private String away(VolumeRow volume) {
        return noted(volume, seen(volume));
    }

    /// When it was seen last, and where.
    String seen(VolumeRow volume) {
        boolean own = volume.device().equals(self);
        return volume.standing().lastSeen().map(words::ago).map(seen -> own ? words.get(Text.DRIVE_SEEN_HERE, seen)
                        : words.get(Text.DRIVE_SEEN, volume.deviceName(), seen))
                .orElseGet(() -> words.get(Text.DRIVE_WITH, volume.deviceName()));
    }

    private String noted(VolumeRow volume, String rest) {
        return Stream.of(volume.standing().note().strip().replace('\n', ' '), rest)
                .filter(part -> !part.isBlank()).collect(Collectors.joining(" · "));
    }

    private static String joined(Stream<String> parts) {
        return parts.filter(part -> !part.isBlank()).collect(Collectors.joining(", "));
    }

    private Space space(long total, Optional<MountRow> mount) {
        if (total <= 0) {
            return new Space(-1, words.get(Text.DRIVE_SIZE_UNKNOWN));
        }
        if (mount.isEmpty() || mount.get().totalBytes() <= 0) {
            return new Space(-1, words.size(total));
        }
        long all = mount.get().totalBytes();
        long used = Math.max(0, all - mount.get().freeBytes());
        return new Space((double) used / all, words.get(Text.DRIVE_SPACE, words.size(used), words.size(all)));
    }
}

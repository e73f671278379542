package app.holdfast.desktop.drives;

import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.VolumeRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A drive as the page shows it.
///
/// @param volume   empty for one that is plugged in here and is no volume
/// @param mount    what the system says of it; empty for one that is not plugged in here
/// @param about    kind, filesystem and place; or its shelf note and when it was seen
/// @param space    how full it is
/// @param owner    the device that looks after it; empty for none
/// @param deeds    what can be done with it now, the most likely first
/// @param spoken   what a screen reader says: name, state, place, owner
record DriveLine(Optional<VolumeRow> volume, Optional<MountRow> mount, Group group, String name, String about,
        Space space, String owner, Badge badge, List<Deed> deeds, String spoken) {

    enum Group { HERE, ELSEWHERE, AWAY }

    enum Deed { TRACK, CLAIM, RESOLVE, NOTE, FORGET }

    /// @param used 0 to 1; negative when it is not known
    record Space(double used, String words) {}

    /// @param style of [app.holdfast.desktop.fx.Nodes]
    record Badge(String word, String style) {}

    DriveLine {
        deeds = List.copyOf(deeds);
    }

    /// Tells drives apart: a volume by its id, any other by where it is mounted.
    Object key() {
        return volume.<Object>map(VolumeRow::id).or(() -> mount.map(MountRow::mountPoint)).orElse(name);
    }

    boolean removable() {
        return mount.map(MountRow::removable).orElse(group != Group.HERE);
    }

    /// Whether a person should look: it is there twice, or waits to be claimed.
    boolean asks() {
        return deeds.contains(Deed.RESOLVE) || deeds.contains(Deed.CLAIM);
    }

    Optional<Path> mountPoint() {
        return mount.map(MountRow::mountPoint);
    }

    /// What its button does; a shelf note is asked for only where the drive is away.
    Optional<Deed> main() {
        return deeds.stream().findFirst().filter(deed -> deed != Deed.FORGET
                && (deed != Deed.NOTE || group == Group.AWAY));
    }
}

package app.holdfast.desktop.drives;

import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.DeviceId;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a person can say about a volume that is there twice.
sealed interface Verdict {

    /// The drive that is mounted here is the copy.
    record CopyHere(Path mountPoint) implements Verdict {}

    /// The drive that this other device has is the copy.
    record CopyThere(DeviceId device) implements Verdict {}

    /// The drive that is mounted here is the volume, whatever speaks against it.
    record Original(Path mountPoint) implements Verdict {}

    /// @param title  which drive
    /// @param detail what tells it from the others
    record Choice(Verdict verdict, String title, String detail) {}

    /// Everything that could be so, drives here first.
    ///
    /// @param self this device
    static List<Choice> choices(VolumeRow volume, List<MountRow> mounts, DeviceId self, Words words) {
        List<Choice> choices = new ArrayList<>();
        List<MountRow> suspects = mounts.stream().filter(mount -> mount.found() == MountRow.Found.COPY
                && mount.volume().filter(volume.id()::equals).isPresent()).toList();
        List<MountRow> here = new ArrayList<>(volume.standing().mount().stream().toList());
        here.addAll(suspects);
        here.stream().distinct().forEach(mount -> choices.add(new Choice(new CopyHere(mount.mountPoint()),
                words.get(Text.DRIVE_RESOLVE_HERE, String.valueOf(mount.mountPoint())), facts(mount, words))));
        Map<DeviceId, String> others = new LinkedHashMap<>();
        others.put(volume.device(), volume.deviceName());
        volume.standing().copies().forEach(copy -> others.put(copy.device(), copy.deviceName()));
        others.remove(self);
        others.forEach((device, name) -> choices.add(new Choice(new CopyThere(device),
                words.get(Text.DRIVE_RESOLVE_THERE, name), words.get(device.equals(volume.device())
                        ? Text.DRIVE_RESOLVE_OWNER : Text.DRIVE_RESOLVE_CLAIMS, name))));
        suspects.forEach(mount -> choices.add(new Choice(new Original(mount.mountPoint()),
                words.get(Text.DRIVE_RESOLVE_ORIGINAL, String.valueOf(mount.mountPoint()), volume.label()),
                words.get(Text.DRIVE_RESOLVE_ORIGINAL_DETAIL))));
        return choices;
    }

    private static String facts(MountRow mount, Words words) {
        return words.get(Text.DRIVE_RESOLVE_FACTS, mount.label(), mount.fileSystem(),
                words.get(Text.DRIVE_SPACE, words.size(mount.totalBytes() - mount.freeBytes()),
                        words.size(mount.totalBytes())));
    }
}

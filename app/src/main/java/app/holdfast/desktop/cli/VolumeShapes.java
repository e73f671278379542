package app.holdfast.desktop.cli;

import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.api.VolumeRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of drives, as `docs/command-line.md` promises it.
final class VolumeShapes {

    private VolumeShapes() {
    }

    static ObjectNode volume(VolumeRow row) {
        VolumeRow.Standing standing = row.standing();
        ObjectNode document = Shapes.object().put("id", row.id().toString()).put("label", row.label())
                .put("device", row.device().hex()).put("deviceName", row.deviceName()).put("mounted", row.mounted())
                .put("mountPoint", row.mountPoint().map(Path::toString).orElse(null))
                .put("tracked", standing.tracking() != Tracking.NONE).put("epoch", row.epoch())
                .put("state", Shapes.word(standing.state())).put("fsUuid", row.fsUuid().orElse(null))
                .put("fileSystem", row.fileSystem().orElse(null)).put("totalBytes", row.totalBytes());
        space(document, standing.mount());
        document.put("note", standing.note().isEmpty() ? null : standing.note())
                .put("lastSeen", standing.lastSeen().map(Instant::toString).orElse(null));
        ArrayNode copies = document.putArray("copies");
        standing.copies().forEach(copy -> copies.add(Shapes.object().put("device", copy.device().hex())
                .put("deviceName", copy.deviceName()).put("label", copy.label())));
        return document;
    }

    private static void space(ObjectNode document, Optional<MountRow> mount) {
        document.put("freeBytes", mount.map(MountRow::freeBytes).orElse(null))
                .put("removable", mount.map(MountRow::removable).orElse(null))
                .put("readOnly", mount.map(MountRow::readOnly).orElse(null));
    }

    /// A drive that is here and is no volume, with the same fields.
    static ObjectNode mount(MountRow row) {
        ObjectNode document = Shapes.object().putNull("id").put("label", row.label()).putNull("device")
                .putNull("deviceName").put("mounted", true).put("mountPoint", row.mountPoint().toString())
                .put("tracked", false).putNull("epoch").put("state", Shapes.word(row.found()))
                .put("fsUuid", row.fsUuid().orElse(null)).put("fileSystem", row.fileSystem())
                .put("totalBytes", row.totalBytes());
        space(document, Optional.of(row));
        document.putNull("note").putNull("lastSeen").putArray("copies");
        return document.put("volume", row.volume().map(Object::toString).orElse(null));
    }
}

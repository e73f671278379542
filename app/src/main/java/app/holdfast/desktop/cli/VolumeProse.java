package app.holdfast.desktop.cli;

import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.api.VolumeRow;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;

/// What people read of drives.
final class VolumeProse {

    private final Words words;
    private final Prose prose;
    private final DateTimeFormatter moments;

    VolumeProse(Words words) {
        this.words = words;
        this.prose = new Prose(words);
        this.moments = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(words.locale()).withZone(ZoneId.systemDefault());
    }

    /// @param others drives that are here and are no volumes
    String drives(List<VolumeRow> volumes, List<MountRow> others) {
        var table = new TextTable(words.get("column.drive"), words.get("column.state"), words.get("column.device"),
                ">" + words.get("column.size"), ">" + words.get("column.free"), words.get("column.path"),
                words.get("column.id"));
        var more = new StringBuilder();
        for (VolumeRow row : volumes) {
            VolumeRow.Standing standing = row.standing();
            table.row(row.label(), state(row), row.deviceName(), prose.size(row.totalBytes()),
                    standing.mount().map(mount -> prose.size(mount.freeBytes())).orElse(""),
                    row.mountPoint().map(Path::toString).orElse(""), row.id().toString());
            if (!standing.note().isEmpty()) {
                more.append(prose.line("volume.note.of", row.label(), standing.note()));
            }
            standing.lastSeen().ifPresent(moment -> more.append(
                    prose.line("volume.seen", row.label(), row.deviceName(), moments.format(moment))));
            standing.copies().forEach(copy -> more.append(
                    prose.line("volume.copy.at", row.label(), copy.deviceName(), copy.label())));
        }
        for (MountRow row : others) {
            table.row(row.label(), words.get("volume.found." + Shapes.word(row.found())), "",
                    prose.size(row.totalBytes()), prose.size(row.freeBytes()), row.mountPoint().toString(), "");
        }
        return table.toString() + more;
    }

    private String state(VolumeRow row) {
        String state = words.get("volume.state." + Shapes.word(row.standing().state()));
        return row.standing().tracking() == Tracking.NONE ? words.get("volume.untracked", state) : state;
    }
}

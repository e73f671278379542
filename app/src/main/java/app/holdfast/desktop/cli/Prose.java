package app.holdfast.desktop.cli;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.CopyCounts;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibrarySummary;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.LocationId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers as people read them: whole lines in the caller's language.
final class Prose {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private final Words words;
    private final DateTimeFormatter moments;

    Prose(Words words) {
        this.words = words;
        moments = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(words.locale()).withZone(ZoneId.systemDefault());
    }

    String status(LibrarySummary summary, List<DeviceRow> devices) {
        LibrarySummary.Counts counts = summary.counts();
        var text = new StringBuilder();
        text.append(line("status.device", summary.deviceName(), summary.device().hex()));
        text.append(line("status.library", summary.libraryName(), summary.library()));
        text.append(line("status.counts", counts.entries(), size(summary.bytes()), counts.locations(), counts.tags()));
        for (DeviceRow device : devices) {
            if (!device.self()) {
                text.append(line("status.peer", device.name(), presence(device)));
            }
        }
        return text.toString();
    }

    /// @param scans those that run or have just ended: one that failed says more than the state
    /// @param copies how many files have none, if that was asked for
    String locations(List<LocationRow> rows, List<ScanProgress> scans, Map<LocationId, CopyCounts> copies) {
        List<String> heads = new ArrayList<>(List.of(words.get("column.name"), words.get("column.state"),
                ">" + words.get("column.entries")));
        if (!copies.isEmpty()) {
            heads.add(">" + words.get("column.single"));
        }
        heads.addAll(List.of(words.get("column.device"), words.get("column.drive"), words.get("column.path"),
                words.get("column.id")));
        var table = new TextTable(heads.toArray(String[]::new));
        for (LocationRow row : rows) {
            List<String> cells = new ArrayList<>(List.of(row.name(), state(row, scans), number(row.entries())));
            Optional.ofNullable(copies.get(row.id())).ifPresent(counts -> cells.add(words.get("location.single",
                    number(counts.single()), number(counts.known()))));
            cells.addAll(List.of(row.deviceName(), row.volumeName(),
                    row.absolutePath().map(Path::toString).orElse(""), row.id().toString()));
            table.row(cells.toArray(String[]::new));
        }
        return table.toString();
    }

    private String state(LocationRow row, List<ScanProgress> scans) {
        Optional<String> failure = scans.stream().filter(scan -> scan.location().equals(row.id())
                && scan.state() == ScanProgress.State.FAILED).findFirst().flatMap(ScanProgress::failure);
        if (failure.isPresent()) {
            return words.get("location.state.failed", failure.get());
        }
        boolean missing = row.state() == LocationRow.State.IDLE
                && row.absolutePath().filter(path -> !Files.isDirectory(path)).isPresent();
        String state = words.get(!row.kept() ? "location.state.dropped" : missing ? "location.state.missing"
                : "location.state." + Shapes.word(row.state()));
        return row.watch() == LocationRow.Watch.REREAD ? words.get("location.not.watched", state) : state;
    }

    String found(long total, List<EntryRow> rows) {
        var table = new TextTable(words.get("column.path"), ">" + words.get("column.size"),
                words.get("column.modified"), words.get("column.tags"), ">" + words.get("column.copies"),
                words.get("column.where"), words.get("column.id"));
        for (EntryRow row : rows) {
            String tags = String.join(", ", row.tags().stream().map(EntryRow.Tag::name).toList());
            String where = words.get(row.holder().online() ? "where.here" : "where.away", row.holder().volumeName(),
                    row.holder().deviceName());
            table.row(row.path(), size(row.size()), moments.format(row.modified()), tags,
                    row.copies() == 0 ? "" : number(row.copies()), where, "entry:" + row.id());
        }
        return table + line("search.total", total, rows.size());
    }

    String tags(List<TagRow> rows) {
        var table = new TextTable(words.get("column.name"), words.get("column.color"),
                ">" + words.get("column.entries"), words.get("column.id"));
        for (TagRow row : rows) {
            table.row("  ".repeat(row.depth()) + row.name(), words.get("color." + row.color().code()),
                    number(row.entries()), row.id().toString());
        }
        return table.toString();
    }

    String collections(List<CollectionRow> rows) {
        var table = new TextTable(words.get("column.name"), ">" + words.get("column.entries"),
                words.get("column.id"));
        rows.forEach(row -> table.row(row.name(), number(row.entries()), row.id().toString()));
        return table.toString();
    }

    /// All that was noted about a file.
    String noted(EntryRow row) {
        EntryRow.Noted noted = row.noted();
        var text = new StringBuilder(line("noted.of", row.path(), noted.rating(), noted.favorite() ? 1 : 0));
        noted.fields().forEach((name, value) -> text.append(line("noted.field", name, value)));
        noted.note().lines().forEach(line -> text.append(TextTable.printable(line)).append('\n'));
        return text.toString();
    }

    String devices(List<DeviceRow> rows) {
        var table = new TextTable(words.get("column.name"), words.get("column.state"),
                ">" + words.get("column.pending"), words.get("column.id"));
        for (DeviceRow row : rows) {
            String state = row.self() ? words.get("device.this") : presence(row);
            table.row(row.name(), state, number(row.pendingOut()), row.id().hex());
        }
        return table.toString();
    }

    String hash(LibraryHash hash) {
        var table = new TextTable(words.get("column.model"), ">" + words.get("column.rows"));
        for (Map.Entry<String, Long> model : hash.rows().entrySet()) {
            table.row(model.getKey(), number(model.getValue()));
        }
        return hash.hash() + "\n" + table;
    }

    /// A sentence as a line of its own.
    String line(String key, Object... arguments) {
        return TextTable.printable(words.get(key, arguments)) + "\n";
    }

    private String presence(DeviceRow device) {
        if (device.online()) {
            return words.get("device.online");
        }
        return device.lastSeen().map(moment -> words.get("device.seen", moments.format(moment)))
                .orElseGet(() -> words.get("device.never"));
    }

    String number(long number) {
        return String.format(words.locale(), "%,d", number);
    }

    String size(long bytes) {
        int unit = 0;
        double shown = bytes;
        while (shown >= 999.5 && unit < UNITS.length - 1) {
            shown /= 1000;
            unit++;
        }
        String pattern = unit == 0 || shown >= 99.5 ? "%,.0f %s" : "%,.1f %s";
        return String.format(words.locale(), pattern, shown, UNITS[unit]);
    }
}

package app.holdfast.desktop.cli;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.CopyCounts;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibrarySummary;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.TagRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON that scripts read. Fields may be added, never renamed or dropped: docs/command-line.md promises them.
///
/// Ids of devices are 64 hexadecimal digits, other ids UUIDs, times ISO 8601 in UTC, sizes bytes.
final class Shapes {

    private Shapes() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static <T> ArrayNode list(List<T> rows, Function<T, ObjectNode> shape) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        rows.forEach(row -> array.add(shape.apply(row)));
        return array;
    }

    static ObjectNode named(String id, String name) {
        return object().put("id", id).put("name", name);
    }

    static ObjectNode status(LibrarySummary summary, List<DeviceRow> devices) {
        LibrarySummary.Counts counts = summary.counts();
        ObjectNode document = object();
        document.set("device", named(summary.device().hex(), summary.deviceName()));
        document.set("library", named(summary.library().toString(), summary.libraryName()));
        document.set("counts", object().put("locations", counts.locations()).put("entries", counts.entries())
                .put("tags", counts.tags()).put("assignments", counts.assignments()).put("devices", counts.devices())
                .put("volumes", counts.volumes()).put("bytes", summary.bytes()));
        document.set("peers", list(devices.stream().filter(device -> !device.self()).toList(),
                device -> named(device.id().hex(), device.name()).put("online", device.online())
                        .put("lastSeen", time(device.lastSeen().orElse(null)))));
        return document;
    }

    static ObjectNode location(LocationRow row) {
        return named(row.id().toString(), row.name())
                .put("absolutePath", row.absolutePath().map(Path::toString).orElse(null))
                .put("device", row.device().hex()).put("deviceName", row.deviceName())
                .put("volume", row.volume().toString()).put("volumeName", row.volumeName())
                .put("online", row.online()).put("state", word(row.state())).put("entries", row.entries())
                .put("kept", row.kept()).put("watch", word(row.watch()));
    }

    static ObjectNode location(LocationRow row, CopyCounts counts) {
        ObjectNode document = location(row);
        document.set("copies", object().put("known", counts.known()).put("single", counts.single()));
        return document;
    }

    static ObjectNode entry(EntryRow row) {
        EntryRow.Holder holder = row.holder();
        ObjectNode document = named(row.id().toString(), row.name()).put("path", row.path())
                .put("location", row.location().toString())
                .put("device", holder.device().hex()).put("deviceName", holder.deviceName())
                .put("volume", holder.volume().toString()).put("volumeName", holder.volumeName())
                .put("kind", word(row.kind())).put("size", row.size()).put("modified", row.modified().toString());
        ArrayNode tags = document.putArray("tags");
        row.tags().forEach(tag -> tags.add(tag.name()));
        document.put("online", holder.online()).put("copies", row.copies() == 0 ? null : row.copies());
        EntryRow.Noted noted = row.noted();
        document.put("note", noted.note().isEmpty() ? null : noted.note()).put("rating", noted.rating())
                .put("favorite", noted.favorite());
        ObjectNode fields = document.putObject("fields");
        noted.fields().forEach(fields::put);
        return document;
    }

    static ObjectNode found(long total, List<EntryRow> rows) {
        ObjectNode document = object().put("total", total);
        document.set("entries", list(rows, Shapes::entry));
        return document;
    }

    static ObjectNode tag(TagRow row) {
        return named(row.id().toString(), row.name()).put("parent", row.parent().map(Object::toString).orElse(null))
                .put("color", row.color().code()).put("entries", row.entries());
    }

    static ObjectNode collection(CollectionRow row) {
        return named(row.id().toString(), row.name()).put("entries", row.entries());
    }

    static ObjectNode device(DeviceRow row) {
        ObjectNode document = named(row.id().hex(), row.name()).put("this", row.self()).put("online", row.online())
                .put("lastSeen", time(row.lastSeen().orElse(null)))
                .put("via", row.via().map(Shapes::word).orElse(null));
        ArrayNode addresses = document.putArray("addresses");
        row.addresses().forEach(addresses::add);
        return document.put("pendingOut", row.pendingOut()).put("pendingIn", row.pendingIn());
    }

    static ObjectNode invitation(Devices.Invitation invitation) {
        return object().put("ticket", invitation.ticket()).put("expires", invitation.expires().toString());
    }

    static ObjectNode joined(Devices.Joined joined) {
        ObjectNode document = object();
        document.set("device", named(joined.device().hex(), joined.deviceName()));
        document.set("library", named(joined.library().toString(), joined.libraryName()));
        return document.put("digits", joined.digits());
    }

    static ObjectNode ping(Devices.Ping ping) {
        ObjectNode document = object().put("id", ping.id().hex());
        ArrayNode micros = document.putArray("rttMicros");
        ping.rttMicros().forEach(micros::add);
        return document.put("alpn", ping.alpn());
    }

    static ObjectNode ready(Devices.Reachable reachable) {
        ObjectNode document = object().put("ready", true).put("endpoint", reachable.id().hex());
        ArrayNode addresses = document.putArray("addresses");
        reachable.addresses().forEach(addresses::add);
        return document.put("ticket", reachable.ticket());
    }

    static ObjectNode hash(LibraryHash hash) {
        ObjectNode rows = object();
        hash.rows().forEach(rows::put);
        ObjectNode document = object().put("hash", hash.hash());
        document.set("rows", rows);
        return document;
    }

    /// The constant as scripts see it: `UP_TO_DATE` is `up_to_date`.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String time(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }
}

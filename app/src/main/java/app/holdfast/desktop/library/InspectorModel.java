package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.PlainText;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.desktop.drives.PlugIn;
import app.holdfast.desktop.fx.Icons;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.notes.Noting;
import app.holdfast.ui.Text;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;

/// What is to be said about the files that are selected.
public final class InspectorModel {

    /// Of other copies so many are listed.
    static final int COPIES_MAX = 20;

    private final Live live;
    private final Words words;
    private final Selection selection;
    private final Function<VolumeId, Optional<PlugIn>> drives;
    private final ReadOnlyObjectWrapper<Facts> facts = new ReadOnlyObjectWrapper<>(new Facts.Nothing());
    private final ReadOnlyObjectWrapper<Optional<Noting>> noted = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Subscription watching = () -> { };

    public sealed interface Facts {
        record Nothing() implements Facts {}

        /// @param detail such as `JPEG image, 18.4 MB`
        record One(EntryRow entry, String detail, String modified, Found found, List<Tagging> tags)
                implements Facts {

            /// Where it lies itself.
            public Copy copy() {
                return found.copy();
            }
        }

        record Many(int count, String title, String detail, List<Tagging> tags) implements Facts {}
    }

    /// Where a file lies.
    ///
    /// @param path  location and folders, for reading
    /// @param state how it is reached, or when its device was seen last
    public record Copy(String device, String drive, String path, String state, boolean online, boolean here) {}

    /// Where a file and its copies are.
    ///
    /// @param plugIn what to do to reach it, when its drive is away
    /// @param others other files with the same content, the first [#COPIES_MAX]
    public record Found(Copy copy, Optional<PlugIn> plugIn, Copies copies, List<Copy> others) {}

    /// How many copies there are, itself among them.
    ///
    /// @param number 0 while that is not known
    /// @param says   in words; empty for what has no copies, such as a folder
    public record Copies(int number, String says) {}

    /// @param everywhere whether all that are selected have it
    public record Tagging(TagId tag, String name, TagColor color, boolean everywhere) {}

    /// @param copies of the file, itself among them
    private record Whereabouts(Map<LocationId, LocationRow> locations, Map<DeviceId, Instant> lastSeen,
            List<EntryRow> copies) {

        private static Whereabouts of(LibraryReader reader, EntryRow entry) {
            Map<LocationId, LocationRow> locations = new HashMap<>();
            reader.locations().forEach(row -> locations.put(row.id(), row));
            Map<DeviceId, Instant> lastSeen = new HashMap<>();
            reader.devices().forEach(device -> device.lastSeen().ifPresent(seen -> lastSeen.put(device.id(), seen)));
            List<EntryRow> copies = entry.copies() < 2 ? List.of() : reader.rows(reader.keys(
                    new EntryScope.Copies(entry.id()), EntrySort.BY_NAME).from(0, COPIES_MAX + 1));
            return new Whereabouts(locations, lastSeen, copies);
        }
    }

    /// @param drives what to plug in for the files of a drive
    public InspectorModel(Live live, Words words, Selection selection,
            Function<VolumeId, Optional<PlugIn>> drives) {
        this.drives = drives;
        this.live = live;
        this.words = words;
        this.selection = selection;
        selection.rows().addListener((ListChangeListener<EntryRow>) _ -> look());
        selection.count().addListener((_, _, _) -> look());
    }

    public ReadOnlyObjectProperty<Facts> facts() {
        return facts.getReadOnlyProperty();
    }

    /// What is noted about them; empty when nothing is selected, or more than are read at once.
    public ReadOnlyObjectProperty<Optional<Noting>> noted() {
        return noted.getReadOnlyProperty();
    }

    public void close() {
        noted.set(Optional.empty());
        watching.close();
    }

    private void look() {
        watching.close();
        watching = () -> { };
        List<EntryRow> rows = List.copyOf(selection.rows());
        int count = selection.count().get();
        noted.set(rows.isEmpty() || rows.size() < count ? Optional.empty() : Optional.of(Noting.of(rows)));
        if (rows.isEmpty() || count == 0) {
            facts.set(new Facts.Nothing());
        } else if (count == 1) {
            EntryRow entry = rows.getFirst();
            watching = live.watch(reader -> Whereabouts.of(reader, entry), where -> facts.set(one(entry, where)));
        } else {
            facts.set(many(rows, count));
        }
    }

    private Facts.One one(EntryRow entry, Whereabouts where) {
        String detail = entry.kind() == EntryKind.DIRECTORY ? kind(entry)
                : kind(entry) + ", " + words.size(entry.size());
        return new Facts.One(entry, detail, words.get(Text.INSPECTOR_MODIFIED, words.dateAndTime(entry.modified())),
                found(entry, where), tagging(List.of(entry)));
    }

    private Facts.Many many(List<EntryRow> rows, int count) {
        long bytes = rows.stream().mapToLong(EntryRow::size).sum();
        String detail = rows.size() < count ? "" : words.size(bytes);
        return new Facts.Many(count, words.get(Text.INSPECTOR_MANY, count), detail, tagging(rows));
    }

    private Found found(EntryRow entry, Whereabouts where) {
        List<Copy> others = where.copies().stream().filter(copy -> !copy.id().equals(entry.id())).limit(COPIES_MAX)
                .map(copy -> copy(copy, where, "/" + copy.name())).toList();
        Optional<PlugIn> plugIn = entry.holder().online() ? Optional.empty() : drives.apply(entry.holder().volume());
        return new Found(copy(entry, where, ""), plugIn, copies(entry), others);
    }

    private Copies copies(EntryRow entry) {
        boolean none = entry.kind() != EntryKind.FILE || entry.size() == 0;
        return new Copies(entry.copies(), none ? "" : entry.copies() == 0 ? words.get(Text.COPIES_UNKNOWN)
                : words.get(Text.COPIES, entry.copies()));
    }

    /// @param name what stands at the end of the path: empty for the file whose name stands above
    private Copy copy(EntryRow entry, Whereabouts where, String name) {
        EntryRow.Holder holder = entry.holder();
        LocationRow row = where.locations().get(entry.location());
        String location = row == null ? "" : row.name();
        int slash = entry.path().lastIndexOf('/');
        String folders = slash < 0 ? "" : " / " + entry.path().substring(0, slash).replace("/", " / ");
        String state = holder.here() && holder.online() ? words.get(Text.COPY_HERE)
                : holder.online() ? words.get(Text.COPY_ONLINE)
                : drives.apply(holder.volume()).map(PlugIn::line).orElseGet(() ->
                        Optional.ofNullable(where.lastSeen().get(holder.device()))
                                .map(seen -> words.get(Text.DEVICE_LAST_SEEN, words.ago(seen)))
                                .orElse(words.get(Text.DEVICE_AWAY)));
        String path = PlainText.shown(location + folders + name.replace("/", " / "));
        String device = holder.here() ? words.get(Text.PLACE_THIS_DEVICE) : holder.deviceName();
        return new Copy(device, holder.volumeName(), path, state, holder.online(), holder.here());
    }

    private String kind(EntryRow entry) {
        String extension = Icons.extension(entry.name());
        return switch (entry.kind()) {
            case DIRECTORY -> words.get(Text.KIND_FOLDER);
            case SYMLINK -> words.get(Text.KIND_LINK);
            case OTHER -> words.get(Text.KIND_SPECIAL);
            case FILE -> extension.isEmpty() || extension.length() > 10 ? words.get(Text.KIND_FILE)
                    : words.get(Text.KIND_FILE_OF, extension.toUpperCase(Locale.ROOT));
        };
    }

    /// In the order of their first file.
    private static List<Tagging> tagging(List<EntryRow> rows) {
        Map<TagId, EntryRow.Tag> seen = new LinkedHashMap<>();
        Map<TagId, Integer> times = new LinkedHashMap<>();
        for (EntryRow row : rows) {
            for (EntryRow.Tag tag : row.tags()) {
                seen.putIfAbsent(tag.id(), tag);
                times.merge(tag.id(), 1, Integer::sum);
            }
        }
        return seen.values().stream().map(tag -> new Tagging(tag.id(), tag.name(), tag.color(),
                Objects.requireNonNull(times.get(tag.id())) == rows.size())).toList();
    }
}

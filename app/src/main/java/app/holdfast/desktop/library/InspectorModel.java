package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.fx.Icons;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.notes.Noting;
import app.holdfast.ui.Text;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;

/// What is to be said about the files that are selected.
public final class InspectorModel {

    private final Live live;
    private final Words words;
    private final Selection selection;
    private final ReadOnlyObjectWrapper<Facts> facts = new ReadOnlyObjectWrapper<>(new Facts.Nothing());
    private final ReadOnlyObjectWrapper<Optional<Noting>> noted = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Subscription watching = () -> { };

    public sealed interface Facts {
        record Nothing() implements Facts {}

        /// @param detail such as `JPEG image, 18.4 MB`
        record One(EntryRow entry, String detail, String modified, Copy copy, List<Tagging> tags) implements Facts {}

        record Many(int count, String title, String detail, List<Tagging> tags) implements Facts {}
    }

    /// Where a file lies.
    ///
    /// @param path  location and folders, for reading
    /// @param state how it is reached, or when its device was seen last
    public record Copy(String device, String drive, String path, String state, boolean online, boolean here) {}

    /// @param everywhere whether all that are selected have it
    public record Tagging(TagId tag, String name, TagColor color, boolean everywhere) {}

    private record Whereabouts(Optional<LocationRow> location, Optional<Instant> lastSeen) {}

    public InspectorModel(Live live, Words words, Selection selection) {
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
            watching = live.watch(reader -> new Whereabouts(reader.location(entry.location()),
                    reader.devices().stream().filter(device -> device.id().equals(entry.holder().device()))
                            .findFirst().flatMap(device -> device.lastSeen())),
                    where -> facts.set(one(entry, where)));
        } else {
            facts.set(many(rows, count));
        }
    }

    private Facts.One one(EntryRow entry, Whereabouts where) {
        String detail = entry.kind() == EntryKind.DIRECTORY ? kind(entry)
                : kind(entry) + ", " + words.size(entry.size());
        return new Facts.One(entry, detail, words.get(Text.INSPECTOR_MODIFIED, words.dateAndTime(entry.modified())),
                copy(entry, where), tagging(List.of(entry)));
    }

    private Facts.Many many(List<EntryRow> rows, int count) {
        long bytes = rows.stream().mapToLong(EntryRow::size).sum();
        String detail = rows.size() < count ? "" : words.size(bytes);
        return new Facts.Many(count, words.get(Text.INSPECTOR_MANY, count), detail, tagging(rows));
    }

    private Copy copy(EntryRow entry, Whereabouts where) {
        EntryRow.Holder holder = entry.holder();
        String location = where.location().map(LocationRow::name).orElse("");
        int slash = entry.path().lastIndexOf('/');
        String folders = slash < 0 ? "" : " / " + entry.path().substring(0, slash).replace("/", " / ");
        String state = holder.here() && holder.online() ? words.get(Text.COPY_HERE)
                : holder.online() ? words.get(Text.COPY_ONLINE)
                : where.lastSeen().map(seen -> words.get(Text.DEVICE_LAST_SEEN, words.ago(seen)))
                        .orElse(words.get(Text.DEVICE_AWAY));
        String device = holder.here() ? words.get(Text.PLACE_THIS_DEVICE) : holder.deviceName();
        return new Copy(device, holder.volumeName(), location + folders, state, holder.online(), holder.here());
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

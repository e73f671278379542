package app.holdfast.desktop.locations;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.model.LocationId;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Everything one can do with locations.
public final class LocationsModel {

    /// A scan that took longer than this is worth a word when it ends.
    private static final long WORTH_TELLING_MILLIS = 2_000;
    /// How a scan fails whose drive was pulled out.
    private static final String UNPLUGGED = "unplugged";

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final Supplier<UUID> newIds;
    private final ObservableList<LocationRow> foreign = FXCollections.observableArrayList();
    private final ObservableList<LocationRow> foreignShown = FXCollections.unmodifiableObservableList(foreign);
    private final Subscription watching;

    public LocationsModel(Live live, Words words, Toasts toasts, Supplier<UUID> newIds) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.newIds = newIds;
        watching = live.watchCalmly(LibraryReader::locations, answer -> {
            List<LocationRow> now = answer.stream().filter(row -> row.absolutePath().isEmpty()).toList();
            if (!foreign.equals(now)) {
                foreign.setAll(now);
            }
        });
    }

    /// Those that other devices look after, by name.
    public ObservableList<LocationRow> foreign() {
        return foreignShown;
    }

    /// Whether this device keeps the list of what is in a location of another, in words.
    public String says(LocationRow location) {
        return location.kept() ? words.get(Text.LOCATION_KEPT_LINE, location.entries(), location.deviceName())
                : words.get(Text.LOCATION_KEPT_NOT_LINE, location.deviceName());
    }

    /// Keeps the list of what is in a location of another device here, or does without it.
    public void keep(LocationRow location, boolean kept) {
        submitKeep(location, kept, () -> toasts.done(
                words.get(kept ? Text.LOCATION_KEPT : Text.LOCATION_DROPPED, location.name()),
                new Toasts.Action(words.get(Text.TOAST_UNDO), () -> submitKeep(location, !kept, () -> { }))));
    }

    public void close() {
        watching.close();
    }

    /// What a person typed, if it names a folder absolutely. `~` is the home directory.
    public static Optional<Path> folder(String typed) {
        String text = typed.strip();
        String home = System.getProperty("user.home", "");
        try {
            Path path = Path.of(text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text);
            return path.isAbsolute() ? Optional.of(path.normalize()) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /// @param added   told when core has taken it and begun to read
    /// @param refused told in words why not
    public void add(Path folder, Consumer<LocationId> added, Consumer<String> refused) {
        LocationId id = new LocationId(newIds.get());
        live.submit(new Command.AddLocation(id, folder, Optional.empty()), () -> added.accept(id),
                failure -> refused.accept(FailureText.of(failure, words.texts())));
    }

    /// The same, with a toast if it is refused: for a folder that was dropped.
    public void add(Path folder, Consumer<LocationId> added) {
        add(folder, added, why -> toasts.failed(words.get(Text.LOCATION_NOT_ADDED, String.valueOf(folder)), why));
    }

    public void rescan(LocationRow location) {
        submit(new Command.RescanLocation(location.id()), Text.LOCATION_NOT_READ, location.name());
    }

    /// Reads it again and believes what it finds: most of it may be gone.
    public void rescanConfirmed(LocationRow location) {
        submit(new Command.RescanLocation(location.id(), true), Text.LOCATION_NOT_READ, location.name());
    }

    /// Has reading it wait, or go on.
    public void pauseScan(LocationRow location, boolean wait) {
        submit(wait ? new Command.PauseScan(location.id()) : new Command.ResumeScan(location.id()),
                Text.LOCATION_NOT_PAUSED, location.name());
    }

    public void cancelScan(LocationId location, String name) {
        submit(new Command.CancelScan(location), Text.LOCATION_NOT_CANCELLED, name);
    }

    /// Takes it out of the library on every device. The screen has asked.
    public void remove(LocationRow location) {
        live.submit(new Command.RemoveLocation(location.id()),
                () -> toasts.done(words.get(Text.LOCATION_REMOVED, location.name())),
                failure -> toasts.failed(words.get(Text.LOCATION_NOT_REMOVED, location.name()),
                        FailureText.of(failure, words.texts())));
    }

    /// Tells how a scan ended, if that is worth telling.
    public void heard(CoreEvent.ScanEnded ended) {
        ScanProgress scan = ended.result();
        switch (scan.state()) {
            case RUNNING, PAUSED -> { }
            case DONE -> {
                if (scan.unreadable() > 0) {
                    toasts.news(words.get(Text.SCAN_DONE, scan.locationName()),
                            words.get(Text.SCAN_UNREADABLE, scan.found(), scan.unreadable()));
                } else if (scan.millis() > WORTH_TELLING_MILLIS) {
                    toasts.news(words.get(Text.SCAN_DONE, scan.locationName()),
                            words.get(Text.SCAN_FOUND, scan.found()));
                }
            }
            case CANCELLED -> toasts.news(words.get(Text.SCAN_CANCELLED, scan.locationName()),
                    words.get(Text.SCAN_KEPT, scan.found()));
            case FAILED -> {
                if (scan.failure().filter(UNPLUGGED::equals).isEmpty()) { // the drive's own toast tells of that
                    toasts.failed(words.get(Text.SCAN_FAILED, scan.locationName()),
                            words.get(Text.SCAN_FAILED_DETAIL));
                }
            }
        }
    }

    private void submitKeep(LocationRow location, boolean kept, Runnable done) {
        live.submit(new Command.KeepLocation(location.id(), kept), done,
                failure -> toasts.failed(words.get(Text.LOCATION_NOT_KEPT, location.name()),
                        FailureText.of(failure, words.texts())));
    }

    private void submit(Command command, Text title, String name) {
        live.submit(command, () -> { },
                failure -> toasts.failed(words.get(title, name), FailureText.of(failure, words.texts())));
    }
}

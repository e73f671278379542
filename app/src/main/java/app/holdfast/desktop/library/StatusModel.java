package app.holdfast.desktop.library;

import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LibrarySummary;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.model.LocationId;
import app.holdfast.desktop.fx.Dot;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The line at the foot of the window: how much there is, what runs, who is there, and whether all is up to date.
public final class StatusModel {

    private final Live live;
    private final Words words;
    private final ReadOnlyStringWrapper counts = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper online = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper sync = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Dot.State> mark = new ReadOnlyObjectWrapper<>(Dot.State.AWAY);
    private final ObservableList<Task> tasks = FXCollections.observableArrayList();
    private final ObservableList<Task> tasksShown = FXCollections.unmodifiableObservableList(tasks);
    private final List<Subscription> watching = new ArrayList<>();

    /// A scan that runs.
    ///
    /// @param fraction 0 to 1, or negative when the end is not known
    public record Task(LocationId location, String locationName, String title, String detail, double fraction) {}

    private record Answer(List<DeviceRow> devices, SyncStatus status) {}

    private record Running(List<ScanProgress> scans, List<Long> known) {}

    public StatusModel(Live live, Words words) {
        this.live = live;
        this.words = words;
    }

    public void start() {
        watching.add(live.watchCalmly(LibraryReader::summary, this::showSummary));
        watching.add(live.watchCalmly(StatusModel::running, this::showScans));
        watching.add(live.watchCalmly(reader -> new Answer(reader.devices(), reader.syncStatus()), this::showSync));
    }

    /// Such as `1,024,318 files in 5 locations`.
    public ReadOnlyStringProperty counts() {
        return counts.getReadOnlyProperty();
    }

    /// Such as `3 of 4 devices online`.
    public ReadOnlyStringProperty online() {
        return online.getReadOnlyProperty();
    }

    /// Such as `Up to date`; empty where there is nobody to sync with.
    public ReadOnlyStringProperty sync() {
        return sync.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Dot.State> mark() {
        return mark.getReadOnlyProperty();
    }

    public ObservableList<Task> tasks() {
        return tasksShown;
    }

    public void close() {
        watching.forEach(Subscription::close);
        watching.clear();
    }

    private void showSummary(LibrarySummary summary) {
        LibrarySummary.Counts all = summary.counts();
        counts.set(all.locations() == 0 ? words.get(Text.STATUS_NO_LOCATIONS)
                : words.get(Text.STATUS_COUNTS, all.entries(), all.locations()));
    }

    private static Running running(LibraryReader reader) {
        List<ScanProgress> scans = reader.scans().stream()
                .filter(scan -> scan.state() == ScanProgress.State.RUNNING).toList();
        List<Long> known = scans.stream()
                .map(scan -> reader.location(scan.location()).map(row -> row.entries()).orElse(0L)).toList();
        return new Running(scans, known);
    }

    private void showScans(Running running) {
        List<Task> now = new ArrayList<>();
        for (int i = 0; i < running.scans().size(); i++) {
            ScanProgress scan = running.scans().get(i);
            long known = running.known().get(i);
            boolean endKnown = scan.found() < known;
            now.add(new Task(scan.location(), scan.locationName(),
                    words.get(Text.STATUS_READING, scan.locationName()),
                    endKnown ? words.get(Text.STATUS_FOUND_OF, scan.found(), known)
                            : words.get(Text.STATUS_FOUND, scan.found()),
                    endKnown ? (double) scan.found() / known : -1));
        }
        if (!tasks.equals(now)) {
            tasks.setAll(now);
        }
    }

    private void showSync(Answer answer) {
        long all = answer.devices().size();
        long there = answer.devices().stream().filter(device -> device.online() || device.self()).count();
        online.set(all <= 1 ? words.get(Text.STATUS_ALONE) : words.get(Text.STATUS_ONLINE, there, all));
        mark.set(switch (answer.status().state()) {
            case ALONE, OFFLINE, PAUSED -> Dot.State.AWAY;
            case CATCHING_UP -> Dot.State.MOVING;
            case BACKFILLING -> answer.status().percent().isPresent() ? Dot.State.MOVING : Dot.State.AWAY;
            case READY -> Dot.State.ONLINE;
        });
        sync.set(switch (answer.status().state()) {
            case ALONE, OFFLINE -> "";
            case PAUSED -> words.get(Text.STATUS_PAUSED);
            case BACKFILLING -> words.get(Text.STATUS_BACKFILLING, answer.status().percent().orElse(-1));
            case CATCHING_UP -> words.get(Text.STATUS_CATCHING_UP, pending(answer.status()));
            case READY -> lastSync(answer.status()).map(when -> words.get(Text.STATUS_SYNCED, words.ago(when)))
                    .orElse(words.get(Text.STATUS_UP_TO_DATE));
        });
    }

    private static long pending(SyncStatus status) {
        return status.peers().stream().filter(SyncStatus.Peer::online)
                .mapToLong(peer -> peer.pendingIn() + peer.pendingOut()).sum();
    }

    private static Optional<Instant> lastSync(SyncStatus status) {
        return status.peers().stream().filter(SyncStatus.Peer::online).flatMap(peer -> peer.lastSync().stream())
                .max(Comparator.naturalOrder());
    }
}

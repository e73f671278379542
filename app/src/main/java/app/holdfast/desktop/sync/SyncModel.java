package app.holdfast.desktop.sync;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.Throughput;
import app.holdfast.core.model.DeviceId;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.sync.SyncLines.ConflictLine;
import app.holdfast.desktop.sync.SyncLines.EventLine;
import app.holdfast.desktop.sync.SyncLines.Fact;
import app.holdfast.desktop.sync.SyncLines.PeerLine;
import app.holdfast.ui.Text;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// How this device stands with the others, and what a person can do about it.
public final class SyncModel {

    /// Events shown; the command line has the rest.
    static final int EVENTS_MAX = 100;
    static final int CONFLICTS_MAX = 50;
    private static final double MEGA = 1_000_000;

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final Devices devices;
    private final SyncLines lines;
    private final ObservableList<Fact> facts = FXCollections.observableArrayList();
    private final ObservableList<PeerLine> peers = FXCollections.observableArrayList();
    private final ObservableList<ConflictLine> conflicts = FXCollections.observableArrayList();
    private final ObservableList<EventLine> events = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper paused = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper syncing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Throughput> throughput = new ReadOnlyObjectWrapper<>(Throughput.NONE);
    private final ReadOnlyObjectWrapper<@Nullable Checkup> checkup = new ReadOnlyObjectWrapper<>();
    private final List<Subscription> watching = new ArrayList<>();

    private record Happened(List<SyncEvent> events, Map<DeviceId, String> names) {}

    public SyncModel(Live live, Words words, Toasts toasts, Devices devices) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.devices = devices;
        this.lines = new SyncLines(words);
    }

    public void start() {
        watching.add(live.watchCalmly(LibraryReader::syncStatus, this::show));
        watching.add(live.watchCalmly(LibraryReader::conflicts, this::showConflicts));
        watching.add(live.watchCalmly(SyncModel::happened, this::showEvents));
    }

    public ObservableList<Fact> facts() {
        return facts;
    }

    public ObservableList<PeerLine> peers() {
        return peers;
    }

    public ObservableList<ConflictLine> conflicts() {
        return conflicts;
    }

    /// Newest first.
    public ObservableList<EventLine> events() {
        return events;
    }

    /// Whether everything is.
    public ReadOnlyBooleanProperty paused() {
        return paused.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty syncing() {
        return syncing.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Throughput> throughput() {
        return throughput.getReadOnlyProperty();
    }

    /// What the last check found; null while one runs or none has run.
    public ReadOnlyObjectProperty<@Nullable Checkup> checkup() {
        return checkup.getReadOnlyProperty();
    }

    /// Asks for what changes by itself. To be called every few seconds while the page is in sight.
    public void refresh() {
        live.once(LibraryReader::throughput, throughput::set);
        live.once(LibraryReader::syncStatus, this::show);
    }

    public void pauseAll(boolean pause) {
        submit(pause ? new Command.PauseSync(Optional.empty()) : new Command.ResumeSync(Optional.empty()));
    }

    void pause(PeerLine peer, boolean pause) {
        submit(pause ? new Command.PauseSync(Optional.of(peer.id())) : new Command.ResumeSync(Optional.of(peer.id())));
    }

    /// Whether what was typed is a rate: empty, or megabytes a second as the language writes numbers.
    public boolean isRate(String typed) {
        return typed.isBlank() || bytesPerSecond(typed).isPresent();
    }

    void limit(PeerLine peer, String typed) {
        submit(new Command.LimitSync(Optional.of(peer.id()), bytesPerSecond(typed)));
    }

    private Optional<Long> bytesPerSecond(String typed) {
        String number = typed.strip();
        var position = new ParsePosition(0);
        Number parsed = NumberFormat.getNumberInstance(words.texts().locale()).parse(number, position);
        boolean whole = parsed != null && position.getIndex() == number.length();
        long bytes = whole ? Math.round(parsed.doubleValue() * MEGA) : 0;
        return bytes > 0 ? Optional.of(bytes) : Optional.empty();
    }

    /// Uses the value that lost.
    void takeOther(ConflictLine line) {
        submit(new Command.SettleConflict(line.conflict().about(),
                Optional.of(line.conflict().others().getFirst().id())));
    }

    void keep(ConflictLine line) {
        submit(new Command.SettleConflict(line.conflict().about(), Optional.empty()));
    }

    public void syncNow() {
        syncing.set(true);
        live.await(devices.syncNow(), _ -> syncing.set(false), failure -> {
            syncing.set(false);
            failed(failure);
        });
    }

    /// Checks the whole library; [#checkup] tells when it is done.
    public void check() {
        checkup.set(null);
        live.submit(new Command.PollPeers(), () -> live.once(LibraryReader::checkup, checkup::set), this::failed);
    }

    public void repair() {
        live.submit(new Command.RepairLibrary(), () -> toasts.done(words.get(Text.SYNC_REPAIRED)), this::failed);
    }

    /// All events as text, oldest first.
    public String eventsAsText() {
        var text = new StringBuilder();
        events.reversed().forEach(event -> text.append(event.time()).append("  ").append(event.text()).append('\n'));
        return text.toString();
    }

    public void close() {
        watching.forEach(Subscription::close);
        watching.clear();
    }

    private static Happened happened(LibraryReader reader) {
        Map<DeviceId, String> names = new HashMap<>();
        reader.devices().forEach(device -> names.put(device.id(), device.name()));
        return new Happened(reader.syncEvents(EVENTS_MAX, 0), names);
    }

    private void show(SyncStatus status) {
        paused.set(status.rule().paused());
        replace(facts, lines.facts(status));
        replace(peers, status.peers().stream().map(lines::peer).toList());
    }

    private void showConflicts(List<SyncConflict> answer) {
        replace(conflicts, answer.stream().limit(CONFLICTS_MAX).map(lines::conflict).toList());
    }

    private void showEvents(Happened answer) {
        replace(events, answer.events().stream().map(event -> lines.event(event, answer.names())).toList());
    }

    private static <T> void replace(ObservableList<T> shown, List<T> now) {
        if (!shown.equals(now)) {
            shown.setAll(now);
        }
    }

    private void submit(Command command) {
        live.submit(command, () -> { }, this::failed);
    }

    private void failed(Throwable failure) {
        toasts.failed(words.get(Text.SYNC_FAILED), FailureText.of(failure, words.texts()));
    }
}

package app.holdfast.desktop.drives;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.Reading;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

/// The drives that the library knows or that are plugged in here, and everything one can do with them.
public final class DrivesModel {

    /// What a shelf note may hold.
    public static final int NOTE_CHARS_MAX = 5_000;

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final Supplier<UUID> newIds;
    private final ObservableList<DriveLine> drives = FXCollections.observableArrayList();
    private final ObservableList<FolderLine> folders = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper atOnce = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyObjectWrapper<Reading> reading =
            new ReadOnlyObjectWrapper<>(new Reading(false, Optional.empty(), 0));
    private final Subscription watching;
    private Subscription closely = () -> { };
    private Map<VolumeId, PlugIn> away = Map.of();
    private Answer answer = new Answer(List.of(), List.of(), List.of(), true);

    private record Answer(List<VolumeRow> volumes, List<MountRow> mounts, List<DeviceRow> devices, boolean atOnce) {

        private static Answer of(LibraryReader reader) {
            return new Answer(reader.volumes(), reader.mounts(), reader.devices(), reader.claimsAtOnce());
        }

        private Optional<DeviceId> self() {
            return devices.stream().filter(DeviceRow::self).map(DeviceRow::id).findFirst();
        }
    }

    private record Close(List<LocationRow> locations, List<ScanProgress> scans, Reading reading) {}

    public DrivesModel(Live live, Words words, Toasts toasts, Supplier<UUID> newIds) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.newIds = newIds;
        watching = live.watchCalmly(Answer::of, this::show);
    }

    ObservableList<DriveLine> drives() {
        return drives;
    }

    /// All locations, those of other devices as well; asked for while [#watchClosely] says so.
    ObservableList<FolderLine> folders() {
        return folders;
    }

    /// Whether drives of other devices are claimed without asking.
    public ReadOnlyBooleanProperty atOnce() {
        return atOnce.getReadOnlyProperty();
    }

    /// How far reading what files have in them is.
    public ReadOnlyObjectProperty<Reading> reading() {
        return reading.getReadOnlyProperty();
    }

    /// How many there are.
    public int count() {
        return drives.size();
    }

    /// Whether one of them waits for a person.
    public boolean asks() {
        return drives.stream().anyMatch(DriveLine::asks);
    }

    /// Has the list tell of changes.
    public void onChange(Runnable changed) {
        drives.addListener((ListChangeListener<DriveLine>) _ -> changed.run());
    }

    /// Such as `6 drives, 5 of them tracked`.
    String summary() {
        long tracked = drives.stream().filter(line -> line.volume().filter(volume ->
                volume.standing().tracking() != Tracking.NONE).isPresent()).count();
        return words.get(Text.DRIVES_SUMMARY, drives.size(), tracked);
    }

    /// What to do to reach files of this drive; empty when nobody has to plug it in.
    public Optional<PlugIn> plugIn(VolumeId volume) {
        return Optional.ofNullable(away.get(volume));
    }

    /// Locations and scans change with every file that is found, so they are asked for only while the page is in sight.
    void watchClosely(boolean inSight) {
        closely.close();
        closely = inSight ? live.watchCalmly(reader -> new Close(reader.locations(), reader.scans(), reader.reading()),
                this::showClosely) : () -> { };
    }

    /// Everything that could be true of a drive that is there twice.
    List<Verdict.Choice> choices(VolumeRow volume) {
        return answer.self().map(self -> Verdict.choices(volume, answer.mounts(), self, words)).orElse(List.of());
    }

    /// The volume that a drive says it is.
    Optional<VolumeRow> volume(DriveLine line) {
        return line.volume().or(() -> line.mount().flatMap(MountRow::volume).flatMap(id ->
                answer.volumes().stream().filter(volume -> volume.id().equals(id)).findFirst()));
    }

    /// What becomes of a wish to have a drive known everywhere.
    ///
    /// @param refused told in words why not
    /// @param asks    told what to ask first: it is the drive that this computer starts from
    record Tracked(Runnable done, Consumer<String> refused, Consumer<String> asks) {}

    /// @param system whether the person said that it may be this computer's own
    void track(Path path, boolean system, Tracked then) {
        live.submit(new Command.TrackVolume(new VolumeId(newIds.get()), path, system), () -> {
            toasts.done(words.get(Text.DRIVE_TRACKED));
            then.done.run();
        }, failure -> {
            if (failure instanceof CoreException.DriveRefused drive
                    && drive.reason() == CoreException.DriveRefused.Reason.SYSTEM) {
                then.asks.accept(words.get(Text.DRIVE_TRACK_SYSTEM, drive.about()));
            } else {
                then.refused.accept(why(failure));
            }
        });
    }

    /// Where a drive can be seen.
    static Optional<Path> place(DriveLine line) {
        return line.mountPoint().or(() -> line.volume().flatMap(VolumeRow::mountPoint));
    }

    void claim(DriveLine line) {
        volume(line).ifPresent(volume -> claim(volume.id(), volume.label()));
    }

    private void claim(VolumeId volume, String label) {
        submit(new Command.ClaimVolume(volume), label, () -> { });
    }

    /// Notes where it is kept; can be taken back.
    ///
    /// @return false when the note is too long
    boolean note(VolumeRow volume, String typed) {
        String text = typed.strip();
        String before = volume.standing().note();
        if (text.length() > NOTE_CHARS_MAX) {
            return false;
        }
        if (!text.equals(before)) {
            submit(new Command.NoteVolume(volume.id(), text), volume.label(), () -> toasts.done(
                    words.get(text.isEmpty() ? Text.DRIVE_NOTE_GONE : Text.DRIVE_NOTED, volume.label()),
                    new Toasts.Action(words.get(Text.TOAST_UNDO), () -> submit(
                            new Command.NoteVolume(volume.id(), before), volume.label(), () -> { }))));
        }
        return true;
    }

    void say(VolumeRow volume, Verdict verdict) {
        Command command = switch (verdict) {
            case Verdict.CopyHere(Path mountPoint) ->
                    new Command.ThisIsTheCopy(volume.id(), new VolumeId(newIds.get()), mountPoint);
            case Verdict.CopyThere(DeviceId device) -> new Command.CopyIsAt(volume.id(), device);
            case Verdict.Original(Path mountPoint) -> new Command.ThisIsTheVolume(volume.id(), mountPoint);
        };
        submit(command, volume.label(), () -> toasts.done(words.get(verdict instanceof Verdict.Original
                ? Text.DRIVE_RESOLVED_ORIGINAL : Text.DRIVE_RESOLVED, volume.label())));
    }

    /// The screen has asked.
    void forget(VolumeRow volume) {
        submit(new Command.ForgetVolume(volume.id()), volume.label(),
                () -> toasts.done(words.get(Text.DRIVE_FORGOTTEN, volume.label())));
    }

    /// How many locations lie on it, as far as the page has asked.
    long locationsOn(VolumeRow volume) {
        return folders.stream().filter(line -> line.location().volume().equals(volume.id())).count();
    }

    void claimAtOnce(boolean wanted) {
        submit(new Command.SetClaiming(wanted), words.get(Text.DRIVE_POLICY), () -> { });
    }

    void pauseReading(boolean paused) {
        submit(new Command.PauseReading(paused), words.get(Text.READING), () -> { });
    }

    /// Such as `1,204 files are still to be read`.
    String readingLine() {
        Reading now = reading.get();
        String rate = now.bytesPerSecond().map(bytes -> words.get(Text.READING_RATE, words.size(bytes)))
                .orElse(words.get(Text.READING_NO_RATE));
        return now.paused() ? words.get(Text.READING_PAUSED, now.left())
                : now.left() == 0 ? words.get(Text.READING_DONE) : words.get(Text.READING_LEFT, now.left(), rate);
    }

    /// Tells of a moment, if it is one of drives.
    ///
    /// @param page shows the page of drives
    public void heard(CoreEvent moment, Runnable page) {
        switch (moment) {
            case CoreEvent.DriveHere here -> toasts.news(words.get(Text.DRIVE_CAME, here.label()),
                    words.get(Text.DRIVE_CAME_DETAIL));
            case CoreEvent.DriveNew stranger -> toasts.offer(words.get(Text.DRIVE_NEW, stranger.label()),
                    words.get(Text.DRIVE_NEW_DETAIL), new Toasts.Action(words.get(Text.DRIVE_NEW_SHOW), page));
            case CoreEvent.DriveGone gone -> toasts.news(words.get(Text.DRIVE_WENT, gone.label()),
                    words.get(Text.DRIVE_WENT_DETAIL));
            case CoreEvent.DriveMoved moved -> {
                boolean here = answer.self().filter(moved.device()::equals).isPresent();
                toasts.news(here ? words.get(Text.DRIVE_MOVED_HERE, moved.label())
                        : words.get(Text.DRIVE_MOVED, moved.label(), moved.deviceName()),
                        words.get(here ? Text.DRIVE_MOVED_HERE_DETAIL : Text.DRIVE_MOVED_DETAIL));
            }
            case CoreEvent.DriveAsks asks -> toasts.offer(words.get(Text.DRIVE_ASKS, asks.label()),
                    words.get(Text.DRIVE_ASKS_DETAIL, asks.deviceName()), new Toasts.Action(
                            words.get(Text.DRIVE_CLAIM), () -> claim(asks.volume(), asks.label())));
            case CoreEvent.DriveTwice twice -> toasts.offer(words.get(Text.DRIVE_BANNER, twice.label()),
                    words.get(Text.DRIVE_BANNER_DETAIL), new Toasts.Action(words.get(Text.DRIVE_RESOLVE), page));
            case CoreEvent.PairingAsked _, CoreEvent.DeviceJoined _, CoreEvent.DeviceOnline _,
                    CoreEvent.DeviceOffline _, CoreEvent.ScanEnded _, CoreEvent.ClockAhead _,
                    CoreEvent.IdentityTwice _, CoreEvent.VaultAsked _, CoreEvent.VaultAskedNoMore _,
                    CoreEvent.VaultGiven _ -> { }
        }
    }

    public void close() {
        watching.close();
        closely.close();
    }

    private void show(Answer now) {
        answer = now;
        atOnce.set(now.atOnce());
        now.self().ifPresent(self -> {
            DriveLines lines = new DriveLines(words, self);
            Map<VolumeId, PlugIn> missing = new HashMap<>();
            now.volumes().stream().filter(volume -> volume.standing().unplugged() && !volume.mounted())
                    .forEach(volume -> missing.put(volume.id(), plugIn(volume, lines)));
            away = missing;
            replace(drives, lines.lines(now.volumes(), now.mounts()));
        });
    }

    private PlugIn plugIn(VolumeRow volume, DriveLines lines) {
        String shelf = volume.standing().note().strip().replace('\n', ' ');
        String title = words.get(Text.PLUG_IN, volume.label());
        String line = shelf.isEmpty() ? title : words.get(Text.PLUG_IN_SHELF, volume.label(), shelf);
        return new PlugIn(volume.label(), line, title, shelf, lines.seen(volume));
    }

    private void showClosely(Close now) {
        reading.set(now.reading());
        replace(folders, new FolderLines(words).lines(now.locations(), now.scans()));
    }

    private static <T> void replace(ObservableList<T> shown, List<T> now) {
        if (!shown.equals(now)) {
            shown.setAll(now);
        }
    }

    private void submit(Command command, String about, Runnable done) {
        live.submit(command, done, failure -> failed(about, why(failure)));
    }

    /// A value that core does not take it names in English: a general sentence would lose that.
    private String why(Throwable failure) {
        return failure instanceof CoreException.Refused ? words.get(Text.DRIVE_REFUSED,
                String.valueOf(failure.getMessage())) : FailureText.of(failure, words.texts());
    }

    void failed(String about, String why) {
        toasts.failed(words.get(Text.DRIVE_FAILED, about), why);
    }
}

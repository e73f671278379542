package app.holdfast.desktop.devices;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.time.Duration;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The devices of the library, and what one can do with them.
public final class DevicesModel {

    public static final int NAME_CHARS_MAX = 100;

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final Devices devices;
    private final ObservableList<DeviceRow> rows = FXCollections.observableArrayList();
    private final ObservableList<DeviceRow> rowsShown = FXCollections.unmodifiableObservableList(rows);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper syncing = new ReadOnlyBooleanWrapper();
    private final Subscription watching;

    public DevicesModel(Live live, Words words, Toasts toasts, Devices devices) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.devices = devices;
        watching = live.watchCalmly(LibraryReader::devices, this::show);
    }

    /// This one first, then by name.
    public ObservableList<DeviceRow> rows() {
        return rowsShown;
    }

    /// Such as `4 devices, 3 online`.
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty syncing() {
        return syncing.getReadOnlyProperty();
    }

    /// How it is reached, or when it was seen last.
    public String reached(DeviceRow device) {
        if (device.self()) {
            return words.get(Text.DEVICE_THIS);
        }
        if (device.online()) {
            String way = device.via().map(via -> switch (via) {
                case DIRECT -> words.get(Text.DEVICE_DIRECT);
                case RELAY -> words.get(Text.DEVICE_RELAY);
            }).orElse(words.get(Text.DEVICE_ONLINE));
            return device.addresses().isEmpty() ? way : way + ", " + device.addresses().getFirst();
        }
        return device.lastSeen().map(seen -> words.get(Text.DEVICE_LAST_SEEN, words.ago(seen)))
                .orElse(words.get(Text.DEVICE_NEVER_SEEN));
    }

    /// What is still to be exchanged with it.
    public String pending(DeviceRow device) {
        if (device.self()) {
            return "";
        }
        if (!device.online()) {
            return device.pendingOut() > 0 ? words.get(Text.DEVICE_WAITS, device.pendingOut()) : "";
        }
        if (device.pendingOut() > 0) {
            return words.get(Text.DEVICE_TO_SEND, device.pendingOut());
        }
        return device.pendingIn() > 0 ? words.get(Text.DEVICE_TO_RECEIVE, device.pendingIn())
                : words.get(Text.DEVICE_UP_TO_DATE);
    }

    public boolean isMoving(DeviceRow device) {
        return !device.self() && device.online() && (device.pendingOut() > 0 || device.pendingIn() > 0);
    }

    /// Whether a name can be taken: not blank, not too long.
    public static boolean isName(String name) {
        return !name.isBlank() && name.strip().length() <= NAME_CHARS_MAX;
    }

    public void renameThis(String name) {
        submit(new Command.RenameDevice(name.strip()), () -> { });
    }

    /// The screen has asked.
    public void forget(DeviceRow device) {
        submit(new Command.ForgetDevice(device.id()),
                () -> toasts.done(words.get(Text.DEVICE_FORGOTTEN, device.name())));
    }

    public void syncNow() {
        syncing.set(true);
        live.await(devices.syncNow(), _ -> syncing.set(false), failure -> {
            syncing.set(false);
            failed(failure);
        });
    }

    /// Tells of a moment, if it is one of devices.
    public void heard(CoreEvent moment) {
        switch (moment) {
            case CoreEvent.DeviceJoined joined -> toasts.done(words.get(Text.DEVICE_JOINED, joined.name()));
            case CoreEvent.ClockAhead ahead -> toasts.failed(words.get(Text.DEVICE_CLOCK, ahead.name()),
                    words.get(Text.DEVICE_CLOCK_DETAIL, Duration.ofMillis(ahead.aheadMillis()).toMinutes()));
            case CoreEvent.IdentityTwice twice -> toasts.failed(words.get(Text.DEVICE_TWICE, twice.name()),
                    words.get(Text.DEVICE_TWICE_DETAIL));
            case CoreEvent.DeviceOnline _, CoreEvent.DeviceOffline _, CoreEvent.PairingAsked _,
                    CoreEvent.ScanEnded _, CoreEvent.DriveHere _, CoreEvent.DriveNew _, CoreEvent.DriveGone _,
                    CoreEvent.DriveMoved _,
                    CoreEvent.DriveAsks _, CoreEvent.DriveTwice _, CoreEvent.VaultAsked _,
                    CoreEvent.VaultAskedNoMore _, CoreEvent.VaultGiven _ -> { }
        }
    }

    public void close() {
        watching.close();
    }

    private void show(List<DeviceRow> answer) {
        if (!rows.equals(answer)) {
            rows.setAll(answer);
        }
        long online = answer.stream().filter(device -> device.online() || device.self()).count();
        summary.set(words.get(Text.DEVICES_SUMMARY, answer.size(), online));
    }

    private void submit(Command command, Runnable done) {
        live.submit(command, done, this::failed);
    }

    private void failed(Throwable failure) {
        toasts.failed(words.get(Text.DEVICE_FAILED), FailureText.of(failure, words.texts()));
    }
}

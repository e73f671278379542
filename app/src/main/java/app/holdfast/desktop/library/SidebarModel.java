package app.holdfast.desktop.library;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LibrarySummary;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.LocationId;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.library.NavRow.Kind;
import app.holdfast.desktop.library.NavRow.State;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The places one can go to: all files, locations, collections, tags, devices, each with the one thing
/// worth knowing about it.
public final class SidebarModel {

    /// Tags of the top level listed here; the page of all tags has the rest.
    static final int TAGS_MAX = 8;

    private final Live live;
    private final Words words;
    private final ReadOnlyBooleanWrapper read = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper libraryName = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper deviceCount = new ReadOnlyStringWrapper("");
    private final ObservableList<NavRow> files = FXCollections.observableArrayList();
    private final ObservableList<NavRow> filesShown = FXCollections.unmodifiableObservableList(files);
    private final ObservableList<NavRow> locations = FXCollections.observableArrayList();
    private final ObservableList<NavRow> locationsShown = FXCollections.unmodifiableObservableList(locations);
    private final ObservableList<NavRow> collections = FXCollections.observableArrayList();
    private final ObservableList<NavRow> collectionsShown = FXCollections.unmodifiableObservableList(collections);
    private final ObservableList<NavRow> tags = FXCollections.observableArrayList();
    private final ObservableList<NavRow> tagsShown = FXCollections.unmodifiableObservableList(tags);
    private final ObservableList<NavRow> devices = FXCollections.observableArrayList();
    private final ObservableList<NavRow> devicesShown = FXCollections.unmodifiableObservableList(devices);
    private final ObservableList<NavRow> drives = FXCollections.observableArrayList();
    private final ObservableList<NavRow> drivesShown = FXCollections.unmodifiableObservableList(drives);
    private final ObservableList<NavRow> vaults = FXCollections.observableArrayList();
    private final ObservableList<NavRow> vaultsShown = FXCollections.unmodifiableObservableList(vaults);
    private final ObservableList<NavRow> sync = FXCollections.observableArrayList();
    private final ObservableList<NavRow> syncShown = FXCollections.unmodifiableObservableList(sync);
    private final ObservableList<NavRow> settings = FXCollections.observableArrayList();
    private final ObservableList<NavRow> settingsShown = FXCollections.unmodifiableObservableList(settings);
    private final List<Subscription> watching = new ArrayList<>();
    private List<LocationRow> locationRows = List.of();
    private List<ScanProgress> scans = List.of();

    public SidebarModel(Live live, Words words) {
        this.live = live;
        this.words = words;
        String name = words.get(Text.PLACE_SETTINGS);
        settings.add(new NavRow(new Place.Settings(), Kind.SETTINGS, name, State.PLAIN, "", name, Optional.empty()));
    }

    public void start() {
        watching.add(live.watchCalmly(LibraryReader::summary, this::showSummary));
        watching.add(live.watchCalmly(LibraryReader::locations, answer -> {
            locationRows = answer;
            showLocations();
            read.set(true);
        }));
        watching.add(live.watchCalmly(LibraryReader::scans, answer -> {
            scans = answer;
            showLocations();
        }));
        watching.add(live.watchCalmly(LibraryReader::collections, this::showCollections));
        watching.add(live.watchCalmly(LibraryReader::tags, this::showTags));
        watching.add(live.watchCalmly(LibraryReader::devices, this::showDevices));
        watching.add(live.watchCalmly(LibraryReader::volumes, this::showDrives));
        watching.add(live.watchCalmly(reader -> reader.vaults().size(), this::showVaults));
        watching.add(live.watchCalmly(LibraryReader::syncStatus, this::showSync));
    }

    public ReadOnlyStringProperty libraryName() {
        return libraryName.getReadOnlyProperty();
    }

    /// Whether the locations are known; until then nobody is told that there are none.
    public ReadOnlyBooleanProperty read() {
        return read.getReadOnlyProperty();
    }

    /// Such as `4 devices`.
    public ReadOnlyStringProperty deviceCount() {
        return deviceCount.getReadOnlyProperty();
    }

    /// All files, alone.
    public ObservableList<NavRow> files() {
        return filesShown;
    }

    public ObservableList<NavRow> locations() {
        return locationsShown;
    }

    /// All of them, by name.
    public ObservableList<NavRow> collections() {
        return collectionsShown;
    }

    /// The top level, then the page of all tags.
    public ObservableList<NavRow> tags() {
        return tagsShown;
    }

    public ObservableList<NavRow> devices() {
        return devicesShown;
    }

    /// The page of drives, alone.
    public ObservableList<NavRow> drives() {
        return drivesShown;
    }

    /// The page of vaults, alone.
    public ObservableList<NavRow> vaults() {
        return vaultsShown;
    }

    /// The page of sync, alone.
    public ObservableList<NavRow> sync() {
        return syncShown;
    }

    /// The page of settings, alone.
    public ObservableList<NavRow> settings() {
        return settingsShown;
    }

    public Optional<LocationRow> location(LocationId id) {
        return locationRows.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    public boolean isScanning(LocationId id) {
        return runningScan(id).isPresent();
    }

    /// The places that Ctrl 1 to Ctrl 9 lead to, from the top.
    public Optional<Place> numbered(int number) {
        List<NavRow> all = new ArrayList<>(files);
        all.addAll(locations);
        all.addAll(collections);
        all.addAll(tags);
        all.addAll(devices);
        all.addAll(drives);
        all.addAll(sync);
        return number >= 1 && number <= all.size() ? Optional.of(all.get(number - 1).place()) : Optional.empty();
    }

    public void close() {
        watching.forEach(Subscription::close);
        watching.clear();
    }

    private void showSummary(LibrarySummary summary) {
        libraryName.set(summary.libraryName());
        deviceCount.set(words.get(Text.SIDEBAR_DEVICES, summary.counts().devices()));
        String name = words.get(Text.PLACE_ALL_FILES);
        String count = words.count(summary.counts().entries());
        replace(files, List.of(new NavRow(Place.ALL_FILES, Kind.ALL_FILES, name, State.PLAIN, count,
                name + ", " + count, Optional.empty())));
    }

    private void showLocations() {
        replace(locations, locationRows.stream().map(this::row).toList());
    }

    private NavRow row(LocationRow location) {
        Optional<ScanProgress> scan = runningScan(location.id());
        State state = scan.isPresent() ? State.MOVING : !location.kept() ? State.LEFT_OUT
                : location.online() ? State.PLAIN : State.AWAY;
        String trailing = scan.map(running -> progress(running, location.entries()))
                .orElse(!location.kept() ? words.get(Text.SIDEBAR_NOT_KEPT)
                        : location.online() ? words.count(location.entries()) : "");
        String name = name(location);
        String where = location.absolutePath().isPresent() ? words.get(Text.PLACE_THIS_DEVICE) : location.deviceName();
        String spoken = switch (state) {
            case MOVING -> words.get(Text.SPOKEN_READING, name, trailing, where);
            case AWAY -> words.get(Text.SPOKEN_AWAY, name, where);
            case LEFT_OUT -> words.get(Text.SPOKEN_NOT_KEPT, name, where);
            case PLAIN, ONLINE, LOOK -> words.get(Text.SPOKEN_PLACE, name, trailing, where);
        };
        return new NavRow(Place.location(location.id()), Kind.LOCATION, name, state, trailing, spoken,
                Optional.empty());
    }

    /// A name that others have as well gets what tells them apart, such as the drive.
    private String name(LocationRow location) {
        String difference = Namesakes.difference(location, locationRows);
        return difference.isEmpty() ? location.name()
                : words.get(Text.SIDEBAR_NAMESAKE, location.name(), difference);
    }

    /// A percentage if the folder was known before, otherwise how many have been found.
    private String progress(ScanProgress scan, long known) {
        return scan.found() < known ? words.get(Text.SCAN_PERCENT, 100 * scan.found() / known)
                : words.count(scan.found()) + "\u2009…";
    }

    private Optional<ScanProgress> runningScan(LocationId id) {
        return scans.stream()
                .filter(scan -> scan.location().equals(id) && scan.state() == ScanProgress.State.RUNNING).findFirst();
    }

    private void showCollections(List<CollectionRow> answer) {
        replace(collections, answer.stream().map(row -> {
            String count = words.count(row.entries());
            return new NavRow(Place.collected(row.id()), Kind.COLLECTION, row.name(), State.PLAIN, count,
                    words.get(Text.SPOKEN_COLLECTION, row.name(),
                            words.get(Text.BROWSER_ITEMS, row.entries())), Optional.empty());
        }).toList());
    }

    private void showTags(List<TagRow> answer) {
        List<NavRow> rows = new ArrayList<>();
        answer.stream().filter(tag -> tag.depth() == 0).limit(TAGS_MAX).forEach(tag -> {
            String count = words.count(tag.entries());
            rows.add(new NavRow(Place.tagged(tag.id()), Kind.TAG, tag.name(), State.PLAIN, count,
                    words.get(Text.SPOKEN_TAG, tag.name(), count), Optional.of(tag.color())));
        });
        if (!answer.isEmpty()) {
            String name = words.get(Text.PLACE_ALL_TAGS);
            String count = words.count(answer.size());
            rows.add(new NavRow(new Place.Tags(Optional.empty()), Kind.ALL_TAGS, name, State.PLAIN, count,
                    name + ", " + count, Optional.empty()));
        }
        replace(tags, rows);
    }

    private void showDevices(List<DeviceRow> answer) {
        replace(devices, answer.stream().map(device -> {
            boolean here = device.self() || device.online();
            String trailing = device.self() ? words.get(Text.SIDEBAR_THIS) : device.online() ? ""
                    : device.lastSeen().map(words::ago).orElse(words.get(Text.SIDEBAR_NEVER));
            String state = device.self() ? words.get(Text.DEVICE_THIS)
                    : words.get(here ? Text.DEVICE_ONLINE : Text.DEVICE_AWAY);
            return new NavRow(new Place.Devices(Optional.of(device.id())), Kind.DEVICE, device.name(),
                    here ? State.ONLINE : State.AWAY, trailing,
                    device.name() + ", " + state + (here ? "" : ", " + trailing), Optional.empty());
        }).toList());
    }

    /// A mark when one of them is there twice, or waits to be claimed.
    private void showDrives(List<VolumeRow> answer) {
        String name = words.get(Text.PLACE_DRIVES);
        boolean look = answer.stream().anyMatch(volume -> volume.standing().state() == VolumeRow.State.DUPLICATE
                || volume.standing().state() == VolumeRow.State.FOREIGN && volume.mounted());
        String trailing = look || answer.isEmpty() ? "" : words.count(answer.size());
        String spoken = look ? name + ", " + words.get(Text.SPOKEN_LOOK) : (name + " " + trailing).strip();
        replace(drives, List.of(new NavRow(new Place.Drives(), Kind.DRIVES, name, look ? State.LOOK : State.PLAIN,
                trailing, spoken, Optional.empty())));
    }

    private void showVaults(int count) {
        String name = words.get(Text.PLACE_VAULTS);
        String trailing = count == 0 ? "" : words.count(count);
        replace(vaults, List.of(new NavRow(new Place.Vaults(), Kind.VAULTS, name, State.PLAIN, trailing,
                count == 0 ? name : name + ", " + trailing, Optional.empty())));
    }

    /// How far it is while it gets something; a mark when two devices changed the same thing.
    private void showSync(SyncStatus status) {
        String name = words.get(Text.PLACE_SYNC);
        String trailing = status.percent().map(percent -> words.get(Text.SCAN_PERCENT, percent)).orElse("");
        State state = !trailing.isEmpty() ? State.MOVING : status.conflicts() > 0 ? State.LOOK : State.PLAIN;
        String spoken = state == State.LOOK ? name + ", " + words.get(Text.SYNC_CONFLICTS) : name + " " + trailing;
        replace(sync, List.of(new NavRow(new Place.Sync(), Kind.SYNC, name, state, trailing, spoken.strip(),
                Optional.empty())));
    }

    private static void replace(ObservableList<NavRow> shown, List<NavRow> now) {
        if (!shown.equals(now)) {
            shown.setAll(now);
        }
    }
}

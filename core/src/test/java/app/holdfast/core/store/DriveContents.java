package app.holdfast.core.store;

import app.holdfast.core.change.Model;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a simulated device asks its library about a drive, as the floors above the engine do.
public final class DriveContents {

    private DriveContents() {
    }

    /// Files of a location whose content is to be read: those that nothing is known of, and those whose sample another
    /// file has.
    public static List<UnreadFile> unread(Transaction tx, LocationId location, int limit) {
        var files = new ArrayList<>(new ContentQueries(tx.connection()).unread(location, 0, limit));
        files.addAll(new ContentQueries(tx.connection()).met(location, 0, limit));
        return files;
    }

    /// Whether somebody said that of two drives which say they are this volume one is a copy.
    public static boolean isFlagged(Transaction tx, VolumeId volume) {
        return new VolumeQueries(tx.sql()).copies(tx.state().models()).stream()
                .anyMatch(copy -> copy.volume().equals(volume));
    }

    /// Whether a person said that the drive at this device is the copy.
    public static boolean isCopy(Transaction tx, VolumeId volume, DeviceId at) {
        Model model = tx.state().models().model(Models.VOLUME_COPY);
        return tx.records().find(model, model.naturalId(Map.of(Models.VOLUME_REF, new Value.Ref(volume.value()),
                Models.DEVICE_KEY, new Value.Bytes(at.bytes()))))
                .filter(record -> record.value(Models.VERDICT).equals(new Value.Text(Models.IS_COPY))).isPresent();
    }
}

package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.LOCATION;
import static app.holdfast.core.store.catalogue.Tables.VOLUME;

import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;

/// The rows that a scan of a simulated drive needs, which its owner may not have yet.
public final class DriveRows {

    private DriveRows() {
    }

    /// Writes the volume and its one location where they are missing. The stream is this device's.
    public static void ensure(Transaction tx, VolumeId volume, LocationId location) {
        if (!tx.sql().fetchExists(VOLUME, VOLUME.ID.eq(Ids.bytes(volume.value())))) {
            StreamPen pen = tx.pen(volume.value());
            tx.sql().insertInto(VOLUME, VOLUME.ID, VOLUME.CLAIM, VOLUME.SEQUENCE, VOLUME.LABEL, VOLUME.FILE_SYSTEM,
                            VOLUME.FS_UUID, VOLUME.TOTAL_BYTES)
                    .values(Ids.bytes(volume.value()), pen.claim(), pen.next(), "drive", "ext4", "", 0L).execute();
        }
        if (!tx.sql().fetchExists(LOCATION, LOCATION.ID.eq(Ids.bytes(location.value())))) {
            tx.own().addLocation(location, volume, "things", new byte[0]);
        }
    }
}

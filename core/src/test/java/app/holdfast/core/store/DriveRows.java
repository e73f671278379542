package app.holdfast.core.store;

import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;

/// The rows that a scan of a simulated drive needs, which its owner may not have yet.
public final class DriveRows {

    private DriveRows() {
    }

    /// Writes the volume and its one location where they are missing. The stream is this device's.
    public static void ensure(Transaction tx, VolumeId volume, LocationId location) {
        Prepared prepared = tx.state().prepared();
        if (!prepared.finds("select 1 from volume where id = ?", (Object) Ids.bytes(volume.value()))) {
            StreamPen pen = tx.pen(volume.value());
            prepared.update("insert into volume (id, claim, sequence, label, file_system, fs_uuid, total_bytes)"
                    + " values (?, ?, ?, 'drive', 'ext4', '', 0)", Ids.bytes(volume.value()), pen.claim(), pen.next());
        }
        if (!prepared.finds("select 1 from location where id = ?", (Object) Ids.bytes(location.value()))) {
            tx.own().addLocation(location, volume, "things", new byte[0]);
        }
    }
}

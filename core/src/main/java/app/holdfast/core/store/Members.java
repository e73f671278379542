package app.holdfast.core.store;

import app.holdfast.core.change.Models;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.Value;
import java.util.List;
import java.util.Map;

/// Which devices belong to the library (R11). Confined to the writer.
public final class Members {

    private final Transaction tx;

    Members(Transaction tx) {
        this.tx = tx;
    }

    /// Takes a device in under the name it gave itself.
    public void admit(DeviceId device, String name) {
        tx.shared().edit(Models.MEMBER, device.subject(),
                Map.of(Models.KEY, new Value.Bytes(device.bytes()), Models.NAME, new Value.Text(name)));
    }

    /// The same, for one that another member told of: what that member wrote about it will come.
    public void admitIfUnknown(DeviceId device, String name) {
        if (!all().contains(device)) {
            admit(device, name);
        }
    }

    /// Whether the device was put out: it cannot come back with this key.
    public boolean isRevoked(DeviceId device) {
        return tx.state().prepared().finds("select 1 from revoked where device = ?", device.bytes());
    }

    /// Puts a device out for good; it may come back with another key only.
    public void revoke(DeviceId device) {
        tx.shared().edit(Models.REVOKED, device.subject(), Map.of(Models.KEY, new Value.Bytes(device.bytes())));
    }

    /// Every device that belongs, this one included.
    public List<DeviceId> all() {
        return tx.state().prepared().all("select device from member where device not in (select device from revoked)",
                row -> DeviceId.of(row.getBytes(1)));
    }
}

package app.holdfast.core.sync;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.model.DeviceId;
import java.util.Map;

/// Something that a conversation brought about and a person may ask after.
public record SyncNote(DeviceId peer, SyncEvent.Kind kind, Map<String, String> details) {

    public SyncNote {
        details = Map.copyOf(details);
    }
}

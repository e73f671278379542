package app.holdfast.core.change;

/// The models this build knows, by the names that travel and never change.
public final class Models {

    /// Shared: a tag. Fields [#NAME], [#COLOR], [#PARENT] (optional reference to a tag).
    public static final String TAG = "tag";
    /// Shared: a tag on an entry; its id is made of both, so that two devices that set it meet on one record.
    /// Fields [#TAG_REF] (required), [#SUBJECT] (weak).
    public static final String ASSIGNMENT = "assignment";
    /// Shared: a device that belongs to the library; its id is [app.holdfast.core.model.DeviceId#subject]. Fields
    /// [#KEY], [#NAME].
    public static final String MEMBER = "member";
    /// Shared, only ever added: a device key that no longer belongs (R11). Field [#KEY].
    public static final String REVOKED = "revoked";
    /// Shared: who owns the stream of the record's id, as one composite register [#CLAIM_FIELD].
    public static final String CLAIM = "claim";

    /// Owned, in the device's own stream.
    public static final String DEVICE = "device";
    /// Owned, in the volume's stream, like the two below.
    public static final String VOLUME = "volume";
    public static final String LOCATION = "location";
    public static final String ENTRY = "entry";

    public static final String NAME = "name";
    public static final String COLOR = "color";
    public static final String PARENT = "parent";
    public static final String TAG_REF = "tag";
    public static final String SUBJECT = "subject";
    public static final String KEY = "key";
    public static final String CLAIM_FIELD = "claim";

    private Models() {
    }
}

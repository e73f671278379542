package app.holdfast.core.change;

import java.util.Comparator;
import java.util.List;

/// The models that this build brings along, by the names that travel and never change.
public final class Models {

    /// Owned, in the device's own stream.
    public static final String DEVICE = "device";
    /// Owned, in the volume's stream, like the two below.
    public static final String VOLUME = "volume";
    public static final String LOCATION = "location";
    public static final String ENTRY = "entry";

    /// Shared: a device that belongs to the library; its id is [app.holdfast.core.model.DeviceId#subject].
    public static final String MEMBER = "member";
    /// Shared, only ever added: a device key that no longer belongs (R11). The same id.
    public static final String REVOKED = "revoked";
    /// Shared: who owns the stream of the record's id, as one composite register [#CLAIM_FIELD].
    public static final String CLAIM = "claim";
    /// Shared: a tag. Its relation to the tag above it is its field [#PARENT] (ADR 61).
    public static final String TAG = "tag";
    /// Shared: a tag on an entry.
    public static final String ASSIGNMENT = "assignment";
    /// Shared: entries that a person put together under a name.
    public static final String COLLECTION = "collection";
    /// Shared: an entry in a collection.
    public static final String COLLECTION_ITEM = "collection_item";
    /// Shared: all that a person noted about one subject. Custom fields begin with [#CUSTOM].
    public static final String METADATA = "metadata";
    /// Shared: that there is a file with this content.
    public static final String CONTENT = "content";
    /// Shared: that a device has a drive which says that it is this volume, and is not, or not the only one.
    public static final String VOLUME_COPY = "volume_copy";

    /// Owned, in the device's own stream: a file with a vault in it (ADR 146).
    public static final String VAULT_FILE = "vault_file";

    /// Shared: a query that a person keeps under a name.
    public static final String SEARCH = "search";

    public static final String NAME = "name";
    public static final String COLOR = "color";
    public static final String PARENT = "parent";
    public static final String TAG_REF = "tag";
    public static final String COLLECTION_REF = "collection";
    public static final String SUBJECT = "subject";
    public static final String KEY = "key";
    public static final String CLAIM_FIELD = "claim";
    public static final String NOTE = "note";
    public static final String RATING = "rating";
    public static final String FAVORITE = "favorite";
    public static final String CUSTOM = "x.";
    public static final String ALGORITHM = "algorithm";
    public static final String HASH = "hash";
    public static final String SIZE = "size";
    public static final String VOLUME_REF = "volume";
    public static final String DEVICE_KEY = "device";
    public static final String LABEL = "label";
    /// Of a copy: what the person said it is, [#IS_COPY] or nothing yet.
    public static final String VERDICT = "verdict";
    public static final String IS_COPY = "copy";
    public static final String QUERY = "query";
    public static final String PATH = "path";
    /// Of a vault's file: that of its format.
    public static final String VERSION = "version";
    public static final String MODIFIED = "modified";
    /// Milliseconds since 1970 as those below, 0 for never.
    public static final String SYNCED = "synced";
    public static final String VERIFIED = "verified";
    /// When its device missed it, 0 while it is there.
    public static final String MISSING = "missing";

    /// Code points of a tag's or collection's name.
    public static final int NAME_CHARACTERS_MAX = 200;
    public static final int NOTE_CHARACTERS_MAX = 5_000;
    public static final int RATING_MAX = 5;
    /// Code points of a custom field's value.
    public static final int CUSTOM_CHARACTERS_MAX = 1_000;

    /// Characters of a query.
    public static final int QUERY_CHARACTERS_MAX = 10_000;
    /// Bytes of the path of a vault's file; a row of it has to fit into a snapshot.
    public static final int VAULT_PATH_BYTES_MAX = 1 << 15;

    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES_MAX = 64;
    private static final int WORD_CHARACTERS_MAX = 40;
    private static final int LABEL_CHARACTERS_MAX = 1_000;
    private static final int PATH_BYTES_MAX = 1 << 16;

    private Models() {
    }

    /// In no order that matters.
    static List<Model> declared() {
        return List.of(member(), Model.shared(REVOKED, Field.bytes(KEY, KEY_BYTES)).after(MEMBER), claim(), device(),
                volume(), location(), entry(), tag(), assignment(), collection(), collectionItem(), metadata(),
                content(), volumeCopy(), search(), vaultFile());
    }

    private static Model member() {
        return Model.shared(MEMBER, Field.bytes(KEY, KEY_BYTES), Field.text(NAME, NAME_CHARACTERS_MAX));
    }

    /// Claims win by epoch before stamp (section 6).
    private static Model claim() {
        return Model.shared(CLAIM, Field.of(CLAIM_FIELD, new FieldType.Tuple())
                .merging(MergeRule.greatest(Comparator.comparingLong(version -> ClaimValue.epoch(version.value())))))
                .after(MEMBER);
    }

    private static Model device() {
        return Model.owned(DEVICE, Field.bytes("device", KEY_BYTES), Field.text(NAME, LABEL_CHARACTERS_MAX),
                Field.text("platform", LABEL_CHARACTERS_MAX)).after(CLAIM);
    }

    private static Model volume() {
        return Model.owned(VOLUME, Field.text("label", LABEL_CHARACTERS_MAX),
                Field.text("file_system", LABEL_CHARACTERS_MAX), Field.text("fs_uuid", LABEL_CHARACTERS_MAX),
                Field.whole("total_bytes", 0, Long.MAX_VALUE), Field.text("serial", LABEL_CHARACTERS_MAX),
                Field.whole("tracking", 0, 2), Field.whole("away", 0, Long.MAX_VALUE),
                Field.whole("writes", 0, Long.MAX_VALUE), Field.whole("nonce", Long.MIN_VALUE, Long.MAX_VALUE))
                .after(DEVICE);
    }

    private static Model location() {
        return Model.owned(LOCATION, Field.text(NAME, LABEL_CHARACTERS_MAX), Field.bytes("path", PATH_BYTES_MAX))
                .after(VOLUME);
    }

    private static Model entry() {
        return Model.owned(ENTRY, Field.ref("location"), Field.ref(PARENT), Field.text(NAME, LABEL_CHARACTERS_MAX),
                        Field.bytes("raw_name", PATH_BYTES_MAX), Field.whole("kind", 0, Integer.MAX_VALUE),
                        Field.whole(SIZE, 0, Long.MAX_VALUE), Field.whole("modified", Long.MIN_VALUE, Long.MAX_VALUE),
                        Field.bytes("sample", HASH_BYTES_MAX), Field.bytes(CONTENT, HASH_BYTES_MAX))
                .with(ForeignKey.required("location", LOCATION)).with(ForeignKey.optional(PARENT, ENTRY));
    }

    private static Model tag() {
        return Model.shared(TAG, Field.text(NAME, NAME_CHARACTERS_MAX), Field.text(COLOR, WORD_CHARACTERS_MAX),
                Field.ref(PARENT)).with(ForeignKey.optional(PARENT, TAG));
    }

    private static Model assignment() {
        return Model.shared(ASSIGNMENT, Field.ref(TAG_REF), Field.ref(SUBJECT))
                .with(ForeignKey.required(TAG_REF, TAG)).with(ForeignKey.weak(SUBJECT, ENTRY))
                .identifiedBy(TAG_REF, SUBJECT);
    }

    private static Model collection() {
        return Model.shared(COLLECTION, Field.text(NAME, NAME_CHARACTERS_MAX));
    }

    private static Model collectionItem() {
        return Model.shared(COLLECTION_ITEM, Field.ref(COLLECTION_REF), Field.ref(SUBJECT))
                .with(ForeignKey.required(COLLECTION_REF, COLLECTION)).with(ForeignKey.weak(SUBJECT, ENTRY))
                .identifiedBy(COLLECTION_REF, SUBJECT);
    }

    private static Model metadata() {
        return Model.shared(METADATA, Field.ref(SUBJECT), Field.text(NOTE, NOTE_CHARACTERS_MAX),
                        Field.whole(RATING, 0, RATING_MAX), Field.flag(FAVORITE),
                        Field.text(CUSTOM + "*", CUSTOM_CHARACTERS_MAX))
                .with(ForeignKey.weak(SUBJECT, ENTRY)).identifiedBy(SUBJECT);
    }

    private static Model content() {
        return Model.shared(CONTENT, Field.text(ALGORITHM, WORD_CHARACTERS_MAX), Field.bytes(HASH, HASH_BYTES_MAX),
                Field.whole(SIZE, 0, Long.MAX_VALUE)).identifiedBy(ALGORITHM, HASH);
    }

    private static Model volumeCopy() {
        return Model.shared(VOLUME_COPY, Field.ref(VOLUME_REF), Field.bytes(DEVICE_KEY, KEY_BYTES),
                        Field.text(LABEL, LABEL_CHARACTERS_MAX), Field.text(VERDICT, WORD_CHARACTERS_MAX))
                .with(ForeignKey.weak(VOLUME_REF, VOLUME)).identifiedBy(VOLUME_REF, DEVICE_KEY);
    }

    private static Model vaultFile() {
        return Model.owned(VAULT_FILE, Field.bytes(DEVICE_KEY, KEY_BYTES), Field.bytes(PATH, VAULT_PATH_BYTES_MAX),
                Field.whole(VERSION, 0, Integer.MAX_VALUE), Field.whole(SIZE, 0, Long.MAX_VALUE),
                Field.whole(MODIFIED, Long.MIN_VALUE, Long.MAX_VALUE), Field.whole(SYNCED, 0, Long.MAX_VALUE),
                Field.whole(VERIFIED, 0, Long.MAX_VALUE), Field.whole(MISSING, 0, Long.MAX_VALUE))
                .after(DEVICE).identifiedBy(DEVICE_KEY, PATH);
    }

    private static Model search() {
        return Model.shared(SEARCH, Field.text(NAME, NAME_CHARACTERS_MAX), Field.text(QUERY, QUERY_CHARACTERS_MAX));
    }
}

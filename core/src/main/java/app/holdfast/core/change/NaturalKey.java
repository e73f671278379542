package app.holdfast.core.change;

import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.model.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How a record's id follows from its values: `docs/protocol/sync.md`, section 3. Any thread.
///
/// @param model  the model's name
/// @param fields at most [#FIELDS_MAX], in the order in which their values are taken
record NaturalKey(String model, List<String> fields) {

    /// A group that names more is refused: its reader hashes all of them for each event.
    static final int FIELDS_MAX = 8;

    /// Those of this build's models, by the model's name: what a group written here need not spell out.
    private static final Map<String, NaturalKey> CORE = core();
    private static final MessageDigest MD5 = md5();

    NaturalKey {
        fields = List.copyOf(fields);
    }

    private static Map<String, NaturalKey> core() {
        var keys = new HashMap<String, NaturalKey>();
        for (Model model : Models.declared()) {
            if (model.hasNaturalKey()) {
                keys.put(model.name(), new NaturalKey(model.name(), model.naturalKey()));
            }
        }
        return Map.copyOf(keys);
    }

    static Map<String, NaturalKey> ofThisBuild() {
        return CORE;
    }

    /// @return empty when a value is missing
    Optional<UUID> idOf(Map<String, Register> registers) {
        CborWriter out = new CborWriter();
        out.array(1 + fields.size()).text(model);
        for (String field : fields) {
            Register register = registers.get(field);
            if (register == null || register.value().equals(Value.NOTHING)) {
                return Optional.empty();
            }
            ValueCodec.write(register.value(), out);
        }
        return Optional.of(nameBased(out.toBytes()));
    }

    /// A version 3 UUID (RFC 9562 section 5.3), as [UUID#nameUUIDFromBytes] makes it, in half the time.
    static UUID nameBased(byte[] name) {
        byte[] hash = copy().digest(name);
        long high = 0;
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            high = high << Byte.SIZE | hash[i] & 0xff;
            low = low << Byte.SIZE | hash[Long.BYTES + i] & 0xff;
        }
        return new UUID(high & ~0xf000L | 0x3000L, low & ~(3L << 62) | 1L << 63);
    }

    private static MessageDigest copy() {
        try {
            return (MessageDigest) MD5.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own MD5 can be copied", e);
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}

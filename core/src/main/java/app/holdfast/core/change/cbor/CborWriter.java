package app.holdfast.core.change.cbor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// Writes items one after the other, each in its shortest form.
public final class CborWriter {

    static final int WHOLE = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int TAG = 6;
    static final int FALSE = 0xf4;
    static final int TRUE = 0xf5;
    static final int NOTHING = 0xf6;
    static final int REAL = 0xfb;
    /// The tag of a binary UUID in the IANA registry of CBOR tags.
    static final int UUID_TAG = 37;
    static final int UUID_BYTES = 16;

    private byte[] buffer = new byte[256];
    private int length;

    /// Starts an array; the caller writes as many items after it.
    public CborWriter array(int count) {
        return head(ARRAY, count);
    }

    public CborWriter whole(long value) {
        return value >= 0 ? head(WHOLE, value) : head(NEGATIVE, ~value);
    }

    /// A count, size or sequence.
    ///
    /// @throws IllegalArgumentException when it is negative
    public CborWriter unsigned(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        return head(WHOLE, value);
    }

    /// Always 64 bits wide, so that one number has one form; all NaN are written as one.
    public CborWriter real(double value) {
        put(REAL);
        return putLong(Double.doubleToLongBits(value), 8);
    }

    public CborWriter flag(boolean value) {
        return put(value ? TRUE : FALSE);
    }

    public CborWriter nothing() {
        return put(NOTHING);
    }

    public CborWriter bytes(byte[] value) {
        head(BYTES, value.length);
        return raw(value);
    }

    /// @throws IllegalArgumentException when the text holds half a surrogate pair, which UTF-8 cannot say
    public CborWriter text(String value) {
        byte[] utf8 = utf8(value);
        head(TEXT, utf8.length);
        return raw(utf8);
    }

    /// A reference: 19 bytes, recognisable as a UUID wherever any value may stand.
    public CborWriter uuid(UUID value) {
        head(TAG, UUID_TAG);
        return id(value);
    }

    /// An id in a place where nothing else may stand: 17 bytes.
    public CborWriter id(UUID value) {
        head(BYTES, UUID_BYTES);
        putLong(value.getMostSignificantBits(), 8);
        return putLong(value.getLeastSignificantBits(), 8);
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    /// UTF-8, exactly.
    ///
    /// @throws IllegalArgumentException when the text holds half a surrogate pair
    public static byte[] utf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new IllegalArgumentException("half a surrogate pair at character " + i);
                }
                i++;
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private CborWriter head(int major, long argument) {
        int kind = major << 5;
        if (argument < 24) {
            return put(kind | (int) argument);
        }
        if (argument <= 0xff) {
            return put(kind | 24).putLong(argument, 1);
        }
        if (argument <= 0xffff) {
            return put(kind | 25).putLong(argument, 2);
        }
        return argument <= 0xffff_ffffL ? put(kind | 26).putLong(argument, 4) : put(kind | 27).putLong(argument, 8);
    }

    private CborWriter put(int value) {
        ensure(1);
        buffer[length++] = (byte) value;
        return this;
    }

    private CborWriter putLong(long value, int bytes) {
        ensure(bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    private CborWriter raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
        return this;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, Math.addExact(length, more)));
        }
    }
}

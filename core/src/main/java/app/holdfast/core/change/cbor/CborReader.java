package app.holdfast.core.change.cbor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// Reads what [CborWriter] writes and nothing else.
public final class CborReader {

    private final byte[] input;
    private final int end;
    private int position;

    /// @param input not copied, not changed
    public CborReader(byte[] input) {
        this(input, 0, input.length);
    }

    /// @param from where the first item starts
    /// @param to   where the input ends; offsets count from the start of the array all the same
    public CborReader(byte[] input, int from, int to) {
        this.input = input;
        this.position = from;
        this.end = to;
    }

    /// Bytes from the start of the input to the next item.
    public int offset() {
        return position;
    }

    /// What the next item is; it is not consumed.
    public CborType next() throws CborException {
        int first = peek();
        return switch (first >>> 5) {
            case CborWriter.WHOLE, CborWriter.NEGATIVE -> CborType.WHOLE;
            case CborWriter.BYTES -> CborType.BYTES;
            case CborWriter.TEXT -> CborType.TEXT;
            case CborWriter.ARRAY -> CborType.ARRAY;
            case CborWriter.TAG -> CborType.UUID;
            default -> switch (first) {
                case CborWriter.FALSE -> CborType.FALSE;
                case CborWriter.TRUE -> CborType.TRUE;
                case CborWriter.NOTHING -> CborType.NOTHING;
                case CborWriter.REAL -> CborType.REAL;
                default -> throw fail("a kind of value that this version does not know");
            };
        };
    }

    /// @return the count of items that follow; each takes at least a byte, so more than there are bytes are refused
    /// before anything is made for them
    public int array() throws CborException {
        int start = position;
        long count = head(CborWriter.ARRAY, "an array");
        if (count > end - position) {
            throw new CborException(start, "an array of " + count + " items in " + (end - position)
                    + " bytes");
        }
        return (int) count;
    }

    /// An array of exactly so many items.
    public void array(int count) throws CborException {
        int start = position;
        if (array() != count) {
            throw new CborException(start, "not an array of " + count);
        }
    }

    public long whole() throws CborException {
        return peek() >>> 5 == CborWriter.NEGATIVE ? ~head(CborWriter.NEGATIVE, "a whole number")
                : head(CborWriter.WHOLE, "a whole number");
    }

    /// @param max the greatest that is taken
    public long unsigned(long max) throws CborException {
        int start = position;
        long value = head(CborWriter.WHOLE, "a count");
        if (value > max) {
            throw new CborException(start, value + " is more than " + max);
        }
        return value;
    }

    public double real() throws CborException {
        int start = position;
        expect(CborWriter.REAL, "a 64-bit float");
        long bits = number(8);
        double value = Double.longBitsToDouble(bits);
        if (bits != Double.doubleToLongBits(value)) {
            throw new CborException(start, "another NaN than the one that is written");
        }
        return value;
    }

    public boolean flag() throws CborException {
        if (peek() == CborWriter.TRUE) {
            position++;
            return true;
        }
        expect(CborWriter.FALSE, "true or false");
        return false;
    }

    public void nothing() throws CborException {
        expect(CborWriter.NOTHING, "nothing");
    }

    public byte[] bytes() throws CborException {
        int size = size(CborWriter.BYTES, "bytes");
        position += size;
        return Arrays.copyOfRange(input, position - size, position);
    }

    /// Consumes a byte string without copying it; what it holds ends at [#offset].
    ///
    /// @return its size
    public int bytesInPlace() throws CborException {
        int size = size(CborWriter.BYTES, "bytes");
        position += size;
        return size;
    }

    public String text() throws CborException {
        int size = size(CborWriter.TEXT, "text");
        String text = text(input, position, size);
        position += size;
        return text;
    }

    public UUID uuid() throws CborException {
        int start = position;
        if (head(CborWriter.TAG, "a UUID") != CborWriter.UUID_TAG) {
            throw new CborException(start, "a kind of value that this version does not know");
        }
        return id();
    }

    public UUID id() throws CborException {
        int start = position;
        if (size(CborWriter.BYTES, "an id") != CborWriter.UUID_BYTES) {
            throw new CborException(start, "an id that is not 16 bytes");
        }
        return new UUID(number(8), number(8));
    }

    public void end() throws CborException {
        if (position != end) {
            throw fail((end - position) + " bytes after the end");
        }
    }

    /// Strict UTF-8.
    ///
    /// @throws CborException when the bytes are no valid UTF-8; its offset is that of the text's first byte
    public static String text(byte[] input, int from, int size) throws CborException {
        String text = new String(input, from, size, StandardCharsets.UTF_8);
        // what is malformed was replaced; a replacement character may have been there to begin with
        if (text.indexOf('\uFFFD') >= 0) {
            byte[] again = text.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, input, from, from + size)) {
                throw new CborException(from, "text that is not UTF-8");
            }
        }
        return text;
    }

    private int size(int major, String expected) throws CborException {
        int start = position;
        long size = head(major, expected);
        if (size > end - position) {
            throw new CborException(start, size + " bytes announced, " + (end - position) + " left");
        }
        return (int) size;
    }

    private long head(int major, String expected) throws CborException {
        int start = position;
        int first = peek();
        if (first >>> 5 != major) {
            throw fail("expected " + expected);
        }
        position++;
        int form = first & 0x1f;
        if (form < 24) {
            return form;
        }
        if (form > 27) {
            throw new CborException(start, "a length that is reserved or open-ended");
        }
        int width = 1 << (form - 24);
        if (end - position < width) {
            throw new CborException(start, "cut short");
        }
        long argument = number(width);
        boolean shortest = argument < 0 || argument >= (width == 1 ? 24 : 1L << (4 * width));
        if (!shortest) {
            throw new CborException(start, "a number that is not in its shortest form");
        }
        if (argument < 0) {
            throw new CborException(start, "a number of more than 63 bits");
        }
        return argument;
    }

    private long number(int width) throws CborException {
        if (end - position < width) {
            throw fail("cut short");
        }
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | input[position++] & 0xff;
        }
        return value;
    }

    private void expect(int first, String expected) throws CborException {
        if (peek() != first) {
            throw fail("expected " + expected);
        }
        position++;
    }

    private int peek() throws CborException {
        if (position >= end) {
            throw fail("cut short");
        }
        return input[position] & 0xff;
    }

    private CborException fail(String reason) {
        return new CborException(position, reason);
    }
}

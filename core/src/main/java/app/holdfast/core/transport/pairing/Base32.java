package app.holdfast.core.transport.pairing;

import app.holdfast.core.transport.pairing.TicketException.Reason;

/// RFC 4648 section 6 without padding. Written in lower case, read in any.
final class Base32 {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int DIGIT_BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int pending = 0;
        int bits = 0;
        for (byte b : bytes) {
            pending = pending << Byte.SIZE | b & 0xff;
            bits += Byte.SIZE;
            while (bits >= DIGIT_BITS) {
                bits -= DIGIT_BITS;
                text.append(ALPHABET.charAt(pending >>> bits & 0x1f));
            }
            pending &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt(pending << DIGIT_BITS - bits & 0x1f));
        }
        return text.toString();
    }

    /// @param start where in the text the digits begin; offsets in exceptions count from the start of the text
    static byte[] decode(String text, int start) throws TicketException {
        int digits = text.length() - start;
        byte[] bytes = new byte[digits * DIGIT_BITS / Byte.SIZE];
        int pending = 0;
        int bits = 0;
        int filled = 0;
        for (int i = start; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(Character.toLowerCase(text.charAt(i)));
            if (digit < 0) {
                throw new TicketException(Reason.ALTERED, "a character that no ticket has", i);
            }
            pending = (pending << DIGIT_BITS | digit) & 0xfff;
            bits += DIGIT_BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes[filled++] = (byte) (pending >>> bits);
            }
        }
        if (bits >= DIGIT_BITS || (pending & (1 << bits) - 1) != 0) {
            throw new TicketException(Reason.CUT_SHORT, "the last characters are missing", text.length());
        }
        return bytes;
    }
}

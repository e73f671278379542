package app.holdfast.core.vault.age;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// The text in front of an age file: one stanza for scrypt, and what vouches for it. Strict: this stanza and these
/// lengths only.
final class AgeHeader {

    static final int SALT = 16;
    static final int BODY = 32;
    static final int MAC = 32;
    private static final String START = "age-encryption.org/v1\n-> scrypt ";
    private static final String END = "\n--- ";
    private static final int SALT_TEXT = 22;
    private static final int TEXT_32 = 43;
    /// Of the header, when the work factor has two digits.
    static final int SIZE_MAX = 150;

    private final byte[] text;
    private final int workFactor;
    private final int bodyAt;

    private AgeHeader(byte[] text, int workFactor, int bodyAt) {
        this.text = text;
        this.workFactor = workFactor;
        this.bodyAt = bodyAt;
    }

    /// @param body the file key, sealed
    /// @param mac  written behind it; empty to have the text that it is made of
    static byte[] write(byte[] salt, int workFactor, byte[] body, byte[] mac) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        String text = START + base64.encodeToString(salt) + ' ' + workFactor + '\n' + base64.encodeToString(body)
                + "\n---" + (mac.length == 0 ? "" : " " + base64.encodeToString(mac) + '\n');
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static AgeHeader read(byte[] file) throws MalformedAge {
        expect(file, 0, START);
        int at = START.length() + SALT_TEXT;
        expect(file, at, " ");
        int digits = ++at;
        int workFactor = 0;
        while (at < file.length && at - digits < 2 && file[at] >= '0' && file[at] <= '9') {
            workFactor = workFactor * 10 + file[at++] - '0';
        }
        boolean hasNoNumber = at == digits;
        boolean hasLeadingZero = at - digits == 2 && file[digits] == '0';
        if (hasNoNumber || hasLeadingZero || workFactor >= Long.SIZE) {
            throw new MalformedAge("a work factor that is none", digits);
        }
        expect(file, at, "\n");
        int body = at + 1;
        expect(file, body + TEXT_32, END);
        int end = body + TEXT_32 + END.length() + TEXT_32;
        expect(file, end, "\n");
        var header = new AgeHeader(Arrays.copyOf(file, end + 1), workFactor, body);
        header.decoded(START.length(), SALT_TEXT);
        header.decoded(body, TEXT_32);
        header.decoded(end - TEXT_32, TEXT_32);
        return header;
    }

    int workFactor() {
        return workFactor;
    }

    int size() {
        return text.length;
    }

    byte[] text() {
        return text.clone();
    }

    byte[] salt() {
        return quiet(START.length(), SALT_TEXT);
    }

    byte[] body() {
        return quiet(bodyAt, TEXT_32);
    }

    byte[] mac() {
        return quiet(text.length - 1 - TEXT_32, TEXT_32);
    }

    /// What the MAC is made of: up to the three dashes.
    byte[] vouchedFor() {
        return Arrays.copyOf(text, text.length - 1 - TEXT_32 - 1);
    }

    private byte[] quiet(int from, int count) {
        try {
            return decoded(from, count);
        } catch (MalformedAge e) {
            throw new IllegalStateException("was read before", e);
        }
    }

    /// Strict base64: no padding, and no bit that means nothing.
    private byte[] decoded(int from, int count) throws MalformedAge {
        byte[] part = Arrays.copyOfRange(text, from, from + count);
        try {
            byte[] bytes = Base64.getDecoder().decode(part);
            if (Arrays.equals(Base64.getEncoder().withoutPadding().encode(bytes), part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedAge("text that is no base64", from);
        }
        throw new MalformedAge("text that is no strict base64", from);
    }

    private static void expect(byte[] file, int at, String text) throws MalformedAge {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= file.length) {
                throw new MalformedAge("the header ends too early", file.length);
            }
            if (file[at + i] != text.charAt(i)) {
                throw new MalformedAge("no header of this kind", at + i);
            }
        }
    }
}

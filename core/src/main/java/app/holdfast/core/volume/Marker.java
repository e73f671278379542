package app.holdfast.core.volume;

import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.VolumeId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32C;

/// The file by which a drive that a person tracks is known again: six lines of text at its top. Pure.
///
///     This file lets Holdfast know this drive again. Please leave it here.
///     version=1
///     library=01976d5e-...
///     volume=01976d5f-...
///     writes=7
///     nonce=9f3c5a0d11e2b847
///     check=1a2b3c4d
///
/// It is written anew whenever a device takes the drive in: `writes` counts that, and nonce is another each time. So of
/// two drives with one marker the one that was left behind shows by a smaller count, or by the nonce when both went on.
/// `check` is CRC-32C of all bytes before its line, in eight hexadecimal digits.
///
/// @param writes from 1
public record Marker(LibraryId library, VolumeId volume, long writes, long nonce) {

    /// A larger file is no marker.
    public static final int BYTES_MAX = 4_096;

    private static final String GREETING =
            "This file lets Holdfast know this drive again. Please leave it here.\n";
    private static final String VERSION = "1";
    private static final int LIBRARY_DIGITS = 12;
    private static final HexFormat HEX = HexFormat.of();

    /// The name of a library's marker, so that two libraries may track one drive.
    public static String fileName(LibraryId library) {
        String id = library.value().toString();
        return ".holdfast-" + id.substring(id.length() - LIBRARY_DIGITS);
    }

    /// The marker after this one.
    public Marker next(long freshNonce) {
        return new Marker(library, volume, writes + 1, freshNonce);
    }

    public byte[] encode() {
        String lines = GREETING + "version=" + VERSION + "\nlibrary=" + library.value() + "\nvolume=" + volume.value()
                + "\nwrites=" + writes + "\nnonce=" + HEX.toHexDigits(nonce) + "\n";
        return (lines + "check=" + HEX.toHexDigits(check(lines)) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static int check(String lines) {
        CRC32C sum = new CRC32C();
        sum.update(lines.getBytes(StandardCharsets.US_ASCII));
        return (int) sum.getValue();
    }

    /// @throws MalformedMarker when these are not the bytes of a whole marker
    public static Marker decode(byte[] bytes) throws MalformedMarker {
        if (bytes.length > BYTES_MAX) {
            throw new MalformedMarker(BYTES_MAX, "longer than any marker");
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(GREETING)) {
            throw new MalformedMarker(0, "not the words that it begins with");
        }
        Lines lines = new Lines(text, GREETING.length());
        if (!lines.value("version").equals(VERSION)) {
            throw new MalformedMarker(GREETING.length(), "made by a newer Holdfast");
        }
        LibraryId library = new LibraryId(lines.parsed("library", UUID::fromString));
        VolumeId volume = new VolumeId(lines.parsed("volume", UUID::fromString));
        long writes = lines.parsed("writes", Long::parseLong);
        long nonce = lines.parsed("nonce", HexFormat::fromHexDigitsToLong);
        int covered = lines.at;
        int check = lines.parsed("check", HexFormat::fromHexDigits);
        if (check != check(text.substring(0, covered))) {
            throw new MalformedMarker(covered, "the sum of its bytes is another");
        }
        if (writes < 1 || lines.at != text.length()) {
            throw new MalformedMarker(lines.at, writes < 1 ? "never written" : "more than a marker");
        }
        return new Marker(library, volume, writes, nonce);
    }

    /// Reads one line after the other.
    private static final class Lines {
        private final String text;
        private int at;

        private Lines(String text, int at) {
            this.text = text;
            this.at = at;
        }

        private String value(String key) throws MalformedMarker {
            int end = text.indexOf('\n', at);
            if (end < 0 || !text.startsWith(key + "=", at)) {
                throw new MalformedMarker(at, "no " + key);
            }
            String value = text.substring(at + key.length() + 1, end);
            at = end + 1;
            return value;
        }

        private <T> T parsed(String key, Function<String, T> parser) throws MalformedMarker {
            int start = at;
            String value = value(key);
            try {
                return parser.apply(value);
            } catch (IllegalArgumentException e) {
                throw new MalformedMarker(start, "no " + key);
            }
        }
    }

    /// What is where a marker would be.
    ///
    /// @param marker empty when there is none, or it is damaged
    public record Reading(Optional<Marker> marker, State state) {

        /// UNKNOWN: the drive did not answer.
        public enum State { FOUND, MISSING, DAMAGED, UNKNOWN }

        public static Reading of(Marker found) {
            return new Reading(Optional.of(found), State.FOUND);
        }

        public static Reading none(State state) {
            return new Reading(Optional.empty(), state);
        }
    }
}

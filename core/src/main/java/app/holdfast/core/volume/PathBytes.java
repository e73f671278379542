package app.holdfast.core.volume;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/// Names and paths as the bytes that the filesystem keeps. Pure; any thread.
///
/// On Linux a name is any bytes but `/` and NUL, and a `Path` keeps them, but its text is decoded by the locale: a
/// program started without one sees `?` for every letter outside ASCII. The one way to the bytes that Java offers is
/// the path's URI, which escapes them one by one whatever the locale. It is slow, so it is taken only for names whose
/// text may lie.
public final class PathBytes {

    private static final String JNU_ENCODING = System.getProperty("sun.jnu.encoding", "UTF-8");
    /// Whether the text of a path is its bytes read as UTF-8; always so where names are not bytes.
    private static final boolean UTF8_PATHS = File.separatorChar != '/' || JNU_ENCODING.equalsIgnoreCase("UTF-8");
    private static final char REPLACEMENT = '\uFFFD';
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PathBytes() {
    }

    /// The last name of a path: its bytes; UTF-8 where the system's names are not bytes.
    ///
    /// @param path has at least one name
    public static byte[] ofName(Path path) {
        Path last = path.getFileName();
        String text = last == null ? "" : last.toString();
        if (isFaithful(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String escaped = path.toUri().getRawPath();
        // it asks the disk, and marks a folder by a slash
        int end = escaped.endsWith("/") ? escaped.length() - 1 : escaped.length();
        return unescape(escaped.substring(escaped.lastIndexOf('/', end - 1) + 1, end));
    }

    /// The text of a path's last name if its bytes are that text in UTF-8.
    ///
    /// @return empty when the bytes are no UTF-8
    public static Optional<String> nameText(Path path) {
        Path last = path.getFileName();
        String text = last == null ? "" : last.toString();
        return isFaithful(text) ? Optional.of(text) : strictText(ofName(path));
    }

    /// For people and logs: bytes that are no UTF-8 appear as U+FFFD.
    public static String shown(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    /// For people and logs: the whole path as text, whatever the locale.
    public static String shown(Path path) {
        String text = path.toString();
        if (isFaithful(text)) {
            return text;
        }
        var shown = new StringBuilder(path.isAbsolute() ? "/" : "");
        for (int i = 0; i < path.getNameCount(); i++) {
            shown.append(i == 0 ? "" : "/").append(shown(ofName(path.getName(i))));
        }
        return shown.toString();
    }

    /// The whole of an absolute path, as the system takes it.
    public static byte[] of(Path absolute) {
        String text = absolute.toString();
        if (isFaithful(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < absolute.getNameCount(); i++) {
            bytes.write('/');
            bytes.writeBytes(ofName(absolute.getName(i)));
        }
        return bytes.toByteArray();
    }

    /// The path that these names lead to.
    ///
    /// @param names separated by `/`; an empty name counts for nothing
    /// @return empty when a name is none: it leads upwards, or cannot be had on this system
    public static Optional<Path> below(Path top, byte[] names) {
        Path path = top;
        for (int from = 0; from < names.length;) {
            int to = from;
            while (to < names.length && names[to] != '/') {
                to++;
            }
            byte[] name = Arrays.copyOfRange(names, from, to);
            if (name.length > 0 && !isName(name)) {
                return Optional.empty();
            }
            try {
                path = name.length == 0 ? path : path.resolve(name(name));
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
            from = to + 1;
        }
        return Optional.of(path);
    }

    /// A relative path of one name.
    private static Path name(byte[] bytes) {
        Optional<String> text = strictText(bytes);
        if (text.isPresent() && (UTF8_PATHS || isAscii(text.get()))) {
            return Path.of(text.get());
        }
        var escaped = new StringBuilder("file:///");
        for (byte b : bytes) {
            HEX.toHexDigits(escaped.append('%'), b);
        }
        return Objects.requireNonNull(Path.of(URI.create(escaped.toString())).getFileName());
    }

    /// Whether these bytes, some and no `/` among them, may be a name: no NUL, not `.` and not `..`.
    private static boolean isName(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        boolean leadsElsewhere = bytes[0] == '.' && (bytes.length == 1 || bytes.length == 2 && bytes[1] == '.');
        return !leadsElsewhere;
    }

    private static boolean isFaithful(String text) {
        return UTF8_PATHS ? text.indexOf(REPLACEMENT) < 0 : isAscii(text);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> strictText(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static byte[] unescape(String escaped) {
        var bytes = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                bytes.write(HexFormat.fromHexDigits(escaped, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}

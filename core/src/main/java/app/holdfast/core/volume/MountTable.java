package app.holdfast.core.volume;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Linux's table of mounts, read from the bytes of `/proc/self/mountinfo`. Pure.
///
/// @param mounts in the order of the table, which is that of mounting: the last of several at one place hides the
///               others
/// @see "Linux man-pages, proc_pid_mountinfo(5)"
record MountTable(List<Mount> mounts) {

    /// A larger table is refused; systems with thousands of containers stay far below.
    static final int TABLE_BYTES_MAX = 8 << 20;

    private static final int FIELDS_BEFORE_OPTIONAL = 6;
    private static final int FIELDS_MAX = 64;

    /// @param device `major:minor`
    /// @param root   the folder of the filesystem that is seen at the mount point
    record Mount(String device, Path root, Path mountPoint, boolean readOnly, String fileSystem, String source) {}

    private record Field(int offset, byte[] bytes) {
        String text() {
            return PathBytes.shown(bytes);
        }
    }

    MountTable {
        mounts = List.copyOf(mounts);
    }

    static MountTable parse(byte[] table) throws MalformedMountTable {
        if (table.length > TABLE_BYTES_MAX) {
            throw new MalformedMountTable(TABLE_BYTES_MAX, "longer than any table of mounts");
        }
        var mounts = new ArrayList<Mount>();
        for (int start = 0; start < table.length;) {
            int end = start;
            while (end < table.length && table[end] != '\n') {
                end++;
            }
            if (end > start) {
                mounts.add(mount(fields(table, start, end), start));
            }
            start = end + 1;
        }
        return new MountTable(mounts);
    }

    /// The mount that shows what is at this path.
    Optional<Mount> holding(Path path) {
        Mount best = null;
        for (Mount mount : mounts) {
            boolean deeper = best == null || mount.mountPoint().getNameCount() >= best.mountPoint().getNameCount();
            if (deeper && path.startsWith(mount.mountPoint())) {
                best = mount;
            }
        }
        return Optional.ofNullable(best);
    }

    /// Those that no later one at the same place hides.
    List<Mount> visible() {
        var byPlace = new LinkedHashMap<Path, Mount>();
        for (Mount mount : mounts) {
            byPlace.put(mount.mountPoint(), mount);
        }
        return List.copyOf(byPlace.values());
    }

    private static Mount mount(List<Field> fields, int start) throws MalformedMountTable {
        int dash = FIELDS_BEFORE_OPTIONAL;
        while (dash < fields.size() && !(fields.get(dash).bytes().length == 1 && fields.get(dash).bytes()[0] == '-')) {
            dash++;
        }
        if (dash + 3 >= fields.size()) {
            throw new MalformedMountTable(start, "a line of " + fields.size() + " fields");
        }
        boolean readOnly = hasOption(fields.get(5), "ro") || hasOption(fields.get(dash + 3), "ro");
        return new Mount(device(fields.get(2)), path(fields.get(3)), path(fields.get(4)), readOnly,
                fields.get(dash + 1).text(), fields.get(dash + 2).text());
    }

    private static boolean hasOption(Field options, String wanted) {
        return Arrays.asList(options.text().split(",")).contains(wanted);
    }

    private static String device(Field field) throws MalformedMountTable {
        String text = new String(field.bytes(), StandardCharsets.ISO_8859_1);
        if (!text.matches("[0-9]{1,10}:[0-9]{1,10}")) {
            throw new MalformedMountTable(field.offset(), "no device number");
        }
        return text;
    }

    /// A filesystem's root may also be a word such as `mnt:[4026531841]`; it counts as one name below the top.
    private static Path path(Field field) throws MalformedMountTable {
        return PathBytes.below(Path.of("/"), field.bytes())
                .orElseThrow(() -> new MalformedMountTable(field.offset(), "no path"));
    }

    private static List<Field> fields(byte[] table, int start, int end) throws MalformedMountTable {
        var fields = new ArrayList<Field>();
        var field = new ByteArrayOutputStream();
        int fieldStart = start;
        for (int i = start; i <= end; i++) {
            if (i == end || table[i] == ' ') {
                if (fields.size() == FIELDS_MAX) {
                    throw new MalformedMountTable(fieldStart, "more than " + FIELDS_MAX + " fields");
                }
                fields.add(new Field(fieldStart, field.toByteArray()));
                field.reset();
                fieldStart = i + 1;
            } else if (table[i] == '\\') {
                field.write(octal(table, i, end));
                i += 3;
            } else {
                field.write(table[i]);
            }
        }
        return fields;
    }

    /// A byte that would break the line is written as a backslash and three octal digits; the backslash is one of
    /// them.
    private static int octal(byte[] table, int backslash, int end) throws MalformedMountTable {
        int value = 0;
        for (int i = backslash + 1; i <= backslash + 3; i++) {
            if (i >= end || table[i] < '0' || table[i] > '7') {
                throw new MalformedMountTable(backslash, "no octal escape");
            }
            value = value * 8 + table[i] - '0';
        }
        if (value == 0 || value > 0xFF) {
            throw new MalformedMountTable(backslash, "an escape of no byte");
        }
        return value;
    }
}

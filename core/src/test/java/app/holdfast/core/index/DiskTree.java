package app.holdfast.core.index;

import app.holdfast.core.model.EntryKind;
import app.holdfast.core.store.LocationFixture.Row;
import app.holdfast.core.volume.PathBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is on the disk, read another way than a scan does.
final class DiskTree {

    record Fact(EntryKind kind, long size, long modifiedMillis) {}

    private DiskTree() {
    }

    static SortedMap<String, Fact> read(Path top) throws IOException {
        var tree = new TreeMap<String, Fact>();
        read(top, "", tree);
        return tree;
    }

    private static void read(Path folder, String above, Map<String, Fact> tree) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : (Iterable<Path>) children::iterator) {
                var facts = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                EntryKind kind = facts.isDirectory() ? EntryKind.DIRECTORY : facts.isSymbolicLink() ? EntryKind.SYMLINK
                        : facts.isRegularFile() ? EntryKind.FILE : EntryKind.OTHER;
                String path = above + new String(PathBytes.ofName(child), StandardCharsets.ISO_8859_1);
                tree.put(path, new Fact(kind, kind == EntryKind.DIRECTORY ? 0 : facts.size(),
                        facts.lastModifiedTime().toMillis()));
                if (kind == EntryKind.DIRECTORY) {
                    read(child, path + "/", tree);
                }
            }
        }
    }

    static SortedMap<String, Fact> of(SortedMap<String, Row> rows) {
        var tree = new TreeMap<String, Fact>();
        rows.forEach((path, row) -> tree.put(path, new Fact(row.kind(), row.size(), row.modifiedMillis())));
        return tree;
    }
}

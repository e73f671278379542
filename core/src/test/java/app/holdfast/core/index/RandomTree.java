package app.holdfast.core.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// A real folder that changes at random.
final class RandomTree {

    private final Path top;
    private final SplittableRandom random;
    private int names;

    RandomTree(Path top, SplittableRandom random) {
        this.top = top;
        this.random = random;
    }

    void change(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            List<Path> all = all();
            Path any = all.get(random.nextInt(all.size()));
            Path folder = Files.isDirectory(any, LinkOption.NOFOLLOW_LINKS) ? any : any.getParent();
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> Files.writeString(folder.resolve(name()), "x".repeat(random.nextInt(50)));
                case 3, 4 -> Files.createDirectory(folder.resolve(name()));
                case 5 -> Files.createSymbolicLink(folder.resolve(name()), Path.of("somewhere"));
                case 6 -> rewrite(any);
                case 7 -> move(any, folder(all).resolve(name()));
                case 8 -> delete(any);
                default -> turn(any);
            }
        }
    }

    private Path folder(List<Path> all) {
        List<Path> folders = all.stream().filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
        return folders.get(random.nextInt(folders.size()));
    }

    private void rewrite(Path file) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.setLastModifiedTime(Files.writeString(file, "y".repeat(random.nextInt(90))),
                    FileTime.fromMillis(random.nextLong(2_000_000_000_000L)));
        }
    }

    private void move(Path from, Path to) throws IOException {
        if (!from.equals(top) && !to.startsWith(from)) {
            Files.move(from, to);
        }
    }

    /// A file becomes a folder of the same name, or the other way round.
    private void turn(Path any) throws IOException {
        boolean wasFolder = Files.isDirectory(any, LinkOption.NOFOLLOW_LINKS);
        if (any.equals(top)) {
            return;
        }
        delete(any);
        if (wasFolder) {
            Files.writeString(any, "was a folder");
        } else {
            Files.writeString(Files.createDirectory(any).resolve("inside"), "was a file");
        }
    }

    private void delete(Path any) throws IOException {
        if (any.equals(top)) {
            return;
        }
        try (Stream<Path> below = Files.walk(any)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /// In one order on every run, so that a seed replays.
    private List<Path> all() throws IOException {
        try (Stream<Path> paths = Files.walk(top)) {
            return paths.sorted().toList();
        }
    }

    private String name() {
        return "ü" + names++;
    }
}

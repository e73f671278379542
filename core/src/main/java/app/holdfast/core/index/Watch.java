package app.holdfast.core.index;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeEvent.EventType;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import io.methvin.watcher.visitor.FileTreeVisitor;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// Watches a location's folders and says which of them have to be looked at again (ADR 134).
///
/// What the system tells is a hint and nothing more: which folder, not what. When it tells too much, says that it lost
/// something, or cannot watch all, the whole location is due. Events come on the watcher's thread; [#take] may be
/// called from any.
public final class Watch implements AutoCloseable {

    /// With more folders than these the whole location is due: reading it costs less than asking for each.
    static final int FOLDERS_MAX = 2_000;

    private final Path top;
    private final IgnoreRules rules;
    private final Runnable changed;
    private final Map<Path, Boolean> due = new HashMap<>();
    private final DirectoryWatcher watcher;
    private boolean isAllDue;

    /// Starts to watch, which reads all folders once.
    ///
    /// @param top     absolute and real
    /// @param rules   what is not watched
    /// @param changed told that something is due; must be quick
    /// @throws IOException when there is no folder, or the system watches no more of them
    public Watch(Path top, IgnoreRules rules, Executor work, Runnable changed) throws IOException {
        if (!Files.isDirectory(top)) {
            throw new NotDirectoryException(top.toString()); // what comes there later would not be watched
        }
        this.top = top;
        this.rules = rules;
        this.changed = changed;
        this.watcher = DirectoryWatcher.builder().path(top).fileHashing(false).fileTreeVisitor(visitor())
                .listener(new DirectoryChangeListener() {
                    @Override
                    public void onEvent(DirectoryChangeEvent event) {
                        note(event);
                    }

                    @Override
                    public void onException(Exception e) {
                        allIsDue();
                    }
                }).build();
        var _ = watcher.watchAsync(work);
    }

    /// Folders that are left out are not watched either.
    private FileTreeVisitor visitor() {
        return (from, onFolder, onFile) -> Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(top) && rules.leavesOut(top.relativize(folder).toString(), true)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                onFolder.call(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                onFile.call(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void note(DirectoryChangeEvent event) {
        if (event.eventType() == EventType.OVERFLOW) {
            allIsDue();
            return;
        }
        Path path = event.path();
        Path parent = path.getParent();
        boolean isNewFolder = event.eventType() == EventType.CREATE
                && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        synchronized (due) {
            if (isAllDue) {
                return;
            }
            if (path.equals(top) || parent == null || path.equals(top.resolve(IgnoreRules.FILE))) {
                isAllDue = true;
            } else {
                due.putIfAbsent(parent, false);
                if (isNewFolder) {
                    due.put(path, true);
                }
                isAllDue = due.size() > FOLDERS_MAX;
            }
        }
        changed.run();
    }

    private void allIsDue() {
        synchronized (due) {
            isAllDue = true;
        }
        changed.run();
    }

    /// Whether it is read with a folder above it.
    private boolean isBelowWhole(Path folder) {
        for (Path above = folder.getParent(); above != null && above.startsWith(top); above = above.getParent()) {
            if (due.getOrDefault(above, false)) {
                return true;
            }
        }
        return false;
    }

    /// Whether these rules leave out what is not watched, and nothing else.
    public boolean follows(IgnoreRules now) {
        return Arrays.equals(rules.identity(), now.identity());
    }

    /// Takes what is due; it is due no longer.
    ///
    /// @return outer folders before what lies in them, nothing twice; one that is the whole location when that is due
    public List<Scan.Part> take() {
        synchronized (due) {
            List<Scan.Part> parts = new ArrayList<>();
            if (isAllDue) {
                parts.add(new Scan.Part(top, true));
            } else {
                due.forEach((folder, whole) -> {
                    if (!isBelowWhole(folder)) {
                        parts.add(new Scan.Part(folder, whole));
                    }
                });
                parts.sort(Comparator.comparing(Scan.Part::folder));
            }
            due.clear();
            isAllDue = false;
            return parts;
        }
    }

    /// Puts back what could not be looked at.
    public void put(List<Scan.Part> parts) {
        synchronized (due) {
            parts.forEach(part -> due.merge(part.folder(), part.whole(), Boolean::logicalOr));
            isAllDue |= due.getOrDefault(top, false) || due.size() > FOLDERS_MAX;
        }
    }

    @Override
    public void close() throws IOException {
        watcher.close();
    }
}

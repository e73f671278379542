package app.holdfast.core.fake;

import app.holdfast.core.index.Disk;
import app.holdfast.core.model.EntryKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A disk in memory with faults to order. Confined to the scan's thread, but for what is set before it starts.
public final class FakeDisk implements Disk {

    private final Path top;
    private final Map<Path, Map<String, Child>> folders = new HashMap<>();
    private final Set<Path> denied = new HashSet<>();
    private final Map<Path, Integer> partial = new HashMap<>();
    private final Map<Path, Runnable> beforeListing = new HashMap<>();
    private final Map<Path, Runnable> afterListing = new HashMap<>();
    private boolean isThere = true;
    private String identity = "drive";

    public FakeDisk(Path top) {
        this.top = top;
        folders.put(top, new LinkedHashMap<>());
    }

    /// Makes a file, and the folders above it.
    public void file(String path, long size) {
        file(path, size, 0);
    }

    /// A file that this disk knows under any name.
    ///
    /// @param node by what; 0 for one that it does not
    public void file(String path, long size, long node) {
        Path file = top.resolve(path);
        makeFolder(file.getParent());
        String name = file.getFileName().toString();
        folders.get(file.getParent()).put(name, new Child(name, null, EntryKind.FILE, size, 1_000, node, null));
    }

    private void makeFolder(Path folder) {
        if (!folders.containsKey(folder)) {
            makeFolder(folder.getParent());
            folders.put(folder, new LinkedHashMap<>());
            String name = folder.getFileName().toString();
            folders.get(folder.getParent()).put(name,
                    new Child(name, null, EntryKind.DIRECTORY, 0, 1_000, new Folder(folder, folder)));
        }
    }

    /// Deletes a file, or a folder with all below it.
    public void delete(String path) {
        Path gone = top.resolve(path);
        folders.get(gone.getParent()).remove(gone.getFileName().toString());
        folders.keySet().removeIf(folder -> folder.startsWith(gone));
    }

    /// The folder may not be read from now on.
    public void deny(String path) {
        denied.add(top.resolve(path));
    }

    /// Of this folder's children only the first few can be looked at.
    public void tellOnly(String path, int children) {
        partial.put(top.resolve(path), children);
    }

    /// The top is not there from now on, and nothing below it.
    public void vanish() {
        isThere = false;
    }

    /// What was below the top is gone and the top is another folder: what an unmounted drive leaves.
    public void unmount() {
        identity = "mount point";
        folders.clear();
        folders.put(top, new LinkedHashMap<>());
    }

    /// Runs on the scan's thread when it comes to this folder.
    public void beforeListing(String path, Runnable action) {
        beforeListing.put(top.resolve(path), action);
    }

    /// Runs on the scan's thread when it has read this folder.
    public void afterListing(String path, Runnable action) {
        afterListing.put(top.resolve(path), action);
    }

    @Override
    public Folder top(Path path) throws IOException {
        if (!isThere || !path.equals(top)) {
            throw new NoSuchFileException(path.toString());
        }
        return new Folder(top, identity);
    }

    @Override
    public boolean list(Folder folder, Children children) throws IOException {
        beforeListing.getOrDefault(folder.path(), () -> { }).run();
        Map<String, Child> found = folders.get(folder.path());
        if (!isThere || found == null) {
            throw new NoSuchFileException(folder.path().toString());
        }
        if (denied.contains(folder.path())) {
            throw new AccessDeniedException(folder.path().toString());
        }
        int most = partial.getOrDefault(folder.path(), Integer.MAX_VALUE);
        int told = 0;
        for (Child child : found.values()) {
            if (told++ >= most || !children.take(child)) {
                return false;
            }
        }
        afterListing.getOrDefault(folder.path(), () -> { }).run();
        return true;
    }
}

package app.holdfast.core.store;

import app.holdfast.core.model.EntryKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Rows of one scan that were not under their name where it looked: eight bytes for a file. Confined to the writer.
final class MissingRows {

    /// What tells one file from others without the filesystem's word.
    ///
    /// @param name empty for what was renamed
    record Likeness(String name, long size, long modifiedMillis) {
        Likeness renamed() {
            return new Likeness("", size, modifiedMillis);
        }
    }

    /// That there is more than one.
    static final long TWICE = -2;

    /// Keys in no order.
    static final class Keys {
        private static final int FIRST_CAPACITY = 16;
        private long[] keys = new long[FIRST_CAPACITY];
        private int count;

        void add(long key) {
            if (count == keys.length) {
                keys = Arrays.copyOf(keys, count * 2);
            }
            keys[count++] = key;
        }

        long[] take(int most) {
            int taken = Math.min(most, count);
            count -= taken;
            return Arrays.copyOfRange(keys, count, count + taken);
        }

        boolean isEmpty() {
            return count == 0;
        }

        int size() {
            return count;
        }

        /// @param place from 0
        long at(int place) {
            return keys[place];
        }
    }

    private final Keys files = new Keys();
    private final Keys filesBelow = new Keys();
    private final Set<Long> folders = new LinkedHashSet<>();
    private final Map<Likeness, Long> newByLikeness = new HashMap<>();
    private final Map<Likeness, Long> missingByLikeness = new HashMap<>();
    private final Map<Long, Long> movedFolders = new LinkedHashMap<>();
    private NewNodes newNodes = NewNodes.none();
    private boolean prepared;

    void add(KnownEntry gone) {
        if (gone.kind() == EntryKind.DIRECTORY) {
            folders.add(gone.key());
        } else {
            files.add(gone.key());
        }
    }

    /// The folder is under another name.
    void found(long folder) {
        folders.remove(folder);
    }

    Keys files() {
        return files;
    }

    /// Files in folders that are missing: they go with them unless they turn up.
    Keys filesBelow() {
        return filesBelow;
    }

    Set<Long> folders() {
        return folders;
    }

    /// Files that the scan put in, with their names and without; where there are several alike it has [#TWICE].
    Map<Likeness, Long> newByLikeness() {
        return newByLikeness;
    }

    /// The same of files that are missing, without their names.
    Map<Likeness, Long> missingByLikeness() {
        return missingByLikeness;
    }

    /// Folders that are missing, and the new ones that their files were found in: inner ones before outer ones.
    Map<Long, Long> movedFolders() {
        return movedFolders;
    }

    /// By what the filesystem knows the files that the scan put in.
    NewNodes newNodes() {
        return newNodes;
    }

    void setNewNodes(NewNodes nodes) {
        newNodes = nodes;
    }

    boolean isEmpty() {
        return files.isEmpty() && filesBelow.isEmpty() && folders.isEmpty() && movedFolders.isEmpty();
    }

    /// @return whether this is the first call
    boolean prepare() {
        boolean first = !prepared;
        prepared = true;
        return first;
    }
}

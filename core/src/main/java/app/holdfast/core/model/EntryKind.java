package app.holdfast.core.model;

/// What an entry is on disk. The code is what databases and the wire carry; codes are never reused.
public enum EntryKind {
    FILE(0), DIRECTORY(1), SYMLINK(2), OTHER(3);

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// @return the kind with this code; a code of a newer version reads as [#OTHER]
    public static EntryKind of(long code) {
        for (EntryKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return OTHER;
    }
}

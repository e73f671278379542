package app.holdfast.core.api;

/// Folders come first, then the column; equal ones by name.
public record EntrySort(Column column, boolean ascending) {

    public enum Column { NAME, SIZE, MODIFIED, WHERE }

    public static final EntrySort BY_NAME = new EntrySort(Column.NAME, true);
}

package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryRow;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// One line of a list: a place kept for an entry, whose row comes when it is read. Two slots of one key are equal, so
/// that a selection outlives the slot it was made on.
public final class EntrySlot {

    private final long key;
    private final ReadOnlyObjectWrapper<@Nullable EntryRow> row = new ReadOnlyObjectWrapper<>();

    EntrySlot(long key) {
        this.key = key;
    }

    public long key() {
        return key;
    }

    public @Nullable EntryRow row() {
        return row.get();
    }

    /// Null until it was read.
    public ReadOnlyObjectProperty<@Nullable EntryRow> rowProperty() {
        return row.getReadOnlyProperty();
    }

    void fill(EntryRow read) {
        if (!read.equals(row.get())) {
            row.set(read);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntrySlot that && key == that.key;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(key);
    }

    @Override
    public String toString() {
        EntryRow read = row.get();
        return read == null ? "slot " + key : read.name();
    }
}

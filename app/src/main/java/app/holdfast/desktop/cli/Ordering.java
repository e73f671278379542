package app.holdfast.desktop.cli;

import app.holdfast.core.api.EntrySort;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `name`, `size`, `date` or `drive`; with a `-` before it from the other end.
final class Ordering implements ITypeConverter<EntrySort> {

    @Override
    public EntrySort convert(String typed) {
        boolean ascending = !typed.startsWith("-");
        String word = (ascending ? typed : typed.substring(1)).toLowerCase(Locale.ROOT);
        return new EntrySort(switch (word) {
            case "name" -> EntrySort.Column.NAME;
            case "size" -> EntrySort.Column.SIZE;
            case "date" -> EntrySort.Column.MODIFIED;
            case "drive" -> EntrySort.Column.WHERE;
            default -> throw new TypeConversionException("'" + typed + "' is no order; name, size, date or drive is,"
                    + " with a - before it from the other end");
        }, ascending);
    }
}

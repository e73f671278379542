package app.holdfast.core.change;

import java.util.List;

/// Rows of one model that travel together.
///
/// @param model  `device`, `volume`, `location`, `entry`, or one that a newer version knows
/// @param fields the names of the values of every row, in their order
/// @param rows   at most [#ROWS_MAX]
public record OwnedRows(String model, List<String> fields, List<OwnedRow> rows) {

    public static final int ROWS_MAX = 4_000;

    /// @throws IllegalArgumentException when a row has more or fewer values than there are fields, or there are too
    /// many rows
    public OwnedRows {
        fields = List.copyOf(fields);
        rows = List.copyOf(rows);
        if (rows.size() > ROWS_MAX) {
            throw new IllegalArgumentException("a page has at most " + ROWS_MAX + " rows, not " + rows.size());
        }
        for (OwnedRow row : rows) {
            if (row.values().size() != fields.size()) {
                throw new IllegalArgumentException("a row of " + model + " has " + row.values().size()
                        + " values for " + fields.size() + " fields");
            }
        }
    }
}

package app.holdfast.desktop.notes;

import app.holdfast.core.api.EntryRow;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// What is noted about some files together. What they do not share is empty: it is various.
///
/// @param entries  the files, at least one
/// @param favorite empty when some are
public record Noting(List<EntryRow> entries, Optional<Integer> rating, Optional<Boolean> favorite,
        Optional<String> note, List<Field> fields) {

    /// @param value empty when the files have different ones, or only some have it
    public record Field(String name, Optional<String> value) {}

    public Noting {
        entries = List.copyOf(entries);
        fields = List.copyOf(fields);
    }

    public static Noting of(List<EntryRow> rows) {
        TreeSet<String> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(row.noted().fields().keySet()));
        List<Field> fields = names.stream().map(name -> new Field(name,
                shared(rows, row -> Optional.ofNullable(row.noted().fields().get(name))).flatMap(value -> value)))
                .toList();
        return new Noting(rows, shared(rows, row -> row.noted().rating()), shared(rows, row -> row.noted().favorite()),
                shared(rows, row -> row.noted().note()), fields);
    }

    private static <V> Optional<V> shared(List<EntryRow> rows, Function<EntryRow, V> part) {
        V first = part.apply(rows.getFirst());
        return rows.stream().allMatch(row -> part.apply(row).equals(first)) ? Optional.of(first) : Optional.empty();
    }
}

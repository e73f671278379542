package app.holdfast.core.store;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Hash;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.model.Value;
import app.holdfast.core.change.ValueCodec;
import app.holdfast.core.change.cbor.CborWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/// Sorts rows into the leaves that they belong to and hashes those: the same bytes on every device that holds the same
/// rows, whichever of their fields it understands (`docs/protocol/sync.md`, section 6.2). Used within one turn.
final class LeafRows {

    private static final Comparator<Item> ORDER = Comparator.<Item>comparingLong(item -> item.row.sequence())
            .thenComparing(item -> item.row.id(), Leaf::compare);

    /// A row with its table's model and the table's fields in the order of their names.
    private record Item(Table table, OwnedRow row) {}

    private record Table(String model, List<String> names, int[] places) {
        private static Table of(OwnedRows rows) {
            int[] places = IntStream.range(0, rows.fields().size()).boxed()
                    .sorted(Comparator.comparing(place -> rows.fields().get(place))).mapToInt(place -> place).toArray();
            return new Table(rows.model(), IntStream.of(places).mapToObj(rows.fields()::get).toList(), places);
        }
    }

    private final Dot streamClaim;
    private final Map<Leaf.Name, List<Item>> leaves = new LinkedHashMap<>();

    /// @param streamClaim what rows without a base stand on
    LeafRows(Dot streamClaim) {
        this.streamClaim = streamClaim;
    }

    void add(OwnedRows rows) {
        Table table = Table.of(rows);
        int location = rows.model().equals(Models.ENTRY) ? rows.fields().indexOf("location") : -1;
        Leaf.Name before = null;
        List<Item> items = List.of();
        for (OwnedRow row : rows.rows()) {
            UUID place = RowFields.value(row, location) instanceof Value.Ref(UUID id) ? id : Leaf.NO_LOCATION;
            Leaf.Name name = new Leaf.Name(row.base().orElse(streamClaim), Leaf.number(row.sequence()), place);
            if (!name.equals(before)) {
                items = leaves.computeIfAbsent(name, _ -> new ArrayList<>(Leaf.ROWS_MAX));
                before = name;
            }
            items.add(new Item(table, row));
        }
    }

    Set<Leaf.Name> names() {
        return leaves.keySet();
    }

    int rows(Leaf.Name name) {
        return leaves.getOrDefault(name, List.of()).size();
    }

    void forget(Leaf.Name name) {
        leaves.remove(name);
    }

    /// What the rows of a leaf hash to, whatever order they came in.
    Hash hash(Leaf.Name name) {
        List<Item> items = new ArrayList<>(leaves.getOrDefault(name, List.of()));
        items.sort(ORDER);
        var out = new CborWriter();
        items.forEach(item -> write(item, out));
        return StreamHashes.hash(out.toBytes());
    }

    private static void write(Item item, CborWriter out) {
        OwnedRow row = item.row;
        out.array(4).text(item.table.model).id(row.id()).whole(row.sequence());
        int present = 0;
        for (Value value : row.values()) {
            present += isNothing(value) ? 0 : 1;
        }
        out.array(2 * present);
        for (int i = 0; i < item.table.places.length; i++) {
            Value value = row.values().get(item.table.places[i]);
            if (!isNothing(value)) {
                out.text(item.table.names.get(i));
                ValueCodec.write(value, out);
            }
        }
    }

    /// Whether a value says no more than that the field is not there: what older tables have in place of none.
    private static boolean isNothing(Value value) {
        return switch (value) {
            case Value.Nothing _ -> true;
            case Value.Whole(long whole) -> whole == 0;
            case Value.Text(String text) -> text.isEmpty();
            case Value.Bytes(byte[] bytes) -> bytes.length == 0;
            case Value.Flag _, Value.Real _, Value.Ref _, Value.Tuple _ -> false;
        };
    }
}

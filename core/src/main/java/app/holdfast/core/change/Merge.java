package app.holdfast.core.change;

import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// The merged view of a record (R2): of each field the register with the greatest stamp over all live dots; differing
/// values that lost are kept beside it.
public final class Merge {

    private Merge() {
    }

    /// @param snapshots of the record's live dots, at least one
    public static Snapshot view(String model, Collection<Snapshot> snapshots) {
        if (snapshots.size() == 1) {
            return snapshots.iterator().next();
        }
        var versions = new TreeMap<String, List<Register>>();
        for (Snapshot snapshot : snapshots) {
            snapshot.fields().forEach((field, register) ->
                    versions.computeIfAbsent(field, _ -> new ArrayList<>()).add(register));
        }
        var merged = new TreeMap<String, Register>();
        versions.forEach((field, registers) -> merged.put(field, winner(registers, order(model, field))));
        return new Snapshot(merged);
    }

    /// Claims win by epoch before stamp (section 6); everything else by stamp alone.
    private static Comparator<Register> order(String model, String field) {
        Comparator<Register> byStamp = Comparator.comparing(Register::stamp);
        return model.equals(Models.CLAIM) && field.equals(Models.CLAIM_FIELD)
                ? Comparator.<Register>comparingLong(ClaimValue::epoch).thenComparing(byStamp) : byStamp;
    }

    private static Register winner(List<Register> registers, Comparator<Register> order) {
        Register greatest = registers.stream().max(order).orElseThrow();
        var losers = new TreeMap<Stamp, Value>(Comparator.reverseOrder());
        for (Register register : registers) {
            register.losers().forEach(loser -> losers.put(loser.stamp(), loser.value()));
            if (!register.stamp().equals(greatest.stamp())) {
                losers.put(register.stamp(), register.value());
            }
        }
        losers.remove(greatest.stamp());
        losers.values().removeIf(greatest.value()::equals);
        return new Register(greatest.value(), greatest.stamp(), losers.entrySet().stream().limit(Register.LOSERS_MAX)
                .map(loser -> new Register.Loser(loser.getValue(), loser.getKey())).toList());
    }
}

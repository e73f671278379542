package app.holdfast.core.change;

import app.holdfast.core.change.MergeRule.Version;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The merged view of a record (R2): of each field what the model's rule makes of the registers of all live dots;
/// differing values that lost are kept beside it. And what an edit of that view leaves (R1).
///
/// A function of the live dots alone, so devices that hold the same see the same. An event carries on what it did not
/// change, so a live dot may hold a version that the author of another one had seen and replaced: such a version has
/// not lost, and takes no part in a rule of the model's own (ADR 62).
public final class Merge {

    /// What the losers of a record may take together; the oldest are forgotten beyond it, so that an edit, which
    /// carries them on, fits in a snapshot.
    static final int LOSERS_BYTES_MAX = 1 << 14;

    private Merge() {
    }

    /// @param live the record's live dots, at least one
    /// @return what everyone sees who holds these; all of them are seen
    public static Snapshot view(Model model, SortedMap<Dot, Snapshot> live) {
        SortedMap<String, Register> registers = isPlain(live) ? live.values().iterator().next().fields()
                : fitting(registers(joined(model, live)));
        return new Snapshot(registers, seen(live));
    }

    /// The usual case: one live dot, and nothing lost. The fields of the view are its.
    public static boolean isPlain(SortedMap<Dot, Snapshot> live) {
        if (live.size() != 1) {
            return false;
        }
        for (Register register : live.values().iterator().next().fields().values()) {
            if (!register.losers().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /// What an edit of these dots leaves, which it removes.
    ///
    /// @param live   empty for a record that is made
    /// @param fields what is written; the rest is carried on
    /// @param stamp  the edit's
    /// @throws IllegalArgumentException when no snapshot may be so large
    public static Snapshot edited(Model model, SortedMap<Dot, Snapshot> live, Map<String, Value> fields, Stamp stamp) {
        var registers = new TreeMap<String, Register>();
        if (isPlain(live)) {
            registers.putAll(live.values().iterator().next().fields());
        } else {
            joined(model, live).forEach((field, joined) -> registers.put(field, !joined.made ? joined.register
                    : new Register(joined.register.value(), stamp, joined.register.losers())));
        }
        fields.forEach((field, value) -> registers.put(field, Register.of(value, stamp)));
        var seen = new TreeMap<>(seen(live).sequences());
        seen.remove(stamp.hlc().author());
        Snapshot edited = new Snapshot(fitting(registers), new VersionVector(seen));
        if (mayBeTooLarge(edited) && ChangeCodec.encode(edited).length > ChangeCodec.SNAPSHOT_BYTES_MAX) {
            throw new IllegalArgumentException("a record of " + model.name() + " would take more than "
                    + ChangeCodec.SNAPSHOT_BYTES_MAX + " bytes");
        }
        return edited;
    }

    /// A field's register in the view.
    ///
    /// @param made whether the value is none of the versions but made of several
    private record Joined(Register register, boolean made) {}

    private static SortedMap<String, Joined> joined(Model model, SortedMap<Dot, Snapshot> live) {
        var joined = new TreeMap<String, Joined>();
        SortedSet<String> fields = new TreeSet<>();
        live.values().forEach(snapshot -> fields.addAll(snapshot.fields().keySet()));
        for (String field : fields) {
            MergeRule rule = model.rule(field);
            Versions versions = new Versions(field, live);
            joined.put(field, versions.settled(rule).map(only -> new Joined(only, false))
                    .orElseGet(() -> join(rule, versions)));
        }
        return joined;
    }

    /// Where the rule is the model's own, values that lost take part again: a build that does not know the rule lets
    /// the latest win, and that is so mended.
    private static Joined join(MergeRule rule, Versions versions) {
        Set<Version> unseen = versions.unseen();
        Set<Version> candidates = rule.equals(MergeRule.LATEST) ? versions.registers : unseen;
        Version joined = candidates.stream().reduce(rule::join).orElseThrow();
        List<Register.Loser> losers = !rule.keepsLosers() ? List.of() : unseen.stream()
                .filter(version -> !version.value().equals(joined.value())).sorted(MergeRule.LATER.reversed())
                .limit(Register.LOSERS_MAX).map(lost -> new Register.Loser(lost.value(), lost.stamp())).toList();
        return new Joined(new Register(joined.value(), joined.stamp(), losers), !versions.all.contains(joined));
    }

    /// The versions of one field in all live dots.
    private static final class Versions {
        private final String field;
        private final SortedMap<Dot, Snapshot> live;
        private final Map<Dot, Set<Version>> byDot = new HashMap<>();
        private final Set<Version> registers = new LinkedHashSet<>();
        private final Set<Version> all = new LinkedHashSet<>();

        private Versions(String field, SortedMap<Dot, Snapshot> live) {
            this.field = field;
            this.live = live;
            live.forEach((dot, snapshot) -> snapshot.register(field).ifPresent(register -> {
                Set<Version> here = new LinkedHashSet<>();
                here.add(new Version(register.value(), register.stamp()));
                registers.addAll(here);
                register.losers().forEach(loser -> here.add(new Version(loser.value(), loser.stamp())));
                all.addAll(here);
                byDot.put(dot, here);
            }));
        }

        /// The register of the only live dot, if there is nothing to join.
        private Optional<Register> settled(MergeRule rule) {
            return live.size() > 1 ? Optional.empty() : live.values().stream()
                    .flatMap(snapshot -> snapshot.register(field).stream())
                    .filter(only -> only.losers().isEmpty() || rule.equals(MergeRule.LATEST)).findFirst();
        }

        /// Those that nobody had seen who left another version in their place.
        private Set<Version> unseen() {
            if (live.size() == 1) {
                return all;
            }
            Set<Version> unseen = new LinkedHashSet<>();
            for (Version version : all) {
                boolean replaced = live.entrySet().stream()
                        .anyMatch(other -> hasReplaced(other.getKey(), other.getValue(), version));
                if (!replaced) {
                    unseen.add(version);
                }
            }
            return unseen.isEmpty() ? all : unseen;
        }

        private boolean hasReplaced(Dot dot, Snapshot snapshot, Version version) {
            Dot written = version.stamp().dot();
            boolean seen = written.author().equals(dot.author()) ? written.sequence() <= dot.sequence()
                    : snapshot.seen().covers(written);
            return seen && !byDot.getOrDefault(dot, Set.of()).contains(version);
        }
    }

    private static SortedMap<String, Register> registers(SortedMap<String, Joined> joined) {
        var registers = new TreeMap<String, Register>();
        joined.forEach((field, one) -> registers.put(field, one.register));
        return registers;
    }

    private static VersionVector seen(SortedMap<Dot, Snapshot> live) {
        var seen = new TreeMap<Author, Long>();
        live.forEach((dot, snapshot) -> {
            seen.merge(dot.author(), dot.sequence(), Math::max);
            snapshot.seen().sequences().forEach((author, sequence) -> seen.merge(author, sequence, Math::max));
        });
        return new VersionVector(seen);
    }

    private static boolean mayBeTooLarge(Snapshot snapshot) {
        long bytes = snapshot.fields().entrySet().stream().mapToLong(field -> 100L + 3L * field.getKey().length()
                + ValueCodec.bytesMax(field.getValue().value())).sum();
        return LOSERS_BYTES_MAX + bytes > ChangeCodec.SNAPSHOT_BYTES_MAX / 2;
    }

    private static SortedMap<String, Register> fitting(SortedMap<String, Register> fields) {
        record Lost(String field, Register.Loser loser) {}

        if (fields.values().stream().allMatch(register -> register.losers().isEmpty())) {
            return fields;
        }
        List<Lost> all = fields.entrySet().stream().flatMap(field -> field.getValue().losers().stream()
                .map(loser -> new Lost(field.getKey(), loser))).sorted(Comparator
                .<Lost, Stamp>comparing(lost -> lost.loser.stamp()).reversed().thenComparing(Lost::field)).toList();
        if (all.stream().mapToInt(lost -> ValueCodec.bytesMax(lost.loser.value())).sum() <= LOSERS_BYTES_MAX) {
            return fields;
        }
        Map<String, List<Register.Loser>> kept = new TreeMap<>();
        int room = LOSERS_BYTES_MAX;
        for (Lost lost : all) {
            room -= ValueCodec.bytesMax(lost.loser.value());
            if (room < 0) {
                break;
            }
            kept.computeIfAbsent(lost.field, _ -> new ArrayList<>()).add(lost.loser);
        }
        var fitting = new TreeMap<String, Register>();
        fields.forEach((name, register) -> fitting.put(name, new Register(register.value(), register.stamp(),
                kept.getOrDefault(name, List.of()))));
        return fitting;
    }
}

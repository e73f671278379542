package app.holdfast.core.vault;

import app.holdfast.core.api.VaultMerge.Effect;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.vault.Outline.Shape;
import app.holdfast.core.vault.Outline.ValueShape;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.StoreKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is to be done to a target so that it has what a source has. Pure: made of two outlines, which may come from two
/// devices (ADR 144).
///
/// A revoked record is a deletion of that version: it takes away what is the same, loses against what was written
/// otherwise, and does not come back. What was collected leaves nothing behind, so it counts as never there.
///
/// @param clients that the target gets, empty ones too; the target's ids
record MergePlan(List<Step> steps, List<ValueStep> values, Set<Bytes24> clients) {

    MergePlan {
        steps = List.copyOf(steps);
        values = List.copyOf(values);
        clients = Set.copyOf(clients);
    }

    /// @param from     in the source
    /// @param to       in the target
    /// @param conflict both have it, and have it differently
    record Step(Place from, Place to, Effect effect, boolean conflict) {}

    record ValueStep(StorePlace from, StorePlace to, Effect effect, boolean conflict) {}

    static MergePlan of(Outline target, Outline source, Policy policy, Selection selection) {
        var planning = new Planning(target, policy);
        source.records().forEach((from, shape) -> {
            if (selection.has(from)) {
                planning.record(from, selection.target(from), shape);
            }
        });
        source.unreadable().stream().filter(selection::has).forEach(from ->
                planning.steps.add(new Step(from, selection.target(from), Effect.UNREADABLE, false)));
        source.values().forEach((from, shape) -> {
            if (selection.has(from)) {
                planning.value(from, selection.target(from), shape);
            }
        });
        var clients = new LinkedHashSet<Bytes24>();
        source.clients().stream().filter(selection::has).map(selection::target)
                .filter(id -> !target.clients().contains(id)).forEach(clients::add);
        return new MergePlan(planning.steps, planning.values, clients);
    }

    private static final class Planning {

        /// The key of a value that is kept beside another.
        private static final Pattern BESIDE = Pattern.compile("(.+) \\(\\d+\\)", Pattern.DOTALL);

        private final Outline target;
        private final Policy policy;
        private final List<Step> steps = new ArrayList<>();
        private final List<ValueStep> values = new ArrayList<>();
        /// Ids under which the target's own records would stand beside others.
        private final Set<Place> ownBesides = new HashSet<>();
        private final Map<Place, Shape> taken = new HashMap<>();
        private final Map<StorePlace, ValueShape> takenValues = new HashMap<>();

        Planning(Outline target, Policy policy) {
            this.target = target;
            this.policy = policy;
            target.records().forEach((place, shape) -> ownBesides.add(beside(place, shape)));
        }

        void record(Place from, Place to, Shape source) {
            Shape mine = taken.getOrDefault(to, target.records().get(to));
            Step step;
            if (target.unreadable().contains(to)) {
                step = new Step(from, to, policy == Policy.REPLACE && !source.revoked() ? Effect.CHANGED : Effect.KEPT,
                        true);
            } else if (mine == null) {
                // a copy of what is here under its own id already is not brought back as another
                boolean isOurs = source.revoked() || ownBesides.contains(to);
                step = new Step(from, to, isOurs ? Effect.SAME : Effect.ADDED, false);
            } else if (source.revoked() || mine.revoked()) {
                step = deletion(from, to, source, mine);
            } else if (mine.isSameAs(source)) {
                step = new Step(from, to, Effect.SAME, false);
            } else {
                step = conflict(from, to, source);
            }
            if (step.effect() == Effect.ADDED || step.effect() == Effect.CHANGED) {
                taken.put(step.to(), source);
            }
            steps.add(step);
        }

        private Step deletion(Place from, Place to, Shape source, Shape mine) {
            if (mine.revoked()) {
                boolean gone = source.revoked() || mine.blob().equals(source.blob());
                return gone ? new Step(from, to, source.revoked() ? Effect.SAME : Effect.STAYS_REVOKED, false)
                        : new Step(from, to, policy == Policy.KEEP_OLD ? Effect.STAYS_REVOKED : Effect.CHANGED, true);
            }
            boolean same = mine.blob().equals(source.blob());
            return same && policy == Policy.REPLACE ? new Step(from, to, Effect.REVOKED, false)
                    : new Step(from, to, Effect.KEPT, true);
        }

        private Step conflict(Place from, Place to, Shape source) {
            return switch (policy) {
                case KEEP_OLD -> new Step(from, to, Effect.KEPT, true);
                case REPLACE -> new Step(from, to, Effect.CHANGED, true);
                case KEEP_BOTH -> {
                    Place beside = beside(to, source);
                    @Nullable Shape there = target.records().get(beside);
                    yield there != null ? new Step(from, beside, Effect.SAME, false)
                            : new Step(from, beside, Effect.BESIDE, true);
                }
            };
        }

        private static Place beside(Place place, Shape shape) {
            return new Place(place.client(), place.vault(), place.record().besides(shape.blob()));
        }

        void value(StorePlace from, StorePlace to, ValueShape source) {
            ValueShape mine = takenValues.getOrDefault(to, target.values().get(to));
            ValueStep step;
            if (source.expired()) {
                step = new ValueStep(from, to, Effect.SAME, false);
            } else if (mine == null || mine.expired()) {
                step = new ValueStep(from, to, isCopyOfOurs(to, source) ? Effect.SAME : Effect.ADDED, false);
            } else if (mine.isSameAs(source)) {
                step = new ValueStep(from, to, Effect.SAME, false);
            } else {
                step = switch (policy) {
                    case KEEP_OLD -> new ValueStep(from, to, Effect.KEPT, true);
                    case REPLACE -> new ValueStep(from, to, Effect.CHANGED, true);
                    case KEEP_BOTH -> isCopyOfOurs(to, source) ? new ValueStep(from, to, Effect.SAME, false)
                            : besideValue(from, to, source);
                };
            }
            if (step.effect().takes()) {
                takenValues.put(step.to(), source);
            }
            values.add(step);
        }

        /// Whether the source keeps beside its own what stands here under its own key.
        private boolean isCopyOfOurs(StorePlace to, ValueShape source) {
            Matcher beside = BESIDE.matcher(to.key().toString());
            ValueShape own = beside.matches() ? target.values().get(new StorePlace(to.client(),
                    StoreKey.of(beside.group(1)))) : null;
            return own != null && !own.expired() && own.isSameAs(source);
        }

        /// Values have no versions, so the first free key is taken that does not hold the same already.
        private ValueStep besideValue(StorePlace from, StorePlace to, ValueShape source) {
            for (int number = 2; ; number++) {
                var beside = new StorePlace(to.client(), StoreKey.of(to.key() + " (" + number + ")"));
                ValueShape there = takenValues.getOrDefault(beside, target.values().get(beside));
                if (there == null) {
                    return new ValueStep(from, beside, Effect.BESIDE, true);
                }
                if (there.isSameAs(source)) {
                    return new ValueStep(from, beside, Effect.SAME, false);
                }
            }
        }
    }
}

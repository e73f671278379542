package app.holdfast.core.vault;

import app.holdfast.core.api.VaultMerge.Effect;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.StoreKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The complement set: what a target lacks of what was offered, or has otherwise and is to be replaced
/// (`docs/protocol/vaults.md`, section 4). The places are the giver's.
record Wish(Set<Place> records, Set<StorePlace> values) {

    private static final int PLACE = 3 * Bytes24.SIZE;

    /// Bytes of a record beside its secret: ids, seals, what it is about, and what Holdfast notes of it.
    private static final int AROUND = 512;

    /// What a plan cannot do without the other side.
    static Wish of(MergePlan plan) {
        var records = new LinkedHashSet<Place>();
        var values = new LinkedHashSet<StorePlace>();
        plan.steps().stream().filter(step -> step.effect().takes()).forEach(step -> records.add(step.from()));
        plan.values().stream().filter(step -> step.effect().takes()).forEach(step -> values.add(step.from()));
        return new Wish(records, values);
    }

    int size() {
        return records.size() + values.size();
    }

    /// What will travel, about: secrets as they were offered, and what is around them.
    long bytes(Outline offered) {
        long all = (long) size() * AROUND;
        for (Place place : records) {
            Outline.Shape shape = offered.records().get(place);
            all += shape == null ? 0 : shape.size();
        }
        for (StorePlace place : values) {
            Outline.ValueShape shape = offered.values().get(place);
            all += shape == null ? 0 : shape.size();
        }
        return all;
    }

    byte[] encode() {
        var out = new CborWriter().array(2).array(records.size());
        records.forEach(place -> out.bytes(bytes(place)));
        out.array(values.size());
        values.forEach(place -> out.array(2).bytes(place.client().bytes()).bytes(place.key().bytes()));
        return out.toBytes();
    }

    private static byte[] bytes(Place place) {
        byte[] all = new byte[PLACE];
        System.arraycopy(place.client().bytes(), 0, all, 0, Bytes24.SIZE);
        System.arraycopy(place.vault().bytes(), 0, all, Bytes24.SIZE, Bytes24.SIZE);
        System.arraycopy(place.record().bytes(), 0, all, 2 * Bytes24.SIZE, Bytes24.SIZE);
        return all;
    }

    /// @throws CborException when this is none, or it names what was not offered
    static Wish decode(byte[] bytes, Outline offered) throws CborException {
        var in = new CborReader(bytes);
        in.array(2);
        var records = new LinkedHashSet<Place>();
        for (int count = in.array(); count > 0; count--) {
            int start = in.offset();
            byte[] place = exactly(in, PLACE);
            Place at = new Place(Bytes24.at(place, 0), Bytes24.at(place, Bytes24.SIZE),
                    Bytes24.at(place, 2 * Bytes24.SIZE));
            Outline.Shape shape = offered.records().get(at);
            if (shape == null || shape.revoked() || !records.add(at)) {
                throw new CborException(start, "a record that is not to be had");
            }
        }
        var values = new LinkedHashSet<StorePlace>();
        for (int count = in.array(); count > 0; count--) {
            in.array(2);
            int start = in.offset();
            var at = new StorePlace(Bytes24.at(exactly(in, Bytes24.SIZE), 0), new StoreKey(in.bytes()));
            Outline.ValueShape shape = offered.values().get(at);
            if (shape == null || shape.expired() || !values.add(at)) {
                throw new CborException(start, "a value that is not to be had");
            }
        }
        in.end();
        return new Wish(records, values);
    }

    /// The plan by which just this goes into an empty snapshot.
    MergePlan plan() {
        List<MergePlan.Step> steps = new ArrayList<>();
        records.forEach(place -> steps.add(new MergePlan.Step(place, place, Effect.ADDED, false)));
        List<MergePlan.ValueStep> valueSteps = new ArrayList<>();
        values.forEach(place -> valueSteps.add(new MergePlan.ValueStep(place, place, Effect.ADDED, false)));
        return new MergePlan(steps, valueSteps, Set.of());
    }

    private static byte[] exactly(CborReader in, int size) throws CborException {
        int start = in.offset();
        byte[] bytes = in.bytes();
        if (bytes.length != size) {
            throw new CborException(start, bytes.length + " bytes where " + size + " belong");
        }
        return bytes;
    }
}

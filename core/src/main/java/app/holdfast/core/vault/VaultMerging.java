package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.MalformedSnapshot;
import app.holdfast.core.vault.stronghold.PayloadWriter;
import app.holdfast.core.vault.stronghold.Snapshot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Two snapshots on this device: what a person chose becomes a selection, a plan a preview.
final class VaultMerging {

    private final VaultMerge choice;

    VaultMerging(VaultMerge choice) {
        this.choice = choice;
    }

    /// @param key random, for this comparison only
    Preview preview(Snapshot target, Snapshot source, byte[] key, long nowMillis) throws CoreException {
        return preview(plan(target, source, key, nowMillis), choice, seen(target, source));
    }

    /// A plan in words.
    static Preview preview(MergePlan plan, VaultMerge choice, String fingerprint) {
        var steps = Stream.concat(
                plan.steps().stream().map(step -> new VaultMerge.Step(step.from().client().hex(),
                        step.from().vault().hex(), step.from().record().hex(), step.effect(), step.conflict())),
                plan.values().stream().map(step -> new VaultMerge.Step(step.from().client().hex(), "",
                        step.from().key().toString(), step.effect(), step.conflict()))).toList();
        return new Preview(steps, plan.clients().size(), choice, fingerprint);
    }

    /// @param around where the target's secrets lie
    /// @throws CoreException.Refused when something changed since the preview
    Snapshot apply(Snapshot target, Snapshot source, Preview preview, SnapshotBytes.Surroundings around,
            long nowMillis) throws CoreException {
        if (!preview.fingerprint().equals(seen(target, source))) {
            throw new CoreException.Refused("one of the vaults changed since the preview; look at it again");
        }
        MergePlan plan = plan(target, source, around.random().bytes(Outline.KEY), nowMillis);
        Snapshot merged = Merging.apply(target, source, plan, around, nowMillis);
        return Names.of(merged).and(Names.of(source).taken(plan)).into(merged, around, nowMillis);
    }

    private MergePlan plan(Snapshot target, Snapshot source, byte[] key, long nowMillis) throws CoreException {
        Outline from = Outline.of(source, key, nowMillis, Names.CLIENT);
        return MergePlan.of(Outline.of(target, key, nowMillis, Names.CLIENT), from, choice.policy(),
                selection(choice, from, new Finding(source)));
    }

    /// Words become ids of the source; one that names nothing there is a mistake.
    static Selection selection(VaultMerge choice, Outline source, Finding finding) throws CoreException {
        var clients = new HashSet<Bytes24>();
        for (String typed : choice.clients()) {
            Bytes24 id = finding.client(typed);
            if (!source.clients().contains(id)) {
                throw new CoreException.NotFound("client", typed);
            }
            clients.add(id);
        }
        Set<Place> places = Stream.concat(source.records().keySet().stream(), source.unreadable().stream())
                .filter(place -> clients.isEmpty() || clients.contains(place.client())).collect(Collectors.toSet());
        // a vault stands for itself with its own id in the place of a record's
        Set<Place> inside = places.stream().map(place -> vault(place.client(), place.vault()))
                .collect(Collectors.toSet());
        Set<Bytes24> vaults = parts(choice.vaults(), "vault", typed -> inside.stream().map(Place::client).distinct()
                .map(client -> vault(client, finding.vault(client, typed))).filter(inside::contains)
                .map(Place::vault));
        Set<Bytes24> records = parts(choice.records(), "record", typed -> inside.stream()
                .map(vault -> new Place(vault.client(), vault.vault(), finding.record(vault, typed)))
                .filter(places::contains).map(Place::record));
        var into = new HashMap<Bytes24, Bytes24>();
        choice.into().forEach((from, to) -> into.put(finding.client(from), finding.client(to)));
        boolean wholeClients = vaults.isEmpty() && records.isEmpty();
        return new Selection(clients, vaults, records, choice.store() && wholeClients, into);
    }

    private static Place vault(Bytes24 client, Bytes24 id) {
        return new Place(client, id, id);
    }

    private static Set<Bytes24> parts(Set<String> typed, String what, Function<String, Stream<Bytes24>> found)
            throws CoreException {
        var ids = new HashSet<Bytes24>();
        for (String one : typed) {
            var matching = found.apply(one).toList();
            if (matching.isEmpty()) {
                throw new CoreException.NotFound(what, one);
            }
            ids.addAll(matching);
        }
        return ids;
    }

    /// By this both are known again.
    private static String seen(Snapshot target, Snapshot source) throws CoreException {
        return fingerprint(target) + fingerprint(source);
    }

    /// By this a snapshot is known again.
    static String fingerprint(Snapshot snapshot) throws CoreException {
        try {
            byte[] payload = PayloadWriter.write(snapshot);
            String fingerprint = SnapshotFile.fingerprint(payload);
            Arrays.fill(payload, (byte) 0);
            return fingerprint;
        } catch (MalformedSnapshot e) {
            throw new CoreException.Refused("a vault cannot hold " + e.reason());
        }
    }
}

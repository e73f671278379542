package app.holdfast.core.vault;

import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Client;
import app.holdfast.core.vault.stronghold.Snapshot;
import app.holdfast.core.vault.stronghold.StoreKey;
import app.holdfast.core.vault.stronghold.StoreValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What Holdfast notes about ids, inside the snapshot: names, which nobody can get back from an id, and when it
/// wrote a record, since the format has no times. It lies as JSON in the Store of a client of its own, so that
/// applications that go through their own Stores do not meet it (ADR 145).
///
/// @param notes by `client`, `client/vault` or `client/vault/record`
record Names(Map<String, Note> notes) {

    static final Bytes24 CLIENT = Bytes24.ofPath("holdfast".getBytes(StandardCharsets.US_ASCII));
    private static final StoreKey KEY = StoreKey.of("names");
    /// Paths that known applications use.
    private static final Map<Bytes24, String> KNOWN = known("iota_seed", "iota-wallet-secret", "iota-wallet-records",
            "$index", "$vault", "iota_identity_client", "iota_identity_vault", "holdfast");

    Names {
        notes = Map.copyOf(notes);
    }

    /// @param blob          the version that was written then, hexadecimal
    /// @param changedMillis since 1970-01-01T00:00Z; 0 when Holdfast did not write it
    record Note(Optional<String> name, String blob, long changedMillis) {}

    /// Notes that cannot be read are as good as none.
    static Names of(Snapshot snapshot) {
        Client own = snapshot.clients().get(CLIENT);
        StoreValue value = own == null ? null : own.store().values().get(KEY);
        return value == null ? new Names(Map.of()) : value.value().read(Names::parse);
    }

    static String id(Bytes24 client, @Nullable Bytes24 vault, @Nullable Bytes24 record) {
        return client + (vault == null ? "" : "/" + vault) + (record == null ? "" : "/" + record);
    }

    static Optional<String> known(Bytes24 id) {
        return Optional.ofNullable(KNOWN.get(id));
    }

    Names with(String id, Note note) {
        var changed = new LinkedHashMap<>(notes);
        if (note.name().isEmpty() && note.changedMillis() == 0) {
            changed.remove(id);
        } else {
            changed.put(id, note);
        }
        return new Names(changed);
    }

    Names named(String id, Optional<String> name) {
        Note note = notes.getOrDefault(id, new Note(Optional.empty(), "", 0));
        return with(id, new Note(name, note.blob(), note.changedMillis()));
    }

    Optional<String> name(String id) {
        return Optional.ofNullable(notes.get(id)).flatMap(Note::name);
    }

    /// A part of an id by its name.
    ///
    /// @param above what it is below of: empty for clients, otherwise ids with a slash at the end
    record Named(String above, String name) {}

    /// All names, to be looked up. Of several parts with one name the smallest is meant.
    Map<Named, Bytes24> byName() {
        var parts = new HashMap<Named, Bytes24>();
        notes.forEach((id, note) -> note.name().ifPresent(name -> {
            int above = id.lastIndexOf('/') + 1;
            parts.merge(new Named(id.substring(0, above), name), Bytes24.ofHex(id.substring(above)),
                    (one, other) -> one.compareTo(other) <= 0 ? one : other);
        }));
        return parts;
    }

    /// Ours and theirs; of what both have, ours.
    Names and(Names others) {
        var all = new LinkedHashMap<>(others.notes);
        all.putAll(notes);
        return new Names(all);
    }

    /// What is noted about the parts that an outline has.
    Names within(Outline outline) {
        var kept = new LinkedHashMap<String, Note>();
        outline.clients().forEach(client -> move(kept, client.hex(), client.hex()));
        Stream.concat(outline.records().keySet().stream(), outline.unreadable().stream()).forEach(place -> {
            String vault = id(place.client(), place.vault(), null);
            move(kept, vault, vault);
            move(kept, place.toString(), place.toString());
        });
        return new Names(kept);
    }

    /// What is noted about the parts that a plan takes, by their ids in the target.
    Names taken(MergePlan plan) {
        var moved = new LinkedHashMap<String, Note>();
        for (MergePlan.Step step : plan.steps()) {
            Place from = step.from();
            Place to = step.to();
            switch (step.effect()) {
                case ADDED, CHANGED, BESIDE -> {
                    move(moved, id(from.client(), null, null), id(to.client(), null, null));
                    move(moved, id(from.client(), from.vault(), null), id(to.client(), to.vault(), null));
                    move(moved, from.toString(), to.toString());
                }
                case KEPT, REVOKED, STAYS_REVOKED, SAME, UNREADABLE -> { }
            }
        }
        return new Names(moved);
    }

    private void move(Map<String, Note> moved, String from, String to) {
        Note note = notes.get(from);
        if (note != null) {
            moved.put(to, note);
        }
    }

    Snapshot into(Snapshot snapshot, SnapshotBytes.Surroundings around, long nowMillis) {
        if (equals(of(snapshot))) {
            return snapshot;
        }
        Client own = snapshot.clients().getOrDefault(CLIENT, Client.empty(nowMillis));
        var values = new LinkedHashMap<>(own.store().values());
        byte[] json = json();
        try {
            values.put(KEY, new StoreValue(around.memory().keep(json), Optional.empty()));
        } finally {
            Arrays.fill(json, (byte) 0);
        }
        return snapshot.with(CLIENT, own.withStore(own.store().withValues(values)));
    }

    private byte[] json() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        notes.forEach((id, note) -> {
            ObjectNode one = all.putObject(id);
            note.name().ifPresent(name -> one.put("name", name));
            if (note.changedMillis() != 0) {
                one.put("blob", note.blob()).put("changed", note.changedMillis());
            }
        });
        return JsonMapper.shared().writeValueAsBytes(all);
    }

    private static Names parse(byte[] json) {
        var notes = new LinkedHashMap<String, Note>();
        try {
            JsonNode all = JsonMapper.shared().readTree(json);
            all.properties().forEach(entry -> {
                JsonNode one = entry.getValue();
                notes.put(entry.getKey(), new Note(Optional.ofNullable(one.path("name").stringValue(null)),
                        one.path("blob").asString(""), one.path("changed").asLong(0)));
            });
        } catch (JacksonException e) {
            return new Names(Map.of());
        }
        notes.keySet().removeIf(id -> !id.matches("[0-9a-f]{48}(/[0-9a-f]{48}){0,2}"));
        return new Names(notes);
    }

    private static Map<Bytes24, String> known(String... paths) {
        var known = new LinkedHashMap<Bytes24, String>();
        for (String path : paths) {
            known.put(Bytes24.ofPath(path.getBytes(StandardCharsets.UTF_8)), path);
        }
        return Map.copyOf(known);
    }
}

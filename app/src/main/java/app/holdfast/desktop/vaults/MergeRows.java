package app.holdfast.desktop.vaults;

import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge.Effect;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.api.VaultMerge.Step;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What merging would do, as lines: one for each client, and below it what is not the same.
final class MergeRows {

    /// Lines of one client that are shown; the client's own line counts them all.
    static final int STEPS_MAX = 1_000;

    private final Words words;
    private final List<VaultContent.Client> clients;
    private final Map<String, VaultContent.Record> records = new HashMap<>();
    private final Map<String, VaultContent.Vault> vaults = new HashMap<>();
    private final Map<String, VaultContent.Value> values = new HashMap<>();

    enum Tone { PLAIN, ADDED, CHANGED, LOOK }

    /// @param client id, by which it is chosen
    /// @param whole  the line is the client's own
    record Line(String client, boolean whole, String name, String size, String difference, Tone tone) {

        String spoken() {
            return String.join(", ", List.of(name, size, difference).stream().filter(part -> !part.isEmpty()).toList());
        }
    }

    record Group(Line line, List<Line> steps) {}

    /// @param clients of what is merged
    MergeRows(Words words, List<VaultContent.Client> clients) {
        this.words = words;
        this.clients = clients.stream().filter(client -> !ContentRows.isNames(client)).toList();
        for (VaultContent.Client client : clients) {
            client.store().forEach(value -> values.put(client.id() + "/" + value.key(), value));
            for (VaultContent.Vault vault : client.vaults()) {
                String path = client.id() + "/" + vault.id();
                vaults.put(path, vault);
                vault.records().forEach(record -> records.put(path + "/" + record.id(), record));
            }
        }
    }

    /// @param preview of everything; empty when there is nothing to compare with
    List<Group> of(Optional<Preview> preview) {
        Map<String, List<Step>> steps = new HashMap<>();
        preview.ifPresent(seen -> seen.steps().forEach(step ->
                steps.computeIfAbsent(step.client(), _ -> new ArrayList<>()).add(step)));
        return clients.stream().map(client -> group(client, preview.map(_ ->
                steps.getOrDefault(client.id(), List.of())))).toList();
    }

    private Group group(VaultContent.Client client, Optional<List<Step>> steps) {
        String name = ContentRows.name(client.name(), client.id());
        if (steps.isEmpty()) {
            long count = client.vaults().stream().mapToLong(vault -> vault.records().size()).sum();
            return new Group(new Line(client.id(), true, name, "", words.get(Text.VAULT_RECORDS, count), Tone.PLAIN),
                    client.vaults().stream().flatMap(vault -> vault.records().stream().map(record ->
                            new Line(client.id(), false, ContentRows.name(vault.name(), vault.id()) + " / "
                                    + ContentRows.name(record.name(), record.id()), words.size(record.size()), "",
                                    Tone.PLAIN))).limit(STEPS_MAX).toList());
        }
        List<Step> all = steps.get();
        long added = all.stream().filter(step -> step.effect() == Effect.ADDED).count();
        long differ = all.stream().filter(Step::conflict).count();
        long same = all.stream().filter(step -> step.effect() == Effect.SAME).count();
        String difference = added + differ == 0 ? words.get(Text.IMPORT_SAME, same)
                : words.get(Text.IMPORT_DIFFERS, added, differ);
        return new Group(new Line(client.id(), true, name, "", difference, Tone.PLAIN), all.stream()
                .filter(step -> step.effect() != Effect.SAME).limit(STEPS_MAX)
                .map(step -> line(client, step)).toList());
    }

    private Line line(VaultContent.Client client, Step step) {
        String vaultPath = client.id() + "/" + step.vault();
        VaultContent.Record record = records.get(vaultPath + "/" + step.record());
        VaultContent.Value value = values.get(client.id() + "/" + step.record());
        VaultContent.Vault vault = vaults.get(vaultPath);
        String place = vault == null ? step.vault().isEmpty() ? words.get(Text.VAULT_STORE) : step.vault()
                : ContentRows.name(vault.name(), vault.id());
        String name = record != null ? ContentRows.name(record.name(), record.id())
                : step.vault().isEmpty() ? ContentRows.printable(step.record())
                : ContentRows.name(Optional.empty(), step.record());
        String size = record != null ? words.size(record.size())
                : step.vault().isEmpty() && value != null ? words.size(value.size()) : "";
        return new Line(client.id(), false, place + " / " + name, size, words.get(text(step.effect())),
                tone(step.effect()));
    }

    private static Text text(Effect effect) {
        return switch (effect) {
            case ADDED -> Text.IMPORT_ADDED;
            case CHANGED -> Text.IMPORT_CHANGED;
            case BESIDE -> Text.IMPORT_BESIDE;
            case KEPT -> Text.IMPORT_STAYS;
            case REVOKED -> Text.IMPORT_REVOKED;
            case STAYS_REVOKED -> Text.IMPORT_STAYS_REVOKED;
            case SAME -> Text.IMPORT_EQUAL;
            case UNREADABLE -> Text.VAULT_UNREADABLE;
        };
    }

    private static Tone tone(Effect effect) {
        return switch (effect) {
            case ADDED, BESIDE -> Tone.ADDED;
            case CHANGED, REVOKED -> Tone.CHANGED;
            case KEPT, STAYS_REVOKED, SAME -> Tone.PLAIN;
            case UNREADABLE -> Tone.LOOK;
        };
    }
}

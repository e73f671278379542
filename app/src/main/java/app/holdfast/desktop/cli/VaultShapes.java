package app.holdfast.desktop.cli;

import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Effect;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of commands about vaults. No secret is ever in it.
final class VaultShapes {

    private VaultShapes() {
    }

    static ObjectNode content(VaultContent content) {
        ObjectNode document = Shapes.object().put("version", content.version()).put("kdf", content.derivation());
        if (content.workFactor() >= 0) {
            document.put("workFactor", content.workFactor());
        } else {
            document.putNull("workFactor");
        }
        document.set("clients", Shapes.list(content.clients(), VaultShapes::client));
        return document;
    }

    private static ObjectNode client(VaultContent.Client client) {
        ObjectNode document = named(client.id(), client.name());
        document.set("vaults", Shapes.list(client.vaults(), VaultShapes::vault));
        document.set("store", Shapes.list(client.store(), value -> Shapes.object().put("key", value.key())
                .put("size", value.size()).put("expires", value.expires().map(Object::toString).orElse(null))
                .put("expired", value.expired())));
        return document;
    }

    private static ObjectNode vault(VaultContent.Vault vault) {
        ObjectNode document = named(vault.id(), vault.name()).put("usable", vault.usable());
        document.set("records", Shapes.list(vault.records(), record ->
                named(record.id(), record.name()).put("size", record.size())
                        .put("hint", record.hint().orElse(null)).put("revoked", record.revoked())
                        .put("changed", record.changed().map(Object::toString).orElse(null))));
        return document;
    }

    private static ObjectNode named(String id, Optional<String> name) {
        return Shapes.object().put("id", id).put("name", name.orElse(null));
    }

    static ObjectNode check(OpenVault.Check check) {
        ArrayNode unreadable = JsonNodeFactory.instance.arrayNode();
        check.unreadable().forEach(unreadable::add);
        return Shapes.object().put("records", check.records()).set("unreadable", unreadable);
    }

    /// @param written whether it was done, not only looked at
    static ObjectNode imported(String vault, VaultMerge.Preview preview, boolean written) {
        ObjectNode document = Shapes.object().put("vault", vault).put("written", written);
        long values = preview.steps().stream()
                .filter(step -> step.vault().isEmpty() && step.effect() == Effect.ADDED).count();
        document.set("added", Shapes.object().put("clients", preview.newClients())
                .put("records", preview.count(Effect.ADDED) - values).put("store", values));
        document.put("updated", preview.count(Effect.CHANGED)).put("beside", preview.count(Effect.BESIDE))
                .put("revoked", preview.count(Effect.REVOKED))
                .put("skipped", preview.count(Effect.SAME) + preview.count(Effect.KEPT)
                        + preview.count(Effect.STAYS_REVOKED))
                .put("conflicts", preview.steps().stream().filter(VaultMerge.Step::conflict).count())
                .put("unreadable", preview.count(Effect.UNREADABLE));
        document.set("steps", Shapes.list(preview.steps(), step -> Shapes.object().put("client", step.client())
                .put("vault", step.vault().isEmpty() ? null : step.vault()).put("record", step.record())
                .put("effect", word(step.effect())).put("conflict", step.conflict())));
        return document;
    }

    /// @param written whether it was done, not only looked at
    static ObjectNode synced(String vault, DeviceRow device, VaultMerge.Preview preview, boolean written) {
        ObjectNode document = imported(vault, preview, written);
        document.set("device", Shapes.named(device.id().hex(), device.name()));
        return document;
    }

    /// @param records and values that were given
    static ObjectNode given(String vault, DeviceRow device, int records) {
        ObjectNode document = Shapes.object().put("vault", vault).put("given", records);
        document.set("device", Shapes.named(device.id().hex(), device.name()));
        return document;
    }

    static String word(Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }
}

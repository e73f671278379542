package app.holdfast.desktop.cli;

import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Effect;
import app.holdfast.core.api.VaultRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Vaults as people read them. No secret is ever in it.
final class VaultProse {

    private final Words words;
    private final Prose prose;

    VaultProse(Words words) {
        this.words = words;
        this.prose = new Prose(words);
    }

    String content(VaultContent content) {
        var text = new StringBuilder(prose.line("vault.version", content.version(), content.derivation()));
        var table = new TextTable(words.get("column.name"), ">" + words.get("column.size"), words.get("column.hint"),
                words.get("column.state"), words.get("column.changed"), words.get("column.id"));
        for (VaultContent.Client client : content.clients()) {
            table.row(named(client.name(), "client"), "", "", "", "", client.id());
            for (VaultContent.Vault vault : client.vaults()) {
                table.row("  " + named(vault.name(), "vault"), "", "", vault.usable() ? ""
                        : words.get("vault.unusable"), "", vault.id());
                for (VaultContent.Record record : vault.records()) {
                    table.row("    " + named(record.name(), "record"), Integer.toString(record.size()),
                            hint(record.hint()), record.revoked() ? words.get("vault.revoked") : "",
                            record.changed().map(Instant::toString).orElse(""), record.id());
                }
            }
            for (VaultContent.Value value : client.store()) {
                table.row("  " + words.get("vault.value", value.key()), Integer.toString(value.size()), "",
                        value.expired() ? words.get("vault.expired") : "", "", "");
            }
        }
        return text.append(table).toString();
    }

    /// Files with vaults on all devices.
    String list(List<VaultRow> rows) {
        var moments = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(words.locale()).withZone(ZoneId.systemDefault());
        var table = new TextTable(words.get("column.device"), words.get("column.path"), words.get("column.state"),
                ">" + words.get("column.size"), words.get("column.changed"), words.get("column.synced"),
                words.get("column.verified"));
        for (VaultRow row : rows) {
            VaultRow.Facts facts = row.facts();
            table.row(row.deviceName(), row.path(), row.missing() ? words.get("vault.missing") : "",
                    prose.size(facts.size()), moments.format(facts.changed()),
                    facts.synced().map(moments::format).orElse(""),
                    facts.verified().map(moments::format).orElse(""));
        }
        return rows.isEmpty() ? prose.line("vault.list.none") : table.toString();
    }

    /// Files that may be vaults.
    String found(List<Path> files) {
        var text = new StringBuilder();
        files.forEach(file -> text.append(TextTable.printable(file.toString())).append('\n'));
        return files.isEmpty() ? prose.line("vault.found.none") : text.append(prose.line("vault.found.how")).toString();
    }

    String check(OpenVault.Check check) {
        var text = new StringBuilder(prose.line("vault.checked", check.records(), check.unreadable().size()));
        check.unreadable().forEach(place -> text.append("  ").append(place).append('\n'));
        return text.toString();
    }

    /// @param written whether it was done, not only looked at
    String imported(VaultMerge.Preview preview, boolean written) {
        var text = new StringBuilder();
        for (VaultMerge.Step step : preview.steps()) {
            if (step.effect() != Effect.SAME) {
                text.append(words.get("vault.effect." + VaultShapes.word(step.effect()))).append("  ")
                        .append(step.client()).append('/').append(step.vault().isEmpty() ? "" : step.vault() + "/")
                        .append(TextTable.printable(step.record())).append('\n');
            }
        }
        return text.append(prose.line(written ? "vault.import.done" : "vault.import.would",
                preview.count(Effect.ADDED), preview.count(Effect.CHANGED) + preview.count(Effect.BESIDE)
                        + preview.count(Effect.REVOKED), preview.count(Effect.KEPT))).toString();
    }

    private String named(Optional<String> name, String what) {
        return name.orElseGet(() -> words.get(switch (what) {
            case "client" -> "vault.unnamed.client";
            case "vault" -> "vault.unnamed.vault";
            default -> "vault.unnamed.record";
        }));
    }

    /// Text if it is some, hexadecimal digits otherwise.
    private static String hint(Optional<String> hex) {
        String text = new String(HexFormat.of().parseHex(hex.orElse("")), StandardCharsets.UTF_8);
        boolean readable = text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
        return readable ? text : hex.orElse("");
    }
}

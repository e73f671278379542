package app.holdfast.desktop.vaults;

import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.VaultContent;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// An open vault's content as lines of a tree: places, sizes and notes, never a secret.
final class ContentRows {

    /// Of an id, where there is no name.
    private static final int ID_SHOWN = 12;

    private final Words words;

    ContentRows(Words words) {
        this.words = words;
    }

    enum Kind { CLIENT, VAULT, RECORD, STORE, VALUE }

    /// What a line's last words are on.
    enum Mark { NONE, GONE, ENDS }

    /// @param path    where it is, by ids; for a value the client and nothing else
    /// @param id      of 48 digits, or the key of a value
    /// @param named   whether the name is one, not an id
    /// @param size    with its unit; empty for none
    /// @param changed when Holdfast wrote it; empty when that is not known
    record Line(Kind kind, RecordPath path, String id, String name, boolean named, String size, String note, Mark mark,
            String changed) {

        /// What a screen reader says.
        String spoken() {
            return String.join(", ", List.of(name, size, note, changed).stream().filter(part -> !part.isEmpty())
                    .toList());
        }
    }

    record Branch(Line line, List<Branch> below) {

        Branch {
            below = List.copyOf(below);
        }
    }

    List<Branch> of(VaultContent content) {
        return content.clients().stream().map(this::client).toList();
    }

    private Branch client(VaultContent.Client client) {
        List<Branch> below = new ArrayList<>();
        for (VaultContent.Vault vault : client.vaults()) {
            below.add(vault(client.id(), vault));
        }
        RecordPath path = new RecordPath(client.id(), Optional.empty(), Optional.empty());
        if (!client.store().isEmpty()) {
            below.add(new Branch(new Line(Kind.STORE, path, client.id(), words.get(Text.VAULT_STORE), true, "",
                    words.get(Text.VAULT_KEYS, client.store().size()), Mark.NONE, ""),
                    client.store().stream().map(value -> new Branch(value(path, value), List.of())).toList()));
        }
        return new Branch(new Line(Kind.CLIENT, path, client.id(), name(client.name(), client.id()),
                client.name().isPresent(), "", words.get(isNames(client) ? Text.VAULT_NAMES : Text.VAULT_CLIENT),
                Mark.NONE, ""), below);
    }

    /// Whether Holdfast made this client, to keep the names of all others in (ADR 145).
    static boolean isNames(VaultContent.Client client) {
        return client.name().filter("holdfast"::equals).isPresent() && client.vaults().isEmpty();
    }

    private Branch vault(String client, VaultContent.Vault vault) {
        String note = vault.usable() ? words.get(Text.VAULT_RECORDS, vault.records().size())
                : words.get(Text.VAULT_UNUSABLE);
        return new Branch(new Line(Kind.VAULT, new RecordPath(client, Optional.of(vault.id()), Optional.empty()),
                vault.id(), name(vault.name(), vault.id()), vault.name().isPresent(), "", note, Mark.NONE, ""),
                vault.records().stream().map(record -> new Branch(record(client, vault.id(), record), List.of()))
                        .toList());
    }

    private Line record(String client, String vault, VaultContent.Record record) {
        String note = record.revoked() ? words.get(Text.VAULT_REVOKED)
                : record.hint().map(ContentRows::hint).orElse(words.get(Text.VAULT_UNREADABLE));
        return new Line(Kind.RECORD, RecordPath.of(client, vault, record.id()), record.id(),
                name(record.name(), record.id()), record.name().isPresent(), words.size(record.size()), note,
                record.revoked() || record.hint().isEmpty() ? Mark.GONE : Mark.NONE,
                record.changed().map(words::ago).orElse(""));
    }

    private Line value(RecordPath client, VaultContent.Value value) {
        String note = value.expired() ? words.get(Text.VAULT_EXPIRED)
                : value.expires().map(at -> words.get(Text.VAULT_EXPIRES, words.dateAndTime(at))).orElse("");
        Mark mark = value.expired() ? Mark.GONE : value.expires().isPresent() ? Mark.ENDS : Mark.NONE;
        return new Line(Kind.VALUE, client, value.key(), printable(value.key()), true, words.size(value.size()), note,
                mark, "");
    }

    static String name(Optional<String> name, String id) {
        return name.map(ContentRows::printable).orElse(id.substring(0, Math.min(id.length(), ID_SHOWN)) + "…");
    }

    /// Names and keys are other programs' text.
    static String printable(String text) {
        return text.codePoints().map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /// Text if it is some, hexadecimal digits otherwise.
    static String hint(String hex) {
        String text = new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
        boolean readable = text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
        return readable ? text : hex;
    }
}

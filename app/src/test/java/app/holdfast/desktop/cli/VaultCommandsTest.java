package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Vaults from the command line: real files, passwords from files and from standard input.
final class VaultCommandsTest {

    private static final InputStream INPUT = System.in;

    @TempDir
    private Path folder;
    private final Typing typing = new Typing();

    @BeforeEach
    void sitInTheFolder() throws Exception {
        typing.directory = folder;
        Files.writeString(folder.resolve("pw"), "sésame\n");
        Files.writeString(folder.resolve("secret"), "very secret");
    }

    @AfterEach
    void giveTheInputBack() {
        System.setIn(INPUT);
    }

    @Test
    void aSecretIsPutInAndNeverShown() {
        JsonNode made = vault("create", "a.stronghold", "--work-factor", "0").json();
        Typing.Said added = vault("add", "a.stronghold", "app", "keys", "one", "--from", "secret", "--hint", "h");

        assertThat(made.path("version").asInt()).isEqualTo(3);
        assertThat(made.path("kdf").asString()).isEqualTo("blake2b");
        JsonNode client = added.json().path("clients").get(0);
        assertThat(client.path("name").asString()).isEqualTo("app");
        JsonNode record = client.path("vaults").get(0).path("records").get(0);
        assertThat(record.path("size").asInt()).isEqualTo(11);
        assertThat(record.path("hint").asString()).isEqualTo("68");
        assertThat(record.path("revoked").asBoolean()).isFalse();
        assertThat(added.out() + added.err()).doesNotContain("very secret").doesNotContain("sésame");
        assertThat(typing.text("vault", "show", "a.stronghold", "--password-file", "pw").out())
                .contains("app", "keys", "one").doesNotContain("very secret");
    }

    @Test
    void aVaultIsPutOnTheListAndTakenOff() {
        JsonNode tracked = typing.json("vault", "track", "a.stronghold").json();
        JsonNode listed = typing.json("vault", "list").json();
        Typing.Said said = typing.text("vault", "list");
        Typing.Said other = typing.json("vault", "forget", "b.stronghold");
        JsonNode forgotten = typing.json("vault", "forget", "a.stronghold").json();

        assertThat(listed).hasSize(1);
        assertThat(listed.get(0)).isEqualTo(tracked);
        assertThat(tracked.path("path").asString()).isEqualTo(folder.resolve("a.stronghold").toString());
        assertThat(tracked.propertyNames()).containsExactly("id", "device", "deviceName", "path", "here", "missing",
                "version", "size", "changed", "synced", "verified");
        assertThat(said.out()).contains("laptop", "a.stronghold");
        assertThat(other.errorCode()).isEqualTo("not_found");
        assertThat(forgotten.path("forgotten").asString()).isEqualTo(tracked.path("id").asString());
        assertThat(typing.json("vault", "list").json()).isEmpty();
        assertThat(typing.text("vault", "list").out()).contains("No vault is on the list");
    }

    @Test
    void aPasswordComesFromStandardInputLineByLine() {
        vault("create", "a.stronghold", "--work-factor", "0");
        type("sésame\nthe secret itself");

        Typing.Said said = typing.json("vault", "add", "a.stronghold", "app", "keys", "one", "--password-stdin");

        assertThat(said.status()).isZero();
        assertThat(said.json().path("clients").get(0).path("vaults").get(0).path("records").get(0).path("size")
                .asInt()).isEqualTo("the secret itself".length());
    }

    @Test
    void aVaultIsMergedIntoAnotherAfterAPreview() {
        vault("create", "a.stronghold", "--work-factor", "0");
        vault("add", "a.stronghold", "app", "keys", "one", "--from", "secret");
        vault("create", "b.stronghold", "--work-factor", "0");
        String[] words = {"import", "a.stronghold", "--into", "b.stronghold", "--into-password-file", "pw"};

        JsonNode preview = vault(with(words, "--preview")).json();
        Typing.Said unasked = vault(words);
        JsonNode done = vault(with(words, "--yes")).json();
        JsonNode again = vault(with(words, "--yes")).json();

        assertThat(preview.path("written").asBoolean()).isFalse();
        assertThat(unasked.errorCode()).isEqualTo("no_terminal");
        assertThat(done.path("added").path("records").asInt()).isEqualTo(1);
        assertThat(done.path("written").asBoolean()).isTrue();
        assertThat(again.path("skipped").asInt()).isEqualTo(1);
        assertThat(vault("show", "b.stronghold").json().path("clients").size()).isEqualTo(2);
    }

    @Test
    void theMergeIsAgreedToAtATerminal() {
        vault("create", "a.stronghold", "--work-factor", "0");
        vault("add", "a.stronghold", "app", "keys", "one", "--from", "secret");
        vault("create", "b.stronghold", "--work-factor", "0");
        typing.answers.add("n");

        Typing.Said said = vault("import", "a.stronghold", "--into", "b.stronghold", "--into-password-file", "pw");

        assertThat(said.errorCode()).isEqualTo("cancelled");
        assertThat(vault("show", "b.stronghold").json().path("clients")).isEmpty();
    }

    @Test
    void aRevokedRecordIsCollected() {
        vault("create", "a.stronghold", "--format", "2");
        vault("add", "a.stronghold", "app", "keys", "one", "--from", "secret");

        Typing.Said revoked = vault("revoke", "a.stronghold", "app", "keys", "one");
        JsonNode collected = vault("collect", "a.stronghold").json();

        assertThat(revoked.json().path("clients").get(0).path("vaults").get(0).path("records").get(0).path("revoked")
                .asBoolean()).isTrue();
        assertThat(collected.path("collected").asInt()).isEqualTo(1);
        assertThat(vault("verify", "a.stronghold").json().path("records").asInt()).isZero();
    }

    @Test
    void namesAndPasswordsChange() throws Exception {
        Files.writeString(folder.resolve("new"), "other");
        vault("create", "a.stronghold", "--work-factor", "0");
        vault("add", "a.stronghold", "app", "keys", "one", "--from", "secret", "--unnamed");
        vault("name", "a.stronghold", "Savings", "app", "keys", "one");

        Typing.Said changed = vault("password", "a.stronghold", "--new-password-file", "new");

        assertThat(changed.status()).isZero();
        assertThat(vault("show", "a.stronghold").errorCode()).isEqualTo("wrong_password");
        assertThat(typing.text("vault", "show", "a.stronghold", "--password-file", "new").out()).contains("Savings");
    }

    @Test
    void whatIsNoVaultIsSaidToBeNone() {
        assertThat(vault("show", "secret").errorCode()).isEqualTo("no_vault");
        assertThat(vault("show", "missing").errorCode()).isEqualTo("not_found");
        assertThat(typing.json("vault", "show", "secret").errorCode()).isEqualTo("no_terminal");
    }

    private static void type(String text) {
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String[] with(String[] words, String last) {
        var all = new ArrayList<>(List.of(words));
        all.add(last);
        return all.toArray(String[]::new);
    }

    private Typing.Said vault(String... words) {
        var all = new ArrayList<>(List.of("vault"));
        all.addAll(List.of(words));
        all.addAll(List.of("--password-file", "pw"));
        return typing.json(all.toArray(String[]::new));
    }
}

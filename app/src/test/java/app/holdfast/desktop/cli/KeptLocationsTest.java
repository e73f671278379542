package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `location drop` and `keep`, typed at one of two devices of one library: sockets, libraries and the link are real.
final class KeptLocationsTest {

    private Instance owner;
    private Instance other;

    @BeforeEach
    void pair(@TempDir Path folder) throws Exception {
        Path things = Files.createDirectory(folder.resolve("things"));
        Files.writeString(things.resolve("beach.txt"), "sand");
        owner = new Instance(folder, "owner");
        other = new Instance(folder, "other");
        other.join(owner);
        assertThat(type(owner, "location", "add", things.toString(), "--wait").status()).isZero();
        awaitEntries(1);
    }

    @AfterEach
    void close() {
        other.close();
        owner.close();
    }

    private static Instance.Said type(Instance at, String... words) throws Exception {
        return at.type("", words).end();
    }

    private void awaitEntries(long count) throws Exception {
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        Function<LibraryReader, Boolean> question = reader -> reader.locations().stream()
                .anyMatch(row -> row.entries() == count);
        try (Subscription _ = other.holdfast.library().observe(question, answer -> {
            if (answer) {
                found.complete(true);
            }
        })) {
            found.get(Instance.SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private static JsonNode only(Instance.Said list) {
        assertThat(list.json()).hasSize(1);
        return list.json().get(0);
    }

    @Test
    void aFolderOfAnotherDeviceIsDroppedAndKeptAgain() throws Exception {
        Instance.Said dropped = type(other, "location", "drop", "things");

        assertThat(dropped.status()).isZero();
        assertThat(dropped.json().get("kept").asBoolean()).isFalse();
        assertThat(dropped.json().get("entries").asLong()).isZero();
        assertThat(only(type(other, "location", "list")).get("kept").asBoolean()).isFalse();
        assertThat(only(type(owner, "location", "list")).get("entries").asLong()).isEqualTo(1);

        Instance.Said kept = type(other, "location", "keep", "things");

        assertThat(kept.status()).isZero();
        assertThat(kept.json().get("kept").asBoolean()).isTrue();
        awaitEntries(1);
    }

    @Test
    void ownFoldersAreNotDropped() throws Exception {
        Instance.Said said = type(owner, "location", "drop", "things");

        assertThat(said.status()).isNotZero();
        assertThat(said.errorCode()).isEqualTo("refused");
        assertThat(only(type(owner, "location", "list")).get("entries").asLong()).isEqualTo(1);
    }
}

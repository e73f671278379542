package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.model.EntryKind;
import app.holdfast.desktop.fake.FakeDevices;
import app.holdfast.desktop.fake.FakeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.jspecify.annotations.Nullable;

/// The program as a caller of an instance, which is this test with a fake library.
final class ClientProcessTest {

    private final FakeLibrary library = new FakeLibrary();
    private Path data = Path.of("");
    private @Nullable CommandServer server;

    @BeforeEach
    void listen(@TempDir Path folder) throws Exception {
        data = folder;
        var devices = new FakeDevices(library, Runnable::run);
        var open = new OpenLibrary(data, library, devices, () -> new UUID(1, 1), _ -> { });
        server = CommandServer.inWindow(open, Thread.ofPlatform().daemon().factory());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theInstanceAnswersAndTheStatusArrives() {
        Started.Ended fine = Started.andEnded("--data", data.toString(), "--json", "status");
        Started.Ended usage = Started.andEnded("explode", "--json", "--data=" + data);
        Started.Ended failed = Started.andEnded("--data", data.toString(), "location", "remove", "x");

        assertThat(fine.json().get("device").get("name").asString()).isEqualTo("laptop");
        assertThat(fine.status()).isZero();
        assertThat(fine.err()).isEmpty();
        assertThat(usage.errorCode()).isEqualTo("usage");
        assertThat(usage.status()).isEqualTo(2);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).isEqualTo("holdfast: there is no location x\n");
        assertThat(failed.status()).isEqualTo(1);
    }

    @Test
    void aCallerLoadsNeitherParserNorLibraryNorScreen() {
        try (Started started = Started.with(Map.of(), List.of("-Xlog:class+load:stdout"),
                List.of("--data", data.toString(), "--json", "status"))) {
            Started.Ended ended = started.end();

            assertThat(ended.out()).contains("app.holdfast.desktop.Main", "\"name\":\"laptop\"");
            assertThat(ended.out()).doesNotContain("picocli.", "javafx.", "org.jooq", "ch.qos.logback", "org.sqlite",
                    "tools.jackson.databind");
        }
    }

    @Test
    void namesInEveryScriptArrive() {
        var location = library.addLocation("Bilder", Path.of("/bilder"));
        library.addEntry(location, "Grüße 🌋.txt", EntryKind.FILE, 1);

        Started.Ended ended = Started.andEnded("--data", data.toString(), "--json", "search", "grüße 🌋");

        assertThat(ended.json().get("entries").get(0).get("name").asString()).isEqualTo("Grüße 🌋.txt");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutALocaleAsciiWordsGoThroughAndOthersAreRefusedInWords() {
        Map<String, String> none = Map.of("LC_ALL", "C");
        var location = library.addLocation("Bilder", Path.of("/bilder"));
        library.addEntry(location, "Grüße.txt", EntryKind.FILE, 1);

        Started.Ended ascii = end(none, "search", ".txt");
        Started.Ended other = end(none, "search", "Grüße");

        assertThat(ascii.json().get("entries").get(0).get("name").asString()).isEqualTo("Grüße.txt");
        assertThat(other.errorCode()).isEqualTo("bad_locale");
    }

    private Started.Ended end(Map<String, String> environment, String... words) {
        List<String> all = new ArrayList<>(List.of("--data", data.toString(), "--json"));
        all.addAll(List.of(words));
        try (Started started = Started.with(environment, List.of(), all)) {
            return started.end();
        }
    }

    @Test
    void withoutWordsTheOpenWindowComesToTheFront() throws Exception {
        Started.Ended ended = Started.andEnded("--data", data.toString());

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).isEmpty();
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).containsExactly(data.resolve("run"));
        }
    }

    @Test
    void aDataDirectoryWithoutAValueIsAMistake() {
        Started.Ended ended = Started.andEnded("status", "--json", "--data");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errorCode()).isEqualTo("usage");
    }

    @Test
    void helpNeedsNoLibrary() {
        Started.Ended help = Started.andEnded("tag", "add", "--help", "--data", data.resolve("none").toString());
        Started.Ended version = Started.andEnded("--version");

        assertThat(help.out()).contains("FILE").contains("TAG");
        assertThat(help.status()).isZero();
        assertThat(version.out()).startsWith("holdfast ");
    }
}

package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.CoreException;
import app.holdfast.desktop.instance.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The program as people and scripts start it: processes, signals, sockets and libraries are real, the network is the
/// loopback interface. Whatever is started, killed or raced is a process; what is only asked of one is typed from here.
final class ProcessesTest {

    private static final String LOOPBACK = "127.0.0.1:0";
    private static final Door DOOR = new Door(System.getenv(), Thread.ofPlatform().daemon().factory(), (_, _) -> { });

    @TempDir
    private Path folder = Path.of("");

    private static Started.Ended on(Path data, String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, _ -> Optional.empty());
        int status = new CommandLineStart(Arguments.of(words(data, words)), DOOR, terminal).run(data);
        return new Started.Ended(status, out.toString(), err.toString());
    }

    private static String[] words(Path data, String... words) {
        List<String> all = new ArrayList<>(List.of("--data", data.toString(), "--json"));
        all.addAll(List.of(words));
        return all.toArray(String[]::new);
    }

    private Path device(String name) throws CoreException {
        Path data = folder.resolve(name);
        Holdfast.initialise(data, name);
        return data;
    }

    private static Started serve(Path data) {
        return Started.with("--data", data.toString(), "serve", "--bind", LOOPBACK);
    }

    @Test
    void aLibraryIsMadeOnce() {
        Path data = folder.resolve("one");

        Started.Ended first = Started.andEnded(words(data, "init", "--name", "one"));
        Started.Ended second = on(data, "init", "--name", "two");
        Started.Ended status = on(data, "status");

        assertThat(first.json().get("device").get("id").asString()).matches("[0-9a-f]{64}");
        assertThat(second.errorCode()).isEqualTo("already_initialised");
        assertThat(second.status()).isEqualTo(1);
        assertThat(status.json().get("device")).isEqualTo(first.json().get("device"));
    }

    @Test
    void aVaultThatACommandOpensIsOnTheListWhoeverHasTheLibrary() throws Exception {
        Path data = device("one");
        Path password = Files.writeString(folder.resolve("password"), "sesame\n");
        Path alone = folder.resolve("alone.stronghold");
        Path served = folder.resolve("served.stronghold");

        Started.Ended made = on(data, "vault", "create", alone.toString(), "--work-factor", "0", "--password-file",
                password.toString());
        try (Started serving = serve(data)) {
            serving.line();
            on(data, "vault", "create", served.toString(), "--work-factor", "0", "--password-file",
                    password.toString());
            Started.Ended verified = on(data, "vault", "verify", alone.toString(), "--password-file",
                    password.toString());
            Started.Ended listed = on(data, "vault", "list");

            assertThat(made.status()).isZero();
            assertThat(verified.status()).isZero();
            assertThat(listed.json()).hasSize(2);
            assertThat(listed.json().get(0).get("path").asString()).isEqualTo(alone.toRealPath().toString());
            assertThat(listed.json().get(0).get("verified").isNull()).isFalse();
            assertThat(listed.json().get(1).get("path").asString()).isEqualTo(served.toRealPath().toString());
            assertThat(listed.json().get(1).get("verified").isNull()).isTrue();
        }
    }

    @Test
    void withoutALibraryNothingIsMade() throws IOException {
        Path data = Files.createDirectory(folder.resolve("empty"));

        Started.Ended status = on(data, "status");
        Started.Ended serving = on(data, "serve", "--bind", LOOPBACK);

        assertThat(status.errorCode()).isEqualTo("not_initialised");
        assertThat(serving.errorCode()).isEqualTo("not_initialised");
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aBrokenDatabaseIsSaidToBeDamaged() throws Exception {
        Path data = device("one");
        try (Stream<Path> files = Files.walk(data)) {
            Path database = files.filter(file -> file.endsWith("database.db")).findFirst().orElseThrow();
            Files.write(database, "this is no database, it only has its name\n".repeat(200)
                    .getBytes(StandardCharsets.UTF_8));
        }

        Started.Ended status = on(data, "status");

        assertThat(status.status()).isEqualTo(1);
        assertThat(status.errorCode()).isEqualTo("damaged_library");
    }

    @Test
    void aDatabaseWithADamagedPageIsSaidToBeDamagedByWhoeverReadsIt() throws Exception {
        Path data = device("one");
        Path files = Files.createDirectory(folder.resolve("files"));
        for (int i = 0; i < 300; i++) {
            Files.writeString(files.resolve("file " + i), "x");
        }
        assertThat(on(data, "location", "add", files.toString()).status()).isZero();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("database.db"));
                var statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
            try (var row = statement.executeQuery("select pageno from dbstat where name = 'entry' and path <> '/'");
                    var file = new RandomAccessFile(data.resolve("database.db").toFile(), "rw")) {
                file.seek((row.getLong(1) - 1) * 4_096);
                file.write(new byte[4_096]);
            }
        }

        Started.Ended hashed = on(data, "library", "hash");

        assertThat(hashed.status()).isEqualTo(1);
        assertThat(hashed.errorCode()).isEqualTo("damaged_library");
    }

    @Test
    void aKeyThatIsMissingIsNamedOnce() throws Exception {
        Path data = device("one");
        Path key = data.resolve("device.key");
        Files.delete(key);

        Started.Ended status = on(data, "status");

        assertThat(status.errorCode()).isEqualTo("storage_failed");
        assertThat(status.json().get("error").get("message").asString()).containsOnlyOnce(key.toString());
    }

    @Test
    void serveEndsInOrderWhenToldTo() throws Exception {
        Path data = device("one");
        try (Started serving = serve(data)) {
            assertThat(serving.line().get("ready").asBoolean()).isTrue();

            serving.process().destroy();

            assertThat(serving.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(serving.process().exitValue()).isEqualTo(143);
            assertThat(data.resolve("run").resolve("instance.sock")).doesNotExist();
        }
    }

    @Test
    void aSecondServeIsRefused() throws Exception {
        Path data = device("one");
        try (Started serving = serve(data)) {
            String endpoint = serving.line().get("endpoint").asString();

            Started.Ended second = Started.andEnded(words(data, "serve", "--bind", LOOPBACK));
            Started.Ended status = on(data, "status");

            assertThat(second.errorCode()).isEqualTo("in_use");
            assertThat(status.json().get("device").get("id").asString()).isEqualTo(endpoint);
        }
    }

    @Test
    void aKilledServeLeavesNothingInTheWay() throws Exception {
        Path data = device("one");
        try (Started serving = serve(data)) {
            serving.line();
            assertThat(on(data, "tag", "create", "Trips").status()).isZero();
            serving.process().destroyForcibly().waitFor();
        }

        Started.Ended tags = on(data, "tag", "list");

        assertThat(tags.json().get(0).get("name").asString()).isEqualTo("Trips");
        try (Started again = serve(data)) {
            assertThat(again.line().get("ready").asBoolean()).isTrue();
            assertThat(on(data, "tag", "list").json()).hasSize(1);
        }
    }

    @Test
    void commandsTypedAtOnceAllSucceed() throws Exception {
        Path data = device("one");
        List<Started> typed = new ArrayList<>();
        for (String name : List.of("A", "B", "C")) {
            typed.add(Started.with(Map.of("HOLDFAST_WAIT", "120"), List.of(),
                    List.of("--data", data.toString(), "--json", "tag", "create", name)));
        }

        List<Started.Ended> ended = typed.stream().map(Started::end).toList();

        assertThat(ended).allMatch(said -> said.status() == 0);
        assertThat(on(data, "tag", "list").json()).hasSize(3);
        typed.forEach(Started::close);
    }

    @Test
    void badFoldersChangeNothing() throws Exception {
        Path data = device("one");
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Path tree = Files.createDirectories(folder.resolve("tree").resolve("inner"));

        assertThat(on(data, "location", "add", folder.resolve("missing").toString()).errorCode())
                .isEqualTo("bad_folder");
        assertThat(on(data, "location", "add", file.toString()).errorCode()).isEqualTo("bad_folder");
        assertThat(on(data, "location", "add", tree.toString()).status()).isZero();
        assertThat(on(data, "location", "add", tree.getParent().toString()).errorCode()).isEqualTo("bad_folder");
        assertThat(on(data, "location", "list").json()).hasSize(1);
    }

    @Test
    void anAddressThatIsTakenIsSaidToBe() throws Exception {
        Path one = device("one");
        Path two = device("two");
        try (Started serving = serve(one)) {
            String address = serving.line().get("addresses").get(0).asString();

            Started.Ended second = on(two, "serve", "--bind", address);

            assertThat(second.errorCode()).isEqualTo("cannot_listen");
            assertThat(second.status()).isEqualTo(1);
        }
    }

    @Test
    void twoDevicesShareFilesAndTags() throws Exception {
        Path one = device("one");
        Path two = device("two");
        Path tree = folder.resolve("tree");
        int files = SampleTree.write(tree);
        try (Started first = serve(one); Started second = serve(two)) {
            String address = first.line().get("ticket").asString();
            second.line();
            // what was read in files would come between the two looks at the libraries
            assertThat(on(one, "content", "pause").status()).isZero();
            Started.Ended ping = on(two, "device", "ping", address, "--count", "3");
            assertThat(ping.json().get("rttMicros")).hasSize(3);
            assertThat(on(one, "location", "add", tree.toString(), "--wait").json().get("entries").asInt())
                    .isEqualTo(files);

            String ticket = on(one, "device", "invite", "--accept").json().get("ticket").asString();
            assertThat(on(two, "device", "join", ticket, "--yes").json().get("digits").asString()).matches("\\d{6}");
            assertThat(on(two, "sync", "now").status()).isZero();
            String entry = on(two, "search", "landlord").json().get("entries").get(0).get("id").asString();
            assertThat(on(two, "tag", "create", "To answer").status()).isZero();
            assertThat(on(two, "tag", "add", "entry:" + entry, "To answer").status()).isZero();
            assertThat(on(two, "sync", "now").status()).isZero();

            Path letter = tree.resolve("Papers").resolve("Letters").resolve("Landlord.txt");
            assertThat(on(one, "search", "landlord").json().get("entries").get(0).get("tags").get(0).asString())
                    .isEqualTo("To answer");
            assertThat(on(one, "tag", "remove", letter.toString(), "To answer").json().get("tags")).isEmpty();
            assertThat(on(one, "sync", "now").status()).isZero();
            assertThat(on(one, "library", "hash").json()).isEqualTo(on(two, "library", "hash").json());
            assertThat(on(two, "location", "list").json().get(0).get("deviceName").asString()).isEqualTo("one");
        }
    }

    @Test
    void ticketsThatAreNoneAreRefused() throws Exception {
        Path one = device("one");
        Path two = device("two");
        try (Started inviting = Started.with("--data", one.toString(), "--json", "device", "invite", "--accept",
                "--bind", LOOPBACK)) {
            String ticket = inviting.line().get("ticket").asString();
            String cut = ticket.substring(0, ticket.length() - 7);
            char last = ticket.charAt(ticket.length() - 9);
            String altered = ticket.substring(0, ticket.length() - 9) + (last == 'a' ? 'b' : 'a')
                    + ticket.substring(ticket.length() - 8);

            assertThat(on(two, "device", "join", "hello", "--yes", "--bind", LOOPBACK).errorCode())
                    .isEqualTo("bad_ticket");
            assertThat(on(two, "device", "join", cut, "--yes", "--bind", LOOPBACK).errorCode())
                    .isIn("bad_ticket", "ticket_refused");
            assertThat(on(two, "device", "join", altered, "--yes", "--bind", LOOPBACK).errorCode())
                    .isIn("bad_ticket", "ticket_refused", "not_authentic", "unreachable");
            assertThat(on(two, "device", "list").json()).hasSize(1);
            assertThat(on(two, "device", "join", ticket, "--yes", "--bind", LOOPBACK).status()).isZero();
            assertThat(inviting.end().status()).isZero();
        }
    }

    @Test
    void aTicketIsForOneDevice() throws Exception {
        Path one = device("one");
        Path two = device("two");
        Path three = device("three");
        try (Started serving = serve(one)) {
            serving.line();
            String ticket = on(one, "device", "invite", "--accept").json().get("ticket").asString();

            Started.Ended first = on(two, "device", "join", ticket, "--yes", "--bind", LOOPBACK);
            Started.Ended second = on(three, "device", "join", ticket, "--yes", "--bind", LOOPBACK);

            assertThat(first.status()).isZero();
            assertThat(second.errorCode()).isEqualTo("ticket_refused");
            assertThat(on(three, "device", "list").json()).hasSize(1);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutALocaleEveryNameIsRead() throws Exception {
        Path data = device("one");
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("Grüße.txt"), "hello");
        Map<String, String> none = Map.of("LC_ALL", "C");

        try (Started adding = Started.with(none, List.of(), List.of("--data", data.toString(), "--json", "location",
                "add", tree.toString()))) {
            assertThat(adding.end().status()).isZero();
        }
        try (Started searching = Started.with(none, List.of(), List.of("--data", data.toString(), "--json", "search",
                ".txt"))) {
            assertThat(searching.end().json().get("entries").get(0).get("name").asString()).isEqualTo("Grüße.txt");
        }
    }

    @Test
    void theDemonstrationSharesATagAndCleansUp() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path state = folder.resolve("state");

        try (Started demo = Started.with(Map.of("XDG_STATE_HOME", state.toString()),
                List.of("-Djava.io.tmpdir=" + temporary), List.of("demo", "--headless-check", "--json"))) {
            Started.Ended ended = demo.end();

            assertThat(ended.json().get("hash").asString()).matches("[0-9a-f]{64}");
            assertThat(ended.status()).isZero();
            try (Stream<Path> left = Files.list(temporary)) {
                assertThat(left.filter(file -> file.getFileName().toString().startsWith("holdfast-demo"))).isEmpty();
                assertThat(state).doesNotExist();
            }
        }
    }
}

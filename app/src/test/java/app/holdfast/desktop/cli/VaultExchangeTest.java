package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.desktop.memory.MemoryVaults;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// `vault offer` and `vault sync`, typed at devices of one library: sockets, libraries, links and vaults are real.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VaultExchangeTest {

    private static final String PASSWORD = MemoryVaults.PASSWORD;
    private static final String FILE = "keys.stronghold";

    private final Logged logged = new Logged();
    private final Logger log = (Logger) LoggerFactory.getLogger("app.holdfast");
    private Instance one;
    private Instance two;
    private Instance three;

    /// All that is logged, whatever its level.
    private static final class Logged extends AppenderBase<ILoggingEvent> {

        final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + " " + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    @BeforeAll
    void pair(@TempDir Path folder) throws Exception {
        logged.start();
        log.addAppender(logged);
        log.setLevel(Level.TRACE);
        log.setAdditive(false);
        one = new Instance(folder, "one");
        two = new Instance(folder, "two");
        three = new Instance(folder, "three");
        two.join(one);
        three.join(one);
        Instance.get(two.devices.syncNow());
    }

    @AfterAll
    void close() {
        three.close();
        two.close();
        one.close();
        log.detachAppender(logged);
        log.setLevel(null);
        log.setAdditive(true);
    }

    @BeforeEach
    void forgetWhatWasHeard() throws IOException {
        for (Instance each : List.of(one, two, three)) {
            each.heard.clear();
            Files.deleteIfExists(file(each));
        }
    }

    private static Path file(Instance instance) {
        return instance.folder.resolve(FILE);
    }

    private static Path vault(Instance instance, String... records) {
        return MemoryVaults.make(file(instance), records);
    }

    private static Instance.Typed offer(Instance from, Instance to) throws Exception {
        return from.type(PASSWORD, "vault", "offer", FILE, "--to", to.name, "--password-stdin").until("Waiting for");
    }

    private static Instance.Typed sync(Instance at, Instance with, String... more) {
        return at.type(PASSWORD, Stream.concat(Stream.of("vault", "sync", FILE, "--with", with.name,
                "--password-stdin"), Stream.of(more)).toArray(String[]::new));
    }

    private static String large() {
        byte[] letters = new byte[8_000_000];
        var random = new Random(1);
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) ('a' + random.nextInt(26));
        }
        return new String(letters, StandardCharsets.US_ASCII);
    }

    @Test
    void oneExchangeEachWayGivesBothTheUnion() throws Exception {
        Path mine = vault(one, "wallet/keys/here=first secret", "wallet/keys/both=of one");
        Path theirs = vault(two, "wallet/keys/there=second secret", "wallet/keys/both=of two");

        Instance.Typed offered = offer(two, one);
        Instance.Said taken = sync(one, two, "--yes").end();
        Instance.Said given = offered.end();
        Instance.Typed offeredBack = offer(one, two);
        Instance.Said takenBack = sync(two, one, "--policy", "keep-both", "--yes").end();

        assertThat(taken.json().path("added").path("records").asInt()).isEqualTo(1);
        assertThat(taken.json().path("written").asBoolean()).isTrue();
        assertThat(given.json().path("given").asInt()).isEqualTo(1);
        assertThat(given.json().path("device").path("name").asString()).isEqualTo("one");
        assertThat(takenBack.json().path("beside").asInt()).isEqualTo(1);
        assertThat(offeredBack.end().json().path("given").asInt()).isEqualTo(2);
        for (Path file : List.of(mine, theirs)) {
            assertThat(MemoryVaults.secret(file, "wallet/keys/here")).isEqualTo("first secret");
            assertThat(MemoryVaults.secret(file, "wallet/keys/there")).isEqualTo("second secret");
        }
        assertThat(MemoryVaults.secret(mine, "wallet/keys/both")).isEqualTo("of one");
        assertThat(MemoryVaults.secret(theirs, "wallet/keys/both")).isEqualTo("of two");
    }

    @Test
    void theListSaysOnBothSidesWhenAVaultWasSynced() throws Exception {
        vault(one, "wallet/keys/here=1");
        vault(two, "wallet/keys/there=2");
        Instance.Said before = one.type(PASSWORD, "vault", "track", FILE).end();

        Instance.Typed offered = offer(two, one);
        sync(one, two, "--yes").end();
        offered.end();

        assertThat(before.status()).isZero();
        assertThat(one.vault(FILE).facts().synced()).isPresent();
        assertThat(two.vault(FILE).facts().synced()).isPresent();
        assertThat(one.vault(FILE).facts().size()).isEqualTo(Files.size(file(one)));
    }

    @Test
    void anOfferEndsWhenNothingHasToTravel() throws Exception {
        Path mine = vault(one, "wallet/keys/same=1", "wallet/keys/more=2");
        vault(two, "wallet/keys/same=1");
        byte[] before = Files.readAllBytes(mine);

        Instance.Typed offered = offer(two, one);
        Instance.Said taken = sync(one, two, "--yes").end();

        assertThat(offered.end().json().path("given").asInt()).isZero();
        assertThat(taken.json().path("written").asBoolean()).isFalse();
        assertThat(Files.readAllBytes(mine)).isEqualTo(before);
        assertThat(one.vault(FILE).facts().synced()).isPresent();
        assertThat(two.vault(FILE).facts().synced()).isPresent();
    }

    @Test
    void aPreviewTakesNothingAndLeavesTheOfferStanding() throws Exception {
        Path mine = vault(one, "wallet/keys/here=1");
        vault(two, "wallet/keys/there=2");
        byte[] before = Files.readAllBytes(mine);

        Instance.Typed offered = offer(two, one);
        Instance.Said seen = sync(one, two, "--preview").end();
        byte[] after = Files.readAllBytes(mine);
        Instance.Said taken = sync(one, two, "--yes").end();

        assertThat(seen.json().path("added").path("records").asInt()).isEqualTo(1);
        assertThat(seen.json().path("written").asBoolean()).isFalse();
        assertThat(after).isEqualTo(before);
        assertThat(taken.json().path("written").asBoolean()).isTrue();
        assertThat(offered.end().status()).isZero();
    }

    @Test
    void whoIsNotOfferedAnythingIsNotGivenAnything() throws Exception {
        Path mine = vault(one, "wallet/keys/here=1");
        vault(two, "wallet/keys/there=2");
        Instance.Typed offeredToAnother = offer(two, three);

        Instance.Typed asking = sync(one, two, "--yes");
        CoreEvent.VaultAsked asked = two.next(CoreEvent.VaultAsked.class);
        two.devices.vaults().refuse(asked.exchange());

        assertThat(asked.name()).isEqualTo("one");
        assertThat(asking.end().errorCode()).isEqualTo("vault_not_given");
        assertThat(Files.readAllBytes(mine)).isEqualTo(Files.readAllBytes(file(one)));
        offeredToAnother.interrupt();
    }

    @Test
    void otherDevicesOfTheLibraryAreMeantAndNoOthers() throws Exception {
        vault(one, "wallet/keys/here=1");

        assertThat(sync(one, one, "--yes").end().errorCode()).isEqualTo("not_found");
        assertThat(one.type(PASSWORD, "vault", "sync", FILE, "--with", "nobody", "--yes", "--password-stdin").end()
                .errorCode()).isEqualTo("not_found");
        assertThat(one.type(PASSWORD, "vault", "offer", FILE, "--to", "nobody", "--password-stdin").end().errorCode())
                .isEqualTo("not_found");
    }

    @Test
    void aWrongPasswordAsksNobodyAndOffersNothing() throws Exception {
        vault(one, "wallet/keys/here=1");
        vault(two, "wallet/keys/there=2");

        Instance.Said taking = one.type("wrong", "vault", "sync", FILE, "--with", "two", "--yes", "--password-stdin")
                .end();
        Instance.Said offering = two.type("wrong", "vault", "offer", FILE, "--to", "one", "--password-stdin").end();

        assertThat(taking.errorCode()).isEqualTo("wrong_password");
        assertThat(offering.errorCode()).isEqualTo("wrong_password");
        assertThat(two.heard).noneMatch(CoreEvent.VaultAsked.class::isInstance);
    }

    @Test
    void anInterruptedDeliveryChangesNothingAndTheNextBringsAll() throws Exception {
        String large = large();
        Path mine = vault(one, "wallet/keys/here=1");
        vault(two, "wallet/keys/there=2", "wallet/keys/large=" + large);
        byte[] before = Files.readAllBytes(mine);
        Instance.Typed offered = offer(two, one);

        sync(one, two, "--yes").until("10 %").interrupt();
        byte[] after = Files.readAllBytes(mine);
        Instance.Said taken = sync(one, two, "--yes").end();

        assertThat(after).isEqualTo(before);
        assertThat(taken.json().path("added").path("records").asInt()).isEqualTo(2);
        assertThat(offered.end().json().path("given").asInt()).isEqualTo(2);
        assertThat(MemoryVaults.secret(mine, "wallet/keys/large")).isEqualTo(large);
    }

    @Test
    void whoGoesAwayWhileAskingTakesTheQuestionBackAtOnce() throws Exception {
        vault(one, "wallet/keys/here=1");
        Instance.Typed asking = sync(one, two, "--yes");
        CoreEvent.VaultAsked asked = two.next(CoreEvent.VaultAsked.class);

        asking.interrupt();

        assertThat(two.next(CoreEvent.VaultAskedNoMore.class).exchange()).isEqualTo(asked.exchange());
    }

    @Test
    void noSecretAndNoPasswordIsWrittenAnywhereElse() throws Exception {
        vault(one, "wallet/keys/here=what-nobody-may-see");
        vault(two, "wallet/keys/there=what-else-nobody-may-see");
        Instance.Typed offered = offer(two, one);
        Instance.Said taken = sync(one, two, "--yes").end();
        Instance.Said given = offered.end();

        String said = taken + given.toString() + logged.lines;

        assertThat(logged.lines).anyMatch(line -> line.contains("vault"));
        for (String secret : List.of(PASSWORD, "nobody-may-see")) {
            assertThat(said).doesNotContain(secret);
            for (Instance each : List.of(one, two)) {
                assertThat(filesWith(each.data(), secret)).isEmpty();
            }
        }
    }

    private static List<Path> filesWith(Path folder, String text) throws IOException {
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> {
                try {
                    return Files.readString(file, StandardCharsets.ISO_8859_1).contains(bytes);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }).toList();
        }
    }

    @Test
    void aProcessThatIsToldToEndTakesItsQuestionBackFirst(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("four");
        try (Instance four = new Instance(folder, "four")) {
            four.join(one);
            vault(four, "wallet/keys/here=1");
            data = four.data();
        }
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        try (Started asking = Started.with(Map.of(), List.of(), List.of("--data", data.toString(), "--json", "vault",
                "sync", data.resolveSibling(FILE).toString(), "--with", "one", "--yes", "--bind", "127.0.0.1:0",
                "--password-file", password.toString()))) {
            CoreEvent.VaultAsked asked = one.next(CoreEvent.VaultAsked.class);

            asking.process().toHandle().destroy();

            assertThat(one.next(CoreEvent.VaultAskedNoMore.class).exchange()).isEqualTo(asked.exchange());
            assertThat(asking.end().errorCode()).isEqualTo("interrupted");
            assertThat(asking.process().waitFor(Instance.SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            assertThat(asking.process().exitValue()).isEqualTo(143);
        }
    }
}

package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultTaking;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.vault.Fixtures;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Vaults of two whole libraries, exchanged over kwik on loopback.
class VaultsOverNetworkTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final long SECONDS_MAX = 60;

    @TempDir
    private Path folder;
    private Holdfast one;
    private Holdfast two;
    private Devices atOne;
    private Devices atTwo;

    @BeforeEach
    void open() throws Exception {
        one = library("one");
        two = library("two");
        atOne = one.connect(LOOPBACK);
        atTwo = two.connect(LOOPBACK);
    }

    private Holdfast library(String name) throws CoreException {
        Holdfast.initialise(folder.resolve(name), name);
        return Holdfast.open(folder.resolve(name));
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private void pair() throws Exception {
        String ticket = get(atOne.invite(true, Duration.ofMinutes(5))).ticket();
        get(atTwo.join(ticket, (_, _) -> true));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private DeviceId idOf(Devices devices) {
        return devices.reachable().id();
    }

    private OpenVault create(String name) throws CoreException {
        return Holdfast.vaults().create(folder.resolve(name), utf8(name),
                new Vaults.Locking(3, Optional.empty(), Optional.empty(), 0));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(OpenVault vault, String record, byte[] secret) throws CoreException {
        vault.put(RecordPath.of("wallet", "keys", record), secret, utf8("a hint"), true);
    }

    /// What `to` at the taker lacks of `from` at the giver.
    private void exchange(Devices taker, OpenVault to, Devices giver, OpenVault from) throws Exception {
        Subscription offer = giver.vaults().offer(from, idOf(taker), Set.of());
        try (VaultTaking taking = get(taker.vaults().ask(to, idOf(giver)))) {
            get(taking.take(taking.preview(VaultMerge.all(Policy.KEEP_BOTH)), _ -> { }));
        }
        offer.close();
        to.save();
    }

    private static TreeMap<String, String> secrets(OpenVault vault) throws CoreException {
        var all = new TreeMap<String, String>();
        for (VaultContent.Client client : vault.content().clients()) {
            for (VaultContent.Vault inside : client.vaults()) {
                for (VaultContent.Record record : inside.records()) {
                    String path = client.id() + "/" + inside.id() + "/" + record.id();
                    if (!record.revoked()) {
                        all.put(path, Fixtures.sha256(vault.secret(
                                RecordPath.of(client.id(), inside.id(), record.id()))));
                    }
                }
            }
        }
        return all;
    }

    @Test
    void twoVaultsHoldTheUnionAfterOneExchangeEachWay() throws Exception {
        pair();
        try (OpenVault mine = create("mine.stronghold"); OpenVault theirs = create("theirs.stronghold")) {
            put(mine, "here", utf8("1"));
            put(theirs, "there", utf8("2"));
            put(theirs, "large", new byte[3_000_000]);

            exchange(atTwo, mine, atOne, theirs);
            exchange(atOne, theirs, atTwo, mine);

            assertThat(secrets(mine)).hasSize(3).isEqualTo(secrets(theirs));
            byte[] password = utf8("mine.stronghold");
            try (OpenVault again = Holdfast.vaults().open(folder.resolve("mine.stronghold"), password,
                    Vaults.Opening.usual())) {
                assertThat(secrets(again)).isEqualTo(secrets(theirs));
            }
        }
    }

    @Test
    void vaultsOfTheRealEngineAreExchanged() throws Exception {
        pair();
        try (OpenVault mine = copy("real-engine/node2.stronghold", "correct horse battery staple");
                OpenVault theirs = copy("real-engine/py_resaved_by_engine.stronghold", "hand made")) {
            TreeMap<String, String> union = secrets(mine);
            union.putAll(secrets(theirs));

            exchange(atTwo, mine, atOne, theirs);
            exchange(atOne, theirs, atTwo, mine);

            assertThat(union.size()).isGreaterThan(3);
            assertThat(secrets(mine)).containsAllEntriesOf(union);
            assertThat(secrets(theirs).values()).containsAll(secrets(mine).values());
            assertThat(mine.verify().unreadable()).isEmpty();
        }
    }

    private OpenVault copy(String fixture, String password) throws Exception {
        Path file = Files.copy(Fixtures.file(fixture), folder.resolve(Path.of(fixture).getFileName()));
        return Holdfast.vaults().open(file, utf8(password), Vaults.Opening.usual());
    }

    @Test
    void aDeviceOfAnotherLibraryIsNotLetIn() throws Exception {
        pair();
        try (Holdfast three = library("three"); OpenVault theirs = create("theirs.stronghold")) {
            Devices atThree = three.connect(LOOPBACK);

            assertThatThrownBy(() -> get(atThree.vaults().ask(theirs, idOf(atOne))))
                    .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(CoreException.NotFound.class);
        }
    }

    @Test
    void aDeviceThatIsGoneIsUnreachable() throws Exception {
        pair();
        DeviceId gone = idOf(atOne);
        one.close();
        try (OpenVault mine = create("mine.stronghold")) {

            assertThatThrownBy(() -> get(atTwo.vaults().ask(mine, gone)))
                    .hasCauseInstanceOf(CoreException.Unreachable.class);
        }
    }
}

package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.VaultRow;
import app.holdfast.core.api.Vaults;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which vault lies on which device, as two whole libraries over loopback see it.
class VaultListTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final long SECONDS_MAX = 60;
    private static final Vaults.Locking QUICK = new Vaults.Locking(3, Optional.empty(), Optional.empty(), 0);
    private static final byte[] PASSWORD = bytes("correct horse battery staple");

    @TempDir
    private Path folder;

    private Holdfast one;
    private Holdfast two;

    @BeforeEach
    void open() throws Exception {
        Holdfast.initialise(folder.resolve("one"), "one");
        Holdfast.initialise(folder.resolve("two"), "two");
        one = Holdfast.open(folder.resolve("one"));
        two = Holdfast.open(folder.resolve("two"));
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void pair() throws Exception {
        Devices atOne = one.connect(LOOPBACK);
        Devices atTwo = two.connect(LOOPBACK);
        String ticket = get(atOne.invite(true, Duration.ofMinutes(5))).ticket();
        get(atTwo.join(ticket, (_, _) -> true));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static <T> T await(Library library, Function<LibraryReader, Optional<T>> question) throws Exception {
        CompletableFuture<T> found = new CompletableFuture<>();
        try (Subscription _ = library.observe(question, answer -> answer.ifPresent(found::complete))) {
            return found.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    /// Waits until there is one vault on the list, and it is like this.
    private static VaultRow vault(Holdfast holdfast, Predicate<VaultRow> like) throws Exception {
        return await(holdfast.library(), reader -> reader.vaults().stream().filter(like).findFirst());
    }

    private static void none(Holdfast holdfast) throws Exception {
        await(holdfast.library(), reader -> Optional.of(reader.vaults()).filter(List::isEmpty));
    }

    private Path make(String name) throws Exception {
        Path file = folder.resolve(name);
        Holdfast.vaults(one.library()).create(file, PASSWORD, QUICK).close();
        return file;
    }

    private OpenVault reopen(Path file) throws Exception {
        return Holdfast.vaults(one.library()).open(file, PASSWORD, Vaults.Opening.usual());
    }

    @Test
    void aVaultOfOneDeviceIsSeenOnTheOther() throws Exception {
        Path file = make("keys.stronghold");

        pair();

        VaultRow there = vault(two, _ -> true);
        assertThat(there.deviceName()).isEqualTo("one");
        assertThat(there.path()).isEqualTo(file.toRealPath().toString());
        assertThat(there.name()).isEqualTo("keys.stronghold");
        assertThat(there.here()).isEmpty();
        assertThat(there.missing()).isFalse();
        assertThat(there.facts()).isEqualTo(new VaultRow.Facts(3, Files.size(file),
                Instant.ofEpochMilli(Files.getLastModifiedTime(file).toMillis()), Optional.empty(),
                Optional.empty()));
        VaultRow here = vault(one, _ -> true);
        assertThat(here.here()).contains(file.toRealPath());
        assertThat(here.id()).isEqualTo(there.id());
        assertThat(two.library().ask(LibraryReader::hash)).isEqualTo(one.library().ask(LibraryReader::hash));
    }

    @Test
    void whatIsDoneToAVaultIsToldToTheOther() throws Exception {
        Path file = make("keys.stronghold");
        pair();
        long before = vault(two, _ -> true).facts().size();

        try (OpenVault vault = reopen(file)) {
            vault.put(RecordPath.of("client", "vault", "record"), new byte[5_000], new byte[0], true);
            vault.save();
            vault.verify();
        }
        get(one.library().submit(new Command.NoteVault(file, Vaults.Deed.SYNCED)));

        VaultRow there = vault(two, row -> row.facts().synced().isPresent() && row.facts().verified().isPresent()
                && row.facts().size() > before);
        assertThat(there.facts().size()).isEqualTo(Files.size(file));
    }

    @Test
    void aFileThatIsTakenOffTheListIsOffEverywhereAndStaysOnTheDisk() throws Exception {
        Path file = make("keys.stronghold");
        pair();
        VaultRow there = vault(two, _ -> true);

        assertThatThrownBy(() -> get(two.library().submit(new Command.ForgetVault(there.id()))))
                .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(CoreException.Refused.class);
        get(one.library().submit(new Command.ForgetVault(there.id())));

        none(two);
        none(one);
        assertThat(file).exists();
    }

    @Test
    void aFileThatIsGoneIsShownAsMissingEverywhere() throws Exception {
        Path file = make("keys.stronghold");
        vault(one, _ -> true);
        Files.delete(file);

        pair();

        assertThat(vault(two, VaultRow::missing).path()).isEqualTo(file.toString());
        assertThat(vault(one, VaultRow::missing).here()).contains(file);
    }

    @Test
    void aFileThatIsNoVaultIsNotListed() throws Exception {
        Path file = Files.writeString(folder.resolve("letter.stronghold"), "Dear reader");

        assertThatThrownBy(() -> get(one.library().submit(new Command.NoteVault(file, Vaults.Deed.SEEN))))
                .hasCauseInstanceOf(CoreException.NoVault.class);

        none(one);
    }

    @Test
    void oneFileByTwoWaysIsOneRow() throws Exception {
        Path file = make("keys.stronghold");
        Path link = Files.createSymbolicLink(folder.resolve("link.stronghold"), file);

        get(one.library().submit(new Command.NoteVault(link, Vaults.Deed.SEEN)));
        get(one.library().submit(new Command.NoteVault(folder.resolve("one/../keys.stronghold"), Vaults.Deed.SEEN)));

        assertThat(one.library().ask(LibraryReader::vaults)).hasSize(1);
    }

    @Test
    void vaultsOfADeviceThatIsForgottenAreNotListed() throws Exception {
        make("keys.stronghold");
        pair();
        VaultRow there = vault(two, _ -> true);

        get(two.library().submit(new Command.ForgetDevice(there.device())));

        none(two);
    }

    @Test
    void nothingFromTheInsideOfAVaultIsInTheLibrary() throws Exception {
        Path file = make("keys.stronghold");
        try (OpenVault vault = reopen(file)) {
            vault.put(RecordPath.of("inner-client", "inner-vault", "inner-record"), bytes("innermost secret"),
                    bytes("inner hint"), true);
            vault.putValue("inner-client", "inner-key", bytes("inner value"), Optional.empty());
            vault.save();
            vault.verify();
        }
        pair();
        vault(two, row -> row.facts().verified().isPresent());

        close();

        for (String library : List.of("one", "two")) {
            assertThat(holds(folder.resolve(library), bytes("keys.stronghold"))).as("the path of the file").isTrue();
            for (String inside : List.of("inner-client", "inner-vault", "inner-record", "innermost secret",
                    "inner hint", "inner-key", "inner value", new String(PASSWORD, StandardCharsets.UTF_8))) {
                assertThat(holds(folder.resolve(library), bytes(inside))).as(inside).isFalse();
            }
        }
        open(folder);
    }

    /// For [#close].
    private void open(Path both) throws Exception {
        one = Holdfast.open(both.resolve("one"));
        two = Holdfast.open(both.resolve("two"));
    }

    private static boolean holds(Path library, byte[] text) throws IOException {
        String wanted = new String(text, StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(library)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }
}

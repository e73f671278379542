package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.Vaults;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Vaults in files, as a person has them: made, opened, changed, saved, locked.
final class VaultDoorTest {

    @TempDir
    private Path folder;
    private final Desk desk = new Desk(1);

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void whatWasSavedIsThereWhenItIsOpenedAgain(int version) throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = desk.door.create(file, Desk.utf8("pässwörd"), Desk.cheap(version))) {
            Desk.put(vault, "one", "first secret");
            vault.putValue(Desk.CLIENT, "setting", Desk.utf8("on"), Optional.empty());
            vault.save();
        }

        try (OpenVault vault = desk.open(file, "pässwörd")) {
            assertThat(Desk.secret(vault, "one")).isEqualTo("first secret");
            VaultContent content = vault.content();
            assertThat(content.version()).isEqualTo(version);
            VaultContent.Client client = content.clients().getFirst();
            assertThat(client.name()).contains(Desk.CLIENT);
            assertThat(client.store()).containsExactly(new VaultContent.Value("setting", 2, Optional.empty(), false));
            assertThat(client.vaults().getFirst().records()).singleElement().satisfies(record -> {
                assertThat(record.size()).isEqualTo(12);
                assertThat(record.hint()).contains("68696e74");
                assertThat(record.name()).contains("one");
                assertThat(record.changed()).contains(Instant.ofEpochMilli(desk.nowMillis));
            });
        }
        assertThat(desk.door.look(file).workFactor()).isEqualTo(version == 3 ? OptionalInt.of(0)
                : OptionalInt.empty());
    }

    @Test
    void whatWasNotSavedIsForgotten() throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = desk.create(file, "x")) {
            Desk.put(vault, "one", "1");
        }

        try (OpenVault vault = desk.open(file, "x")) {
            assertThat(vault.content().clients()).isEmpty();
        }
    }

    @Test
    void theFileIsItsOwnersAndNothingElseIsLeft() throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = desk.create(file, "x")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            vault.save();
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        try (Stream<Path> there = Files.list(folder)) {
            assertThat(there.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("a.stronghold", ".a.stronghold.lock");
        }
    }

    @Test
    void aSymbolicLinkStaysOne() throws Exception {
        Path file = folder.resolve("real.stronghold");
        desk.create(file, "x").close();
        Path link = Files.createSymbolicLink(folder.resolve("link.stronghold"), file);

        try (OpenVault vault = desk.open(link, "x")) {
            Desk.put(vault, "one", "1");
            vault.save();
        }

        assertThat(Files.isSymbolicLink(link)).isTrue();
        try (OpenVault vault = desk.open(file, "x")) {
            assertThat(Desk.records(vault)).hasSize(1);
        }
    }

    @Test
    void aChangeByAnotherProgramIsNotOverwritten() throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault mine = desk.create(file, "x"); OpenVault other = desk.open(file, "x")) {
            Desk.put(other, "theirs", "1");
            other.save();
            byte[] before = Files.readAllBytes(file);
            Desk.put(mine, "mine", "2");

            assertThatExceptionOfType(CoreException.VaultChanged.class).isThrownBy(mine::save);

            assertThat(file).hasBinaryContent(before);
        }
    }

    @Test
    void twoDoNotWriteOneFileAtOnce() throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = desk.create(file, "x");
                FileChannel channel = FileChannel.open(folder.resolve(".a.stronghold.lock"),
                        StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();

            assertThatExceptionOfType(CoreException.VaultInUse.class).isThrownBy(vault::save);
        }
    }

    @Test
    void anExistingFileIsNotMadeAnew() throws Exception {
        Path file = Files.writeString(folder.resolve("a.stronghold"), "precious");

        assertThatExceptionOfType(CoreException.Refused.class).isThrownBy(() -> desk.create(file, "x"));

        assertThat(file).hasContent("precious");
    }

    @Test
    void aWrongPasswordOpensNothing() throws Exception {
        Path file = folder.resolve("a.stronghold");
        desk.create(file, "right").close();

        assertThatThrownBy(() -> desk.open(file, "wr0ng")).isInstanceOf(CoreException.WrongPassword.class)
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void anotherPasswordReplacesTheOldOne() throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = desk.create(file, "old")) {
            Desk.put(vault, "one", "1");
            vault.relock(Desk.utf8("new"), Desk.cheap(3));
            vault.save();
        }

        assertThatExceptionOfType(CoreException.WrongPassword.class).isThrownBy(() -> desk.open(file, "old"));
        try (OpenVault vault = desk.open(file, "new")) {
            assertThat(Desk.secret(vault, "one")).isEqualTo("1");
        }
    }

    @Test
    void versionTwoBecomesThree() throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = desk.door.create(file, Desk.utf8("x"), Desk.cheap(2))) {
            Desk.put(vault, "one", "1");
            vault.relock(Desk.utf8("x"), Desk.cheap(3));
            vault.save();
        }

        assertThat(desk.door.look(file).version()).isEqualTo(3);
        try (OpenVault vault = desk.open(file, "x")) {
            assertThat(Desk.secret(vault, "one")).isEqualTo("1");
        }
    }

    @Test
    void savingDrawsAnotherNonceUnderTheSameHeader() throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = desk.create(file, "x")) {
            byte[] first = Files.readAllBytes(file);
            vault.save();
            byte[] second = Files.readAllBytes(file);

            assertThat(second).startsWith(Arrays.copyOf(first, 7 + 149)).isNotEqualTo(first);
        }
    }

    @Test
    void aRevokedRecordIsGoneAndIsCollectedLater() throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = desk.create(file, "x")) {
            Desk.put(vault, "one", "1");
            Desk.put(vault, "two", "2");
            vault.revoke(Desk.at("one"));
            vault.save();
        }

        try (OpenVault vault = desk.open(file, "x")) {
            assertThat(Desk.records(vault)).extracting(VaultContent.Record::revoked).containsExactly(true, false);
            assertThatExceptionOfType(CoreException.NotFound.class).isThrownBy(() -> vault.secret(Desk.at("one")));
            assertThatExceptionOfType(CoreException.Refused.class).isThrownBy(() -> Desk.put(vault, "one", "again"));
            assertThat(vault.verify()).isEqualTo(new OpenVault.Check(2, List.of()));
            assertThat(vault.collect()).isEqualTo(1);
            assertThat(Desk.records(vault)).hasSize(1);
            Desk.put(vault, "one", "again");
            assertThat(Desk.secret(vault, "one")).isEqualTo("again");
        }
    }

    @Test
    void anExpiredValueStaysUntilItIsCollected() throws Exception {
        try (OpenVault vault = desk.create(folder.resolve("a.stronghold"), "x")) {
            vault.putValue(Desk.CLIENT, "soon", Desk.utf8("v"), Optional.of(Duration.ofSeconds(10)));
            assertThat(vault.content().clients().getFirst().store().getFirst().expired()).isFalse();

            desk.nowMillis += 10_000;

            assertThat(vault.content().clients().getFirst().store().getFirst().expired()).isTrue();
            assertThat(vault.collect()).isEqualTo(1);
            assertThat(vault.content().clients().getFirst().store()).isEmpty();
        }
    }

    @Test
    void aVaultThatNobodyUsesIsLocked() throws Exception {
        OpenVault vault = desk.create(folder.resolve("a.stronghold"), "x");
        desk.nowMillis += 299_000;
        assertThat(vault.lockIfIdle(Duration.ofMinutes(5))).isFalse();
        vault.content();
        desk.nowMillis += 299_000;
        assertThat(vault.lockIfIdle(Duration.ofMinutes(5))).isFalse();

        desk.nowMillis += 1_000;

        assertThat(vault.lockIfIdle(Duration.ofMinutes(5))).isTrue();
        assertThatExceptionOfType(CoreException.VaultLocked.class).isThrownBy(vault::content);
        assertThatExceptionOfType(CoreException.VaultLocked.class).isThrownBy(vault::save);
        vault.close();
    }

    @Test
    void aNameIsKeptInsideTheSnapshot() throws Exception {
        Path file = folder.resolve("a.stronghold");
        try (OpenVault vault = desk.create(file, "x")) {
            vault.put(Desk.at("m/44'/1"), Desk.utf8("1"), new byte[0], false);
            vault.name(Desk.at("m/44'/1"), Optional.of("Savings"));
            vault.save();
        }

        try (OpenVault vault = desk.open(file, "x")) {
            assertThat(Desk.secret(vault, "Savings")).isEqualTo("1");
            assertThat(Desk.records(vault)).extracting(VaultContent.Record::name).containsExactly(
                    Optional.of("Savings"));
            vault.name(Desk.at("Savings"), Optional.empty());
            assertThat(Desk.records(vault)).extracting(VaultContent.Record::name).containsExactly(Optional.empty());
        }
    }

    @Test
    void theSaltOfTheTauriPluginIsFoundBesideTheVault() throws Exception {
        Path salt = Files.write(folder.resolve("salt.txt"), new byte[32]);
        Path file = folder.resolve("a.stronghold");
        desk.door.create(file, Desk.utf8("x"), new Vaults.Locking(3, Optional.of("argon2id"), Optional.empty(), 0))
                .close();

        try (OpenVault vault = desk.open(file, "x")) {
            assertThat(vault.content().derivation()).isEqualTo("argon2id");
        }
        assertThat(desk.door.look(file).salted()).isTrue();
        Files.delete(salt);
        assertThatExceptionOfType(CoreException.WrongPassword.class).isThrownBy(() -> desk.open(file, "x"));
    }

    @Test
    void anIdIsTakenInPlaceOfAPath() throws Exception {
        try (OpenVault vault = desk.create(folder.resolve("a.stronghold"), "x")) {
            Desk.put(vault, "one", "1");
            VaultContent.Client client = vault.content().clients().getFirst();
            VaultContent.Vault inner = client.vaults().getFirst();

            byte[] secret = vault.secret(RecordPath.of(client.id(), inner.id(), inner.records().getFirst().id()));

            assertThat(secret).isEqualTo(Desk.utf8("1"));
        }
    }
}

package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.vault.key.KeyDerivation;
import app.holdfast.core.vault.stronghold.SecretMemory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that were cut, changed or made up. Each gets a named failure, and none is taken for a vault.
final class BadSnapshotTest {

    private static final int FLIPPED_WHOLE = 1024;
    private static final int SECRET = 3000;
    private static final int CHEAP = 8;
    private static final Optional<String> WAY = Optional.of("blake2b");
    /// Derived once, for thousands of files.
    private static final byte[] KEY = KeyDerivation.BLAKE2B.derive(Desk.utf8("x"), new byte[0]).orElseThrow();

    @TempDir
    private Path folder;
    private final Desk desk = new Desk(3);

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void noTruncationOpens(int version) throws Exception {
        byte[] whole = Files.readAllBytes(vault(version));

        for (int size = 0; size < whole.length; size++) {
            byte[] cut = Arrays.copyOf(whole, size);
            assertThat(opens(cut)).as("%d bytes", size).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void noFlippedBitOpens(int version) throws Exception {
        byte[] bytes = Files.readAllBytes(vault(version));
        var random = new SplittableRandom(4);

        for (int bit = 0; bit < bytes.length * 8; bit += bit < FLIPPED_WHOLE * 8 ? 1 : 1 + random.nextInt(64)) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            boolean opened = opens(bytes);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(opened).as("bit %d", bit).isFalse();
        }
        assertThat(bytes).hasSizeGreaterThan(FLIPPED_WHOLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "PARTI", "PARTY\3\0", "not a snapshot at all"})
    void whatDoesNotBeginLikeOneIsNoVault(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("x"), text, StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(CoreException.NoVault.class).isThrownBy(() -> desk.door.look(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PARTI\1\0", "PARTI\4\0", "PARTI\3\1", "PARTI\0\0"})
    void anotherVersionIsRefusedByItsNumber(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("x"), text, StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> desk.open(file, "x")).isInstanceOf(CoreException.VaultVersion.class)
                .hasMessageContaining("version " + (int) text.charAt(5) + "." + (int) text.charAt(6));
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 24, 40, 63})
    void aWorkFactorThatWasNotAllowedIsNotDerived(int workFactor) throws Exception {
        byte[] bytes = Files.readAllBytes(vault(3));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(" 0\n");
        Path file = Files.writeString(folder.resolve("costly"), text.substring(0, at) + " " + workFactor
                + text.substring(at + 2), StandardCharsets.ISO_8859_1);

        assertThat(desk.door.look(file).workFactor()).hasValue(workFactor);
        assertThatExceptionOfType(CoreException.VaultTooCostly.class).isThrownBy(() -> desk.open(file, "x"));
    }

    @Test
    void damageToTheContentNamesTheByte() throws Exception {
        byte[] bytes = Files.readAllBytes(vault(3));
        bytes[bytes.length - 1] ^= 1;
        Path file = Files.write(folder.resolve("x"), bytes);

        assertThatThrownBy(() -> desk.open(file, "x")).isInstanceOfSatisfying(CoreException.DamagedVault.class,
                damage -> assertThat(damage.offset()).isEqualTo(7 + 149 + 16));
    }

    @Test
    void noMessageHoldsTheSecretOrThePassword() throws Exception {
        Path file = vault(3);
        try (OpenVault vault = desk.open(file, "x")) {
            assertThat(vault.toString()).doesNotContain("secret!");
            assertThatThrownBy(() -> vault.secret(Desk.at("nothing"))).message().doesNotContain("secret!");
        }
        assertThatThrownBy(() -> desk.open(file, "swordfish")).message().doesNotContain("swordfish");
    }

    @Test
    void aFailedSaveLeavesTheFileAndNothingElse() throws Exception {
        Path file = vault(3);
        byte[] before = Files.readAllBytes(file);
        try (OpenVault vault = desk.open(file, "x")) {
            Desk.put(vault, "more", "1");
            Files.writeString(file, "something else");

            assertThatExceptionOfType(CoreException.VaultChanged.class).isThrownBy(vault::save);

            assertThat(file).hasContent("something else");
            Files.write(file, before);
            vault.save();
        }
        try (var there = Files.list(folder)) {
            assertThat(there).hasSize(2);
        }
    }

    @Test
    void aFileThatIsMissingIsNotFound() {
        assertThatExceptionOfType(CoreException.NotFound.class)
                .isThrownBy(() -> desk.open(folder.resolve("none"), "x"));
    }

    /// Whether it is taken; every refusal has to be in words.
    private boolean opens(byte[] bytes) {
        try (var memory = new SecretMemory()) {
            var snapshot = new SnapshotBytes(folder, bytes);
            return snapshot.workFactor() <= CHEAP && snapshot.unlock(KEY, KeyDerivation.BLAKE2B, memory).isPresent();
        } catch (CoreException e) {
            return false;
        }
    }

    private Path vault(int version) throws CoreException {
        Path file = folder.resolve("a.stronghold");
        byte[] secret = new byte[SECRET];
        new SplittableRandom(5).nextBytes(secret);
        try (OpenVault vault = desk.door.create(file, Desk.utf8("x"),
                new Vaults.Locking(version, WAY, Optional.empty(), 0))) {
            Desk.put(vault, "one", "secret!");
            vault.put(Desk.at("long"), secret, new byte[0], false);
            vault.putValue(Desk.CLIENT, "k", Desk.utf8("v"), Optional.empty());
            vault.save();
        }
        return file;
    }
}

package app.holdfast.core.transport.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {

    @TempDir
    private Path folder;

    @Test
    void aKeyThatWasWrittenIsTheSameWhenReadAgain() throws IdentityException {
        Path file = folder.resolve("key");

        var created = Identity.create(file, new SecureRandom());
        var read = Identity.read(file);

        assertThat(read.id()).isEqualTo(created.id());
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void theIdIsThePublicKeyOfTheSeed() throws IdentityException, IOException {
        // made by npm @number0/iroh 1.1.0
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 7);
        Path file = keyFile(seed, "rw-------");

        var identity = Identity.read(file);

        assertThat(identity.id().hex()).isEqualTo("ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c");
    }

    @Test
    void onlyTheOwnerMayReadTheFile() throws IdentityException, IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = folder.resolve("key");

        Identity.create(file, new SecureRandom());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));

        for (String permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwx-----x"}) {
            Path file = keyFile(new byte[32], permissions);

            assertThatThrownBy(() -> Identity.read(file)).isInstanceOf(IdentityException.class)
                    .hasMessageContaining("others may read").hasMessageContaining(file.toString());
            Files.delete(file);
        }
    }

    @Test
    void aFileThatIsNoKeyIsRefused() throws IOException {
        for (int length : new int[] {0, 31, 33, 100_000}) {
            Path file = keyFile(new byte[length], "rw-------");

            assertThatThrownBy(() -> Identity.read(file)).isInstanceOf(IdentityException.class)
                    .hasMessageContaining("not a key");
            Files.delete(file);
        }
        assertThatThrownBy(() -> Identity.read(folder.resolve("nothing"))).isInstanceOf(IdentityException.class)
                .hasMessageContaining("has no key");
    }

    @Test
    void aKeyIsNeverOverwritten() throws IdentityException {
        Path file = folder.resolve("key");
        var first = Identity.create(file, new SecureRandom());

        assertThatThrownBy(() -> Identity.create(file, new SecureRandom())).isInstanceOf(IdentityException.class);

        assertThat(Identity.read(file).id()).isEqualTo(first.id());
    }

    @Test
    void theSecretIsNeverShown() throws IOException, IdentityException {
        byte[] seed = new byte[32];
        new Random(3).nextBytes(seed);

        var identity = Identity.read(keyFile(seed, "rw-------"));

        assertThat(identity + " " + identity.credentials()).doesNotContain(HexFormat.of().formatHex(seed))
                .contains(identity.id().toString());
    }

    private Path keyFile(byte[] content, String permissions) throws IOException {
        Path file = Files.write(folder.resolve("key"), content);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
        return file;
    }
}

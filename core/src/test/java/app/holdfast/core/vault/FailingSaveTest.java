package app.holdfast.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.holdfast.core.api.OpenVault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Saving while a call to the system fails: `strace` makes one of a child process fail. And in a folder in which an
/// ordinary user may not write; root gives up its right to write anywhere with `setpriv`. Skipped without these tools.
@Tag("vaults")
final class FailingSaveTest {

    private static final Pattern SIBLING = Pattern.compile("\"([^\"]*\\.saving)\"");
    private static final int SECONDS_MAX = 60;

    @TempDir
    private Path folder;
    private Path file;
    private byte[] before;

    @BeforeEach
    void aVault() throws Exception {
        file = Files.createDirectory(folder.resolve("there")).toRealPath().resolve("a.stronghold");
        try (OpenVault vault = new Desk(1).create(file, SavingChild.PASSWORD)) {
            SavingChild.count(vault, 0);
            Desk.put(vault, "one", "1");
            vault.save();
        }
        before = Files.readAllBytes(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync:error=EIO:when=1", "fsync:error=ENOSPC:when=1",
        "?rename,?renameat,?renameat2:error=EIO"})
    void aCallThatFailsBeforeTheFileIsReplacedLeavesItAsItWas(String harm) throws Exception {
        List<String> said = strace(1, "-e", "inject=" + harm);

        assertRefused(said, harm.contains("EIO") ? "Input/output error" : "No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EIO", "EDQUOT"})
    void aWriteThatFailsLeavesTheFileAsItWas(String error) throws Exception {
        strace(1, "-e", "trace=openat", "-o", folder.resolve("trace").toString());
        Matcher sibling = SIBLING.matcher(Files.readString(folder.resolve("trace")));
        assertThat(sibling.find()).isTrue();
        Files.write(file, before); // and the same once more, by the same seed

        List<String> said = strace(1, "-P", sibling.group(1), "-e", "inject=write,pwrite64:error=" + error);

        assertRefused(said, error.equals("EIO") ? "Input/output error" : "Disk quota exceeded");
    }

    /// The file was replaced by then, so it is not "as it was", and is known again when it is saved once more.
    @Test
    void aFolderThatCannotBeSyncedIsSaidAndTheVaultCanBeSavedAgain() throws Exception {
        List<String> said = strace(2, "-e", "inject=fsync:error=EIO:when=2");

        assertThat(said.getFirst()).contains(SavingChild.FAILED + "storage_failed").contains("was written")
                .contains("power cut").contains("Input/output error").doesNotContain("as it was");
        assertThat(said.getLast()).isEqualTo("2");
        assertCount(2);
    }

    @Test
    void aFolderInWhichNothingMayBeWrittenLeavesTheFileAsItWas() throws Exception {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search",
                    "--inh-caps=-dac_override,-dac_read_search"));
            assumeTrue(works("setpriv", "--version"), "setpriv");
        }
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertRefused(child(command, 1), "no permission for");
        } finally {
            Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void assertRefused(List<String> said, String why) throws Exception {
        assertThat(said).singleElement().asString().startsWith(SavingChild.FAILED + "storage_failed " + file)
                .contains("it is as it was").contains(why);
        assertThat(file).hasBinaryContent(before);
        assertThat(SavingChild.siblings(file)).isEmpty();
        assertCount(0);
    }

    private void assertCount(int count) throws Exception {
        try (OpenVault vault = new Desk(2).open(file, SavingChild.PASSWORD)) {
            assertThat(SavingChild.count(vault)).isEqualTo(count);
            assertThat(vault.verify().unreadable()).isEmpty();
            vault.save();
        }
    }

    /// @return what the child said of so many saves
    private List<String> strace(int saves, String... options) throws Exception {
        assumeTrue(works("strace", "-V"), "strace");
        var command = new ArrayList<>(List.of("strace", "-f", "-qq", "-o", "/dev/null"));
        command.addAll(List.of(options));
        return child(command, saves);
    }

    private List<String> child(List<String> before, int saves) throws Exception {
        var command = new ArrayList<>(before);
        command.addAll(SavingChild.program());
        command.addAll(List.of(file.toString(), "0", Integer.toString(saves), "7"));
        Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var lines = child.inputReader()) {
            return lines.lines().toList();
        } finally {
            assertThat(child.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isZero();
        }
    }

    private static boolean works(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}

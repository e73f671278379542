package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.holdfast.core.model.EntryKind;
import app.holdfast.core.volume.PathBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {

    @TempDir
    private Path temp;
    private final LocalDisk disk = new LocalDisk();

    @BeforeEach
    void resolveTemp() throws IOException {
        temp = temp.toRealPath();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherFilesystemBelowIsTheEndOfTheWalk() throws IOException {
        Map<String, Disk.Child> children = list(disk.top(Path.of("/")));

        assertThat(children.get("proc").kind()).isEqualTo(EntryKind.DIRECTORY);
        assertThat(children.get("proc").folder()).isNull();
        assertThat(children.values()).anyMatch(child -> child.folder() != null);
    }

    @Test
    void onlyAFolderCanBeATop() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        Path link = Files.createSymbolicLink(temp.resolve("link"), temp);

        assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> disk.top(file));
        assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> disk.top(link));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> disk.top(temp.resolve("missing")));
    }

    @Test
    void topIsTheSameOnlyAsLongAsItIsTheSameFolder() throws IOException {
        Path top = Files.createDirectory(temp.resolve("top"));
        Disk.Folder before = disk.top(top);
        Disk.Folder meanwhile = disk.top(top);
        Files.move(top, temp.resolve("elsewhere"));
        Files.createDirectory(top);

        assertThat(meanwhile).isEqualTo(before);
        assertThat(disk.top(top)).isNotEqualTo(before);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void folderThatWasReplacedIsNotRead() throws IOException {
        Path secrets = Files.createDirectory(temp.resolve("secrets"));
        Files.writeString(secrets.resolve("key"), "x");
        Path top = Files.createDirectory(temp.resolve("top"));
        Path folder = Files.createDirectory(top.resolve("folder"));
        Disk.Folder found = list(disk.top(top)).get("folder").folder();
        Files.delete(folder);
        Files.createSymbolicLink(folder, secrets);
        List<Disk.Child> told = new ArrayList<>();

        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> disk.list(found, told::add));

        assertThat(told).isEmpty();
    }

    @Test
    void listingEndsWhenNoMoreIsWanted() throws IOException {
        for (int i = 0; i < 10; i++) {
            Files.createFile(temp.resolve("file" + i));
        }
        List<Disk.Child> told = new ArrayList<>();

        boolean all = disk.list(disk.top(temp), child -> told.add(child) && told.size() < 3);

        assertThat(all).isFalse();
        assertThat(told).hasSize(3);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void diskIsTheSameToAProgramStartedWithoutALocale() throws Exception {
        for (byte[] name : new byte[][] {"Grüße.txt".getBytes(StandardCharsets.UTF_8), {'a', (byte) 0xFF}}) {
            Path folder = Files.createDirectory(PathBytes.below(temp, name).orElseThrow());
            Files.createFile(PathBytes.below(folder, name).orElseThrow());
        }
        ProcessBuilder bare = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), LocalDiskTest.class.getName(), temp.toString());
        bare.environment().clear();

        Process process = bare.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        String german = hex("Grüße.txt".getBytes(StandardCharsets.UTF_8)) + " null";
        String undecodable = hex("a\uFFFD".getBytes(StandardCharsets.UTF_8)) + " " + hex(new byte[] {'a', (byte) 0xFF});
        assertThat(output.lines()).containsExactlyInAnyOrder(german, german, undecodable, undecodable);
    }

    /// What the program without a locale runs: prints every name below a folder, as shown and as bytes.
    public static void main(String[] arguments) throws IOException {
        LocalDisk disk = new LocalDisk();
        Deque<Disk.Folder> folders = new ArrayDeque<>(List.of(disk.top(Path.of(arguments[0]))));
        while (!folders.isEmpty()) {
            disk.list(folders.pop(), child -> {
                System.out.println(hex(child.name().getBytes(StandardCharsets.UTF_8)) + " "
                        + (child.rawName() == null ? null : hex(child.rawName())));
                return child.folder() == null || folders.add(child.folder());
            });
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private Map<String, Disk.Child> list(Disk.Folder folder) throws IOException {
        var children = new HashMap<String, Disk.Child>();
        disk.list(folder, child -> {
            children.put(child.name(), child);
            return true;
        });
        return children;
    }
}

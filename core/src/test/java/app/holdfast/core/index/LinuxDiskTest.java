package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.holdfast.core.fake.LoopDrive;
import app.holdfast.core.fake.LoopDrive.Kind;
import app.holdfast.core.volume.PathBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Both ways to the disk see the same.
@EnabledOnOs(OS.LINUX)
class LinuxDiskTest {

    private static final long SEED = Long.getLong("seed", 132);

    @TempDir
    private Path temp;
    private Path top;
    private final Disk linux = LinuxDisk.ofThisSystem();
    private final Disk plain = new LocalDisk();

    @BeforeEach
    void findTop() throws IOException {
        top = temp.toRealPath();
    }

    /// Everything below the top, by path, as one line of facts.
    private TreeMap<String, String> tree(Disk disk) throws IOException {
        TreeMap<String, String> facts = new TreeMap<>();
        List<Disk.Folder> folders = new ArrayList<>(List.of(disk.top(top)));
        for (int i = 0; i < folders.size(); i++) {
            Disk.Folder folder = folders.get(i);
            boolean all = disk.list(folder, child -> {
                String raw = child.rawName() == null ? "" : HexFormat.of().formatHex(child.rawName());
                facts.put(folder.path() + "/" + child.name() + raw, child.kind() + " " + child.size() + " "
                        + child.modifiedMillis() + " " + child.node() + " " + raw + (child.folder() != null));
                if (child.folder() != null) {
                    folders.add(child.folder());
                }
                return true;
            });
            assertThat(all).isTrue();
        }
        return facts;
    }

    @Test
    void theSystemsOwnCallsAreTaken() {
        assertThat(linux).isInstanceOf(LinuxDisk.class);
    }

    @Test
    void bothSeeARandomTreeAlike() throws IOException {
        System.out.println("LinuxDiskTest seed " + SEED);
        new RandomTree(top, new SplittableRandom(SEED)).change(300);

        assertThat(tree(linux)).isEqualTo(tree(plain)).isNotEmpty();
    }

    @Test
    void bothSeeNamesOfAnyBytesLinksAndSpecialFilesAlike() throws Exception {
        for (byte[] name : new byte[][] {{(byte) 0xFF}, "\uFFFD".getBytes(StandardCharsets.UTF_8), {'a', '\n', '%'},
            "e\u0301".getBytes(StandardCharsets.UTF_8), "é".getBytes(StandardCharsets.UTF_8), {(byte) 0xC3}}) {
            Files.createFile(PathBytes.below(top, name).orElseThrow());
        }
        Path folder = Files.createDirectory(PathBytes.below(top, new byte[] {'d', (byte) 0xFE}).orElseThrow());
        Files.writeString(folder.resolve("inside"), "x");
        Files.createSymbolicLink(top.resolve("up"), top);
        Files.createSymbolicLink(top.resolve("dangling"), Path.of("nowhere"));
        Files.createFile(top.resolve("n".repeat(255)));
        assertThat(new ProcessBuilder("mkfifo", top.resolve("pipe").toString()).start().waitFor()).isZero();

        assertThat(tree(linux)).isEqualTo(tree(plain)).hasSize(12);
    }

    /// Drives for several systems count characters of 16 bits: 255 of them are up to 765 bytes.
    @Test
    @Tag("interop")
    void namesOfADriveThatCountsCharactersAreWhole() throws IOException {
        assumeTrue(Kind.NTFS.lack().isEmpty(), () -> Kind.NTFS.lack().orElse(""));
        String begin = "\u6D77".repeat(254);
        try (LoopDrive drive = LoopDrive.make(Kind.NTFS, top.resolve("drive.img"), "names")) {
            Path mount = drive.plugIn(top.resolve("drive"));
            Files.writeString(mount.resolve(begin + "\u6D77"), "1");
            Files.writeString(mount.resolve(begin + "\u6E56"), "2");
            List<String> names = new ArrayList<>();

            boolean all = linux.list(linux.top(mount), child -> names.add(child.name()));

            assertThat(all).isTrue();
            assertThat(names).containsExactlyInAnyOrder(begin + "\u6D77", begin + "\u6E56");
        }
    }

    @Test
    void aFolderLargerThanTheBufferIsReadToItsEnd() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            Files.createFile(top.resolve("a file with a rather long name " + i));
        }

        assertThat(tree(linux)).hasSize(3_000).isEqualTo(tree(plain));
    }

    @Test
    void anotherFolderInItsPlaceIsNotRead() throws IOException {
        Files.createDirectory(top.resolve("a"));
        List<Disk.Folder> folders = new ArrayList<>();
        linux.list(linux.top(top), child -> folders.add(child.folder()));
        Files.move(top.resolve("a"), top.resolve("b"));

        assertThatThrownBy(() -> linux.list(folders.getFirst(), _ -> true)).isInstanceOf(NoSuchFileException.class);
        Files.createDirectory(top.resolve("a"));
        assertThatThrownBy(() -> linux.list(folders.getFirst(), _ -> true)).isInstanceOf(NoSuchFileException.class);
        Files.delete(top.resolve("a"));
        Files.createSymbolicLink(top.resolve("a"), Path.of("b"));
        assertThatThrownBy(() -> linux.list(folders.getFirst(), _ -> true)).isInstanceOf(IOException.class);
    }
}

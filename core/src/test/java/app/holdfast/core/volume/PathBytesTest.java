package app.holdfast.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PathBytesTest {

    private static final List<byte[]> NAMES = List.of(
            utf8("plain.txt"), utf8("Grüße.txt"), utf8("what?"), utf8("100%_'\"\n.txt"), utf8("e\u0301"),
            utf8("\u00e9"), utf8("\uFFFD"), utf8("日本語"), utf8("\uD83D\uDE00"), utf8(" "), utf8("\\x20"),
            new byte[] {(byte) 0xFF}, new byte[] {'a', (byte) 0xC3},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});

    @Test
    void namesOfAnyBytesComeBackFromTheDisk(@TempDir Path folder) throws IOException {
        for (byte[] name : NAMES) {
            Files.createFile(PathBytes.below(folder, name).orElseThrow());
        }

        List<String> found = listAsHex(folder);

        assertThat(found).containsExactlyInAnyOrderElementsOf(NAMES.stream().map(HexFormat.of()::formatHex).toList());
    }

    @Test
    void namesAreTheSameToAProgramStartedWithoutALocale(@TempDir Path folder) throws Exception {
        for (byte[] name : NAMES) {
            Files.createFile(PathBytes.below(folder, name).orElseThrow());
        }
        ProcessBuilder bare = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), PathBytesTest.class.getName(), folder.toString());
        bare.environment().clear();

        Process process = bare.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines()).containsExactlyInAnyOrderElementsOf(
                NAMES.stream().map(HexFormat.of()::formatHex).toList());
    }

    @Test
    void pathsThatLeadElsewhereAreNone() {
        Path top = Path.of("/top");

        assertThat(PathBytes.below(top, utf8("a/b"))).contains(Path.of("/top/a/b"));
        assertThat(PathBytes.below(top, utf8(""))).contains(top);
        for (String bad : List.of("..", "a/../..", ".", "a/.", "a\0b")) {
            assertThat(PathBytes.below(top, utf8(bad))).as(bad).isEmpty();
        }
    }

    @Test
    void textIsGivenOnlyForBytesThatAreIt() {
        Path top = Path.of("/top");

        assertThat(PathBytes.nameText(PathBytes.below(top, utf8("\uFFFD")).orElseThrow())).contains("\uFFFD");
        Path undecodable = PathBytes.below(top, new byte[] {'a', (byte) 0xFF}).orElseThrow();
        assertThat(PathBytes.nameText(undecodable)).isEqualTo(Optional.empty());
        assertThat(PathBytes.shown(undecodable)).isEqualTo("/top/a\uFFFD");
    }

    /// What the program without a locale runs: makes one more name, takes it away, prints what is there.
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path made = PathBytes.below(folder, utf8("später")).orElseThrow();
        Files.delete(Files.createFile(made));
        listAsHex(folder).forEach(System.out::println);
    }

    private static List<String> listAsHex(Path folder) throws IOException {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            children.forEach(child -> names.add(HexFormat.of().formatHex(PathBytes.ofName(child))));
        }
        return names;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

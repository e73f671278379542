package app.holdfast.desktop.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

    @TempDir
    private Path home;
    private Path config;

    @BeforeEach
    void make() throws Exception {
        config = Files.createDirectory(home.resolve(".config"));
    }

    private Optional<Path> find(String said) throws Exception {
        Files.writeString(config.resolve("user-dirs.dirs"), said);
        return Documents.find(home, config);
    }

    @Test
    void aDesktopInGermanHasItsFolderUnderItsName() throws Exception {
        Path german = Files.createDirectory(home.resolve("Dokumente"));
        Files.createDirectory(home.resolve("Documents"));

        assertThat(find("# written by xdg-user-dirs-update\nXDG_MUSIC_DIR=\"$HOME/Musik\"\n"
                + "XDG_DOCUMENTS_DIR=\"$HOME/Dokumente\"\n")).contains(german);
    }

    @Test
    void withoutASettingItIsTheUsualOneIfItIsThere() throws Exception {
        assertThat(Documents.find(home, config)).isEmpty();

        Path usual = Files.createDirectory(home.resolve("Documents"));

        assertThat(Documents.find(home, config)).contains(usual);
    }

    @Test
    void theWholeHomeIsNotProposed() throws Exception {
        Files.createDirectory(home.resolve("Documents"));

        assertThat(find("XDG_DOCUMENTS_DIR=\"$HOME/\"\n")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNoReasonToFail() throws Exception {
        Path usual = Files.createDirectory(home.resolve("Documents"));
        Files.write(config.resolve("user-dirs.dirs"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        Optional<Path> afterNoText = Documents.find(home, config);

        assertThat(afterNoText).contains(usual);
        assertThat(find("XDG_DOCUMENTS_DIR=\"\0\"\nXDG_DOCUMENTS_DIR=\"elsewhere\"\n")).contains(usual);
        assertThat(find("XDG_DOCUMENTS_DIR=\"$HOME/\0\"\n")).contains(usual);
    }
}

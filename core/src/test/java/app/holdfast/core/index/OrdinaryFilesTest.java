package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class OrdinaryFilesTest {

    @TempDir
    private Path temp;

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // who waits for a pipe waits for ever
    void aPipeInTheFilesPlaceIsNotWaitedFor() throws Exception {
        Path pipe = temp.resolve("notes.txt");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThatIOException().isThrownBy(() -> OrdinaryFiles.ofThisSystem().open(pipe))
                .withMessageContaining("no ordinary file");
    }

    @Test
    void aFileIsReadAndALinkIsNot() throws Exception {
        Path file = Files.writeString(temp.resolve("a 'file'\nü"), "what it holds");
        Path link = Files.createSymbolicLink(temp.resolve("link"), file);
        ByteBuffer read = ByteBuffer.allocate(100);

        try (FileChannel channel = OrdinaryFiles.ofThisSystem().open(file)) {
            channel.read(read);
        }

        assertThat(new String(read.array(), 0, read.position(), StandardCharsets.UTF_8)).isEqualTo("what it holds");
        assertThatIOException().isThrownBy(() -> OrdinaryFiles.ofThisSystem().open(link));
        assertThatIOException().isThrownBy(() -> OrdinaryFiles.ofThisSystem().open(temp));
    }
}

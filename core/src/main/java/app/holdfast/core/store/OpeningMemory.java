package app.holdfast.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers outside the library how often it was opened here, so that a restored backup or a copied directory is
/// noticed (R7): the copy has no note, the backup an older count. Noticing wrongly costs one incarnation, nothing
/// else.
final class OpeningMemory {

    private static final Logger LOG = LoggerFactory.getLogger(OpeningMemory.class);

    private final Path file;

    /// @param data the data directory; its real path names the note
    OpeningMemory(Path memory, Path data) {
        Path real;
        try {
            real = data.toRealPath();
        } catch (IOException e) {
            real = data.toAbsolutePath().normalize();
        }
        byte[] name = real.toUri().toString().getBytes(StandardCharsets.UTF_8);
        this.file = memory.resolve(UUID.nameUUIDFromBytes(name) + ".opened");
    }

    /// Where it is noted how much was written during an opening ([SequenceNote]).
    Path written() {
        return file.resolveSibling(file.getFileName() + ".written");
    }

    /// @param nonce drawn at the last opening
    boolean agrees(long openCount, byte[] nonce) {
        try {
            return Files.readString(file).equals(text(openCount, nonce));
        } catch (IOException | RuntimeException e) {
            LOG.debug("no note of an earlier opening: {}", e.getMessage());
            return false;
        }
    }

    /// Written before the database counts on: a crash in between is noticed as a difference.
    void note(long openCount, byte[] nonce) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text(openCount, nonce));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("this opening could not be noted in {}: {}", file, e.getMessage());
        }
    }

    private static String text(long openCount, byte[] nonce) {
        return openCount + "\n" + HexFormat.of().formatHex(nonce) + "\n";
    }
}

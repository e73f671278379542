package app.holdfast.core.store;

import app.holdfast.core.clock.Author;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers outside the library up to which sequence this device has written, so that a copy of the database that
/// was made and put back between two openings is noticed as well (R7): it lacks what was written since.
///
/// Written before each commit that takes a sequence and not forced to the disk. A crash in between, or a power failure
/// that loses the note but not the commit, costs at most one incarnation. Confined to the writer.
final class SequenceNote implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SequenceNote.class);
    private static final int BYTES = 24;

    private final @Nullable FileChannel file;
    private Author author;
    private long sequence;

    private SequenceNote(@Nullable FileChannel file, Author author, long sequence) {
        this.file = file;
        this.author = author;
        this.sequence = sequence;
    }

    /// @param author   the incarnation of this opening
    /// @param sequence what the library covers of it
    static SequenceNote open(Path path, Author author, long sequence) {
        FileChannel file = null;
        try {
            Files.createDirectories(path.getParent());
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.warn("what is written cannot be noted in {}: {}", path, e.getMessage());
        }
        var note = new SequenceNote(file, author, sequence);
        note.write();
        return note;
    }

    /// @return up to where the author has written as far as is known here, 0 when nothing is
    static long of(Path path, Author author) {
        try {
            ByteBuffer note = ByteBuffer.wrap(Files.readAllBytes(path));
            boolean isHis = note.remaining() == BYTES && note.getLong() == author.value().getMostSignificantBits()
                    && note.getLong() == author.value().getLeastSignificantBits();
            return isHis ? note.getLong() : 0;
        } catch (IOException e) {
            LOG.debug("no note of what was written: {}", e.getMessage());
            return 0;
        }
    }

    /// To be called before the commit.
    void raise(Author current, long last) {
        if (current.equals(author) && last <= sequence) {
            return;
        }
        author = current;
        sequence = last;
        write();
    }

    private void write() {
        if (file == null) {
            return;
        }
        try {
            ByteBuffer note = ByteBuffer.allocate(BYTES).putLong(author.value().getMostSignificantBits())
                    .putLong(author.value().getLeastSignificantBits()).putLong(sequence).flip();
            file.write(note, 0);
        } catch (IOException e) {
            LOG.warn("what was written could not be noted: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            LOG.debug("the note did not close", e);
        }
    }
}

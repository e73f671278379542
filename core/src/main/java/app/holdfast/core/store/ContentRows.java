package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Topic;
import app.holdfast.core.model.VolumeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was read in files, written beside their entries (ADR 135). Within a job of the writer.
public final class ContentRows {

    /// What was read in a file, each as an algorithm and a digest; neither is changed by anyone.
    ///
    /// @param sample  of parts of a big file; null when there is nothing new of it
    /// @param content of all of it; null when it was not read whole
    public record Read(UnreadFile file, byte @Nullable [] sample, byte @Nullable [] content) {}

    private final Transaction tx;

    ContentRows(Transaction tx) {
        this.tx = tx;
    }

    /// On filesystems whose times are so coarse a file may be written twice at one time.
    private static final long COARSE_MILLIS = 2_000;

    /// Notes what was read in files of one volume. A file that is another now than when it was read is passed over, and
    /// so is one that may yet be written without its time becoming another.
    ///
    /// @return how many entries were written
    /// @throws CoreException.Refused when another device looks after the volume now
    public int note(VolumeId volume, List<Read> read) throws CoreException.Refused {
        if (!tx.streams().isOfThisDevice(volume.value()) || tx.streams().isLacking(volume.value())) {
            throw new CoreException.Refused("another device looks after this drive now");
        }
        StreamPen pen = tx.pen(volume.value());
        Prepared prepared = tx.state().prepared();
        int written = 0;
        for (Read one : read) {
            UnreadFile file = one.file();
            boolean stands = prepared.finds("select 1 from entry e join location l on l.key = e.location"
                    + " join volume v on v.key = l.volume where e.key = ? and e.id = ? and e.kind = 0 and e.size = ?"
                    + " and e.modified = ? and e.claim is not null and v.id = ?", file.key(), Ids.bytes(file.id()),
                    file.size(), file.modifiedMillis(), Ids.bytes(volume.value()));
            if (stands && !mayChangeUnseen(file.modifiedMillis())) {
                written += prepared.update("update or fail entry set sample = coalesce(?, sample), content = ?,"
                        + " claim = ?, sequence = ? where key = ?", one.sample(), one.content(),
                        pen.claim(), pen.next(), file.key());
            }
        }
        if (written > 0) {
            tx.touch(Topic.ENTRIES);
        }
        return written;
    }

    private boolean mayChangeUnseen(long modifiedMillis) {
        long age = tx.state().time().nowMillis() - modifiedMillis;
        return modifiedMillis % COARSE_MILLIS == 0 && age >= 0 && age <= COARSE_MILLIS;
    }
}

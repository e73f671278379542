package app.holdfast.core.change;

import app.holdfast.core.clock.Author;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A group with the bytes in which its author wrote it, which travel and are logged unchanged. What is read from the
/// log to be sent on is not decoded.
public final class EncodedGroup {

    private final Author author;
    private final long first;
    private final long last;
    private final byte[] bytes;
    private final @Nullable Group group;
    private final List<Optional<byte[]>> snapshots;

    private EncodedGroup(Group group, byte[] bytes, List<Optional<byte[]>> snapshots) {
        this.author = group.author();
        this.first = group.first();
        this.last = group.last();
        this.bytes = bytes;
        this.group = group;
        this.snapshots = snapshots;
    }

    private EncodedGroup(Author author, long first, long last, byte[] bytes) {
        this.author = author;
        this.first = first;
        this.last = last;
        this.bytes = bytes;
        this.group = null;
        this.snapshots = List.of();
    }

    /// @throws IllegalArgumentException as for [ChangeCodec#encode(Group)]
    public static EncodedGroup of(Group group) {
        return of(group, group.events().stream().map(event -> event.snapshot().map(ChangeCodec::encode)).toList());
    }

    /// The same, by whom the snapshots were encoded before.
    ///
    /// @param snapshots the one byte form of each event's, empty for deletes
    public static EncodedGroup of(Group group, List<Optional<byte[]>> snapshots) {
        return new EncodedGroup(group, ChangeCodec.encode(group), List.copyOf(snapshots));
    }

    /// @throws MalformedChange as for [ChangeCodec#decodeGroup], and when a record of it is too large
    public static EncodedGroup read(byte[] bytes) throws MalformedChange {
        Group group = ChangeCodec.decodeGroup(bytes);
        var snapshots = new ArrayList<Optional<byte[]>>(group.events().size());
        for (Event event : group.events()) { // the first that is too large ends it: names may recur in every record
            Optional<byte[]> snapshot = event.snapshot().map(ChangeCodec::encode);
            if (snapshot.isPresent() && snapshot.get().length > ChangeCodec.SNAPSHOT_BYTES_MAX) {
                throw new MalformedChange(0, "a record of " + snapshot.get().length + " bytes, at most "
                        + ChangeCodec.SNAPSHOT_BYTES_MAX + " are taken");
            }
            snapshots.add(snapshot);
        }
        return new EncodedGroup(group, bytes, snapshots);
    }

    /// A group that this program has logged, to be sent on.
    public static EncodedGroup logged(Author author, long first, long last, byte[] bytes) {
        return new EncodedGroup(author, first, last, bytes);
    }

    public Author author() {
        return author;
    }

    public long first() {
        return first;
    }

    public long last() {
        return last;
    }

    /// Not to be changed.
    public byte[] bytes() {
        return bytes;
    }

    /// The chained hash of an author's groups up to this one (`docs/protocol/sync.md`, Heads).
    ///
    /// @param before that of the groups before it, 0 for none
    public long head(long before) {
        CRC32C head = new CRC32C();
        head.update(ByteBuffer.allocate(Long.BYTES).putLong(0, before));
        head.update(bytes);
        return head.getValue();
    }

    /// @throws IllegalStateException for one that is only to be sent on
    public Group group() {
        if (group == null) {
            throw new IllegalStateException("a logged group was not decoded");
        }
        return group;
    }

    /// The one byte form of each event's snapshot, empty for deletes; nothing for one that is only to be sent on.
    public List<Optional<byte[]>> snapshots() {
        return snapshots;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedGroup that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "EncodedGroup[" + author + " " + first + "-" + last + ", " + bytes.length + " bytes]";
    }
}

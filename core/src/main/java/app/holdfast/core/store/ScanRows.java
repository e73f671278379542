package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.model.LocationId;
import java.util.UUID;

/// What the merges of one running scan know from one to the next, so that none builds on rows that are not there.
///
/// A merge can be undone after it has ended, when its transaction fails, and the next may be about to run by then.
/// Made by the scan, used by the writer alone.
public final class ScanRows {

    private static final UUID NO_ROW = new UUID(0, 0);

    private final LocationId location;
    private final boolean confirmed;
    private long claim = EntryStatements.NONE;
    private long mark;
    private boolean isMerging;
    private boolean isSettling;
    private long lastKey = EntryStatements.NONE;
    private UUID lastId = NO_ROW;
    private long firstKey = EntryStatements.NONE;
    private boolean hadRows;
    private final MissingRows missing = new MissingRows();

    public ScanRows(LocationId location) {
        this(location, false);
    }

    /// @param confirmed whether a person said that most of the location may be gone
    public ScanRows(LocationId location, boolean confirmed) {
        this.location = location;
        this.confirmed = confirmed;
    }

    boolean isConfirmed() {
        return confirmed;
    }

    LocationId location() {
        return location;
    }

    boolean hasInserted() {
        return lastKey != EntryStatements.NONE;
    }

    /// The key and id of a row that the last merge with an insert made.
    long lastKey() {
        return lastKey;
    }

    UUID lastId() {
        return lastId;
    }

    /// @param lastStands whether the row of [#lastKey] is there
    /// @throws CoreException.Refused when an earlier merge was undone, or the stream stands on another claim than
    /// then
    void begin(StreamPen pen, boolean lastStands) throws CoreException.Refused {
        if (claim != EntryStatements.NONE && claim != pen.claim()) {
            throw new CoreException.Refused("this drive changed hands during the scan");
        }
        if (isMerging || !lastStands && !isSettling || pen.mark() < mark) {
            throw new CoreException.Refused("an earlier part of this scan was not written");
        }
        claim = pen.claim();
        isMerging = true;
    }

    /// Called at the first merge.
    ///
    /// @param greatestKey of any entry before it
    /// @param rows        whether the location had some
    void starts(long greatestKey, boolean rows) {
        firstKey = greatestKey;
        hadRows = rows;
    }

    /// Called at every merge, before it puts anything in. The greatest keys may have become free since the last one,
    /// when another location was taken out, and are given again to what comes now. No row that this scan put in is
    /// among them: the last of those is there, with a key beyond [#firstKey], so that this does not come down any more.
    ///
    /// @param greatestKey of any entry there is
    void goesOnAfter(long greatestKey) {
        firstKey = Math.min(firstKey, greatestKey);
    }

    boolean hasStarted() {
        return firstKey != EntryStatements.NONE;
    }

    /// Rows with a greater key are of this scan, or came beside it.
    long firstKey() {
        return firstKey;
    }

    /// Whether what is found may have been known under another name.
    boolean hadRows() {
        return hadRows;
    }

    /// Whether all that was not found has been dealt with. Any thread, after the job.
    public boolean isSettled() {
        return missing.isEmpty();
    }

    MissingRows missing() {
        return missing;
    }

    /// Rows that the scan put in may go from now on, so that none of them proves anything.
    void settles() {
        isSettling = true;
    }

    void inserted(long key, UUID id) {
        lastKey = key;
        lastId = id;
    }

    void end(StreamPen pen) {
        mark = pen.mark();
        isMerging = false;
    }
}

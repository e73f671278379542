package app.holdfast.core.library;

import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.store.BackfillState;
import app.holdfast.core.sync.SyncNote;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Whether this device has joined a library and has never had all of it yet, for those who do not ask the writer. The
/// conversations find out when it is over (ADR 228). Any thread.
final class Backfill {

    private final OpenLibrary library;
    private final AtomicBoolean underWay = new AtomicBoolean();

    Backfill(OpenLibrary library) {
        this.library = library;
    }

    /// Reads how it was when the program ended.
    void resume(Optional<String> setting) {
        underWay.set(BackfillState.isUnderWay(setting));
    }

    /// This device has joined.
    void begun() {
        underWay.set(true);
        library.timeline().note(Kind.BACKFILL_BEGUN, Optional.empty(), Map.of());
    }

    /// A conversation has brought something about; it goes to the timeline as well.
    void noted(SyncNote note) {
        if (note.kind() == Kind.BACKFILL_ENDED) {
            underWay.set(false);
        }
        library.timeline().note(note.kind(), note.peer(), note.details());
    }

    boolean isUnderWay() {
        return underWay.get();
    }
}

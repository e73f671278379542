package app.holdfast.core.library;

import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.api.Topic;
import app.holdfast.core.store.Transaction;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Whether this device has joined a library and has never had all of it yet; stored, so that a restart in the middle
/// goes on. Any thread.
final class Backfill {

    private static final String SETTING = "backfill";
    private static final String UNDER_WAY = "under way";
    private static final String DONE = "done";

    private final OpenLibrary library;
    private final AtomicBoolean underWay = new AtomicBoolean();

    Backfill(OpenLibrary library) {
        this.library = library;
    }

    /// Reads how it was when the program ended.
    void resume(Optional<String> setting) {
        underWay.set(setting.filter(UNDER_WAY::equals).isPresent());
    }

    static String setting() {
        return SETTING;
    }

    /// In the transaction in which this device joins.
    static void begin(Transaction tx) {
        tx.own().set(SETTING, UNDER_WAY);
    }

    /// That transaction has committed.
    void begun() {
        underWay.set(true);
        library.timeline().note(Kind.BACKFILL_BEGUN, Optional.empty(), Map.of());
    }

    /// This device has the same as another one.
    void upToDate() {
        if (underWay.compareAndSet(true, false)) {
            library.timeline().note(Kind.BACKFILL_ENDED, Optional.empty(), Map.of());
            Unawaited.run("noting that all is here", library.store().writer().submit(tx -> {
                tx.own().set(SETTING, DONE);
                tx.touch(Topic.SYNC);
                return true;
            }));
        }
    }

    boolean isUnderWay() {
        return underWay.get();
    }
}

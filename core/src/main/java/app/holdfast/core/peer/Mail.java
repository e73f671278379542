package app.holdfast.core.peer;

import app.holdfast.core.sync.Progress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What an engine can be told.
sealed interface Mail {

    /// There is a link.
    record Met(Meeting meeting) implements Mail {}

    record DialFailed(IOException cause) implements Mail {}

    /// A step was taken.
    ///
    /// @param newest the progress, of which the engine takes the newest only
    record Progressed(Meeting over, AtomicReference<@Nullable Progress> newest) implements Mail {}

    /// A link is not used any more.
    record Ended(Meeting over, Ending how) implements Mail {}

    record SyncNow(CompletableFuture<Void> done) implements Mail {}

    /// What a [SyncNow] over a link has found.
    record Checked(CompletableFuture<Void> done, boolean upToDate) implements Mail {}

    record Addresses(List<InetSocketAddress> addresses) implements Mail {}

    /// What the person has decided.
    record Ruled(PeerRule rule) implements Mail {}

    /// The conversation is to begin anew.
    record Relink() implements Mail {}

    record Close() implements Mail {}

    /// It was told too late.
    default void returnToSender() {
        switch (this) {
            case Met met -> met.meeting().end();
            case SyncNow now -> now.done().complete(null);
            case Checked checked -> checked.done().complete(null);
            case DialFailed _, Progressed _, Ended _, Addresses _, Ruled _, Relink _, Close _ -> { }
        }
    }
}

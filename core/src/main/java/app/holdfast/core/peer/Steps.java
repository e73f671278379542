package app.holdfast.core.peer;

import app.holdfast.core.store.Transactor;
import app.holdfast.core.sync.Progress;
import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.SyncSession;
import app.holdfast.core.sync.Turn;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/// The steps of one conversation, each a job of the library's writer: a future completes once the job's transaction
/// has committed. One step is taken at a time; after a failed one, or a violation, none is taken any more but the end.
///
/// A future that fails with `CoreException.Busy` means that the step was not taken and may be tried again; any other
/// failure ends the link.
///
/// @param open    what to say first
/// @param receive what to say to a message
/// @param news    what to say because something was committed
/// @param end     the link is gone; once, after all other steps
public record Steps(Supplier<CompletableFuture<Step>> open, Function<SyncMessage, CompletableFuture<Step>> receive,
        Supplier<CompletableFuture<Step>> news, Supplier<CompletableFuture<Boolean>> end) {

    /// A step that was taken.
    ///
    /// @param turn     what is to be said, in this order, and whether the conversation must end
    /// @param progress how far the conversation is now
    public record Step(Turn turn, Progress progress) {}

    /// @param session a new one
    public static Steps of(Transactor writer, SyncSession session) {
        return new Steps(
                () -> writer.submit(tx -> new Step(session.open(tx), session.progress())),
                message -> writer.submit(tx -> new Step(session.receive(tx, message), session.progress())),
                () -> writer.submit(tx -> new Step(session.news(tx), session.progress())),
                () -> writer.submit(_ -> {
                    session.end();
                    return true;
                }));
    }
}

package app.holdfast.core.library;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Futures that nobody waits for: their failures go to the log.
final class Unawaited {

    private static final Logger LOG = LoggerFactory.getLogger(Unawaited.class);

    private Unawaited() {
    }

    /// @param what is being done, for the log
    static void run(String what, CompletableFuture<?> future) {
        var _ = future.whenComplete((_, failure) -> {
            Throwable cause = failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
            boolean closing = cause instanceof CancellationException || cause instanceof RejectedExecutionException;
            if (cause != null && !closing) {
                LOG.warn("{} failed", what, cause);
            }
        });
    }
}

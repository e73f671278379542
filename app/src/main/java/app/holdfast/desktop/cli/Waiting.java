package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/// Waits on the command's own thread for what the core does on its threads.
final class Waiting {

    private Waiting() {}

    /// @throws CliException when the caller went away or the instance is ending
    static <T> T on(CompletionStage<T> stage) throws CoreException, CliException {
        try {
            return stage.toCompletableFuture().get();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CoreException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    static CliException interrupted() {
        return new CliException("interrupted", "the command was interrupted");
    }
}

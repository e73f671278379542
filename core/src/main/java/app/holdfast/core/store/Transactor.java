package app.holdfast.core.store;

import java.util.concurrent.CompletableFuture;

/// Where changes are carried out: the library's writer in the program, whatever runs them in order in a simulation.
public interface Transactor {

    /// Has the job run in a transaction, after all that were submitted before it.
    ///
    /// @return completes once the transaction has committed; fails with the job's
    /// [app.holdfast.core.api.CoreException], in
    ///         which case the job changed nothing
    <T> CompletableFuture<T> submit(Job<T> job);
}

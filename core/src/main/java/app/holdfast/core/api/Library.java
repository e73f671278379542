package app.holdfast.core.api;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/// One open library, as a screen or a command sees it. Safe for any thread; never blocks except in [#ask].
public interface Library {

    /// Has the command carried out by the library's writer.
    ///
    /// @return the revision of the commit that holds it; fails with a [CoreException]; completed on a thread of the
    /// core's
    CompletionStage<Long> submit(Command command);

    /// Asks now and again after every commit that touched what the question looked at. When commits outrun the
    /// listener only the newest answer survives.
    ///
    /// @param question reads, and returns immutable values; runs on a reader thread
    /// @param listener runs on a thread of the core's, one call at a time
    <T> Subscription observe(Function<LibraryReader, T> question, Consumer<T> listener);

    /// Asks once and waits for the answer. Not for the screen's thread.
    <T> T ask(Function<LibraryReader, T> question);

    /// Hears of moments. A missed one loses a toast, never data: all state is to be had by questions.
    Subscription listen(Consumer<CoreEvent> listener);
}

package app.holdfast.core;

import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// What a test of whole libraries waits for; it fails when that does not come.
final class Awaited {

    private static final long SECONDS_MAX = 60;

    private Awaited() {
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /// @return the first answer to a question, which is asked again after each change, that is not empty
    static <T> T await(Holdfast device, Function<LibraryReader, Optional<T>> question) throws Exception {
        CompletableFuture<T> found = new CompletableFuture<>();
        try (Subscription _ = device.library().observe(question, answer -> answer.ifPresent(found::complete))) {
            return get(found);
        }
    }
}

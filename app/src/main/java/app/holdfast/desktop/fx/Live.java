package app.holdfast.desktop.fx;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The one bridge between the core's threads and the screen's. Whatever a listener is told here, it is told on the
/// screen's thread; each observation has at most one update waiting there, so a busy core never floods it.
///
/// Called from the screen's thread.
public final class Live {

    /// Moments that may wait for the screen. When it is full, further ones are dropped: a moment is worth a toast only.
    private static final int MOMENTS_WAITING_MAX = 100;
    /// Counts that change with every commit are shown this often.
    private static final long CALM_MILLIS = 500;

    private final Library library;
    private final Executor screen;
    private final Executor later;
    private final AtomicInteger momentsWaiting = new AtomicInteger();

    public static Live onScreen(Library library) {
        return new Live(library, screen(),
                CompletableFuture.delayedExecutor(CALM_MILLIS, TimeUnit.MILLISECONDS, screen()));
    }

    /// The screen's thread, for what happens before a library is open.
    public static Executor screen() {
        return Platform::runLater;
    }

    /// @param screen runs what is to happen on the screen's thread
    /// @param later  does so after [#CALM_MILLIS]
    public Live(Library library, Executor screen, Executor later) {
        this.library = library;
        this.screen = screen;
        this.later = later;
    }

    /// Keeps the listener told of the newest answer. Nothing arrives after the subscription was closed.
    public <T> Subscription watch(Function<LibraryReader, T> question, Consumer<? super T> listener) {
        return watch(question, listener, false);
    }

    /// The same, but twice a second at most.
    public <T> Subscription watchCalmly(Function<LibraryReader, T> question, Consumer<? super T> listener) {
        return watch(question, listener, true);
    }

    /// Keeps the list equal to the newest answer.
    public <T> Subscription list(Function<LibraryReader, List<T>> question, ObservableList<T> target) {
        return watch(question, target::setAll);
    }

    /// Runs something on the screen's thread after half a second.
    public void calmly(Runnable task) {
        later.execute(task);
    }

    /// Asks once.
    public <T> void once(Function<LibraryReader, T> question, Consumer<? super T> listener) {
        var first = new AtomicBoolean(true);
        var subscription = new AtomicReference<@Nullable Subscription>();
        subscription.set(library.observe(question, answer -> {
            if (first.compareAndSet(true, false)) {
                screen.execute(() -> {
                    closeIfThere(subscription.get());
                    listener.accept(answer);
                });
            }
        }));
        if (!first.get()) {
            closeIfThere(subscription.get());
        }
    }

    public Subscription moments(Consumer<CoreEvent> listener) {
        return library.listen(moment -> {
            if (momentsWaiting.incrementAndGet() > MOMENTS_WAITING_MAX) {
                momentsWaiting.decrementAndGet();
                return;
            }
            screen.execute(() -> {
                momentsWaiting.decrementAndGet();
                listener.accept(moment);
            });
        });
    }

    /// @param failed told of a [app.holdfast.core.api.CoreException] or of a bug
    public void submit(Command command, Runnable done, Consumer<Throwable> failed) {
        await(library.submit(command), _ -> done.run(), failed);
    }

    /// Tells how something ended that core does.
    public <T> void await(CompletionStage<T> stage, Consumer<? super T> done, Consumer<Throwable> failed) {
        var _ = stage.handle((value, failure) -> {
            screen.execute(() -> {
                if (failure == null) {
                    done.accept(value);
                } else {
                    failed.accept(cause(failure));
                }
            });
            return value;
        });
    }

    /// Runs something on the screen's thread, for callbacks that core makes on its own.
    public void onScreen(Runnable task) {
        screen.execute(task);
    }

    private <T> Subscription watch(Function<LibraryReader, T> question, Consumer<? super T> listener, boolean calmly) {
        var newest = new AtomicReference<@Nullable T>();
        var open = new AtomicBoolean(true);
        var lastNanos = new AtomicLong(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(CALM_MILLIS));
        Subscription subscription = library.observe(question, answer -> {
            boolean nothingWaits = newest.getAndSet(answer) == null;
            if (!nothingWaits) {
                return;
            }
            boolean tooSoon = System.nanoTime() - lastNanos.get() < TimeUnit.MILLISECONDS.toNanos(CALM_MILLIS);
            (calmly && tooSoon ? later : screen).execute(() -> {
                lastNanos.set(System.nanoTime());
                T latest = newest.getAndSet(null);
                if (open.get() && latest != null) {
                    listener.accept(latest);
                }
            });
        });
        return () -> {
            open.set(false);
            subscription.close();
        };
    }

    private static void closeIfThere(@Nullable Subscription subscription) {
        if (subscription != null) {
            subscription.close();
        }
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}

package app.holdfast.core.library;

import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.Topic;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/// Questions that stay answered: asked again after whatever touched what they looked at. When answers are slower than
/// commits, those in between are skipped.
///
/// Safe for any thread. [#touched] never waits.
final class LiveQuestions {

    /// Has a question answered on a reader thread, noting in the set what it looked at. The answer is empty when the
    /// question failed.
    interface Asking {
        <T> void ask(Function<LibraryReader, T> question, Set<Topic> lookedAt, Consumer<Optional<T>> then);
    }

    private enum State { IDLE, ASKING, ASK_AGAIN, CLOSED }

    private final List<Live<?>> live = new CopyOnWriteArrayList<>();
    private final Asking asking;

    LiveQuestions(Asking asking) {
        this.asking = asking;
    }

    <T> Subscription observe(Function<LibraryReader, T> question, Consumer<T> listener) {
        Live<T> started = new Live<>(question, listener);
        live.add(started);
        started.touched();
        return () -> {
            started.state.set(State.CLOSED);
            live.remove(started);
        };
    }

    void touched(Set<Topic> topics) {
        for (Live<?> question : live) {
            if (question.looksAt(topics)) {
                question.touched();
            }
        }
    }

    private final class Live<T> {
        private final Function<LibraryReader, T> question;
        private final Consumer<T> listener;
        private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
        private final AtomicReference<Set<Topic>> lookedAt = new AtomicReference<>(EnumSet.allOf(Topic.class));

        private Live(Function<LibraryReader, T> question, Consumer<T> listener) {
            this.question = question;
            this.listener = listener;
        }

        private boolean looksAt(Set<Topic> topics) {
            return state.get() == State.ASKING
                    || topics.stream().anyMatch(Objects.requireNonNull(lookedAt.get())::contains);
        }

        private void touched() {
            State before = state.getAndUpdate(now -> switch (now) {
                case IDLE -> State.ASKING;
                case ASKING, ASK_AGAIN -> State.ASK_AGAIN;
                case CLOSED -> State.CLOSED;
            });
            if (before == State.IDLE) {
                ask();
            }
        }

        private void ask() {
            Set<Topic> looked = EnumSet.noneOf(Topic.class);
            asking.ask(question, looked, answer -> {
                if (answer.isPresent() && state.get() != State.CLOSED) {
                    lookedAt.set(looked);
                    listener.accept(answer.get());
                }
                State after = state.updateAndGet(now -> switch (now) {
                    case ASKING, IDLE -> State.IDLE;
                    case ASK_AGAIN -> State.ASKING;
                    case CLOSED -> State.CLOSED;
                });
                if (after == State.ASKING) {
                    ask();
                }
            });
        }
    }
}

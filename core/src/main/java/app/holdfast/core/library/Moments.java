package app.holdfast.core.library;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Tells moments to whoever listens. Any thread; a listener must be quick.
final class Moments {

    private final List<Consumer<CoreEvent>> listeners = new CopyOnWriteArrayList<>();

    Subscription listen(Consumer<CoreEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(CoreEvent moment) {
        listeners.forEach(listener -> listener.accept(moment));
    }
}

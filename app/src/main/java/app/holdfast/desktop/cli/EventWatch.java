package app.holdfast.desktop.cli;

import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.model.DeviceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Prints what happens between the devices: once, or until the caller goes away.
final class EventWatch {

    /// What is asked for at once while following; more in one moment are not shown.
    private static final int FOLLOWED_MAX = 1_000;

    private final Invocation invocation;
    private final Library library;

    EventWatch(Invocation invocation, Library library) {
        this.invocation = invocation;
        this.library = library;
    }

    /// @param names of devices that are known
    private record Answer(List<SyncEvent> events, Map<DeviceId, String> names) {}

    private static Answer ask(LibraryReader reader, int limit, long after) {
        Map<DeviceId, String> names = new HashMap<>();
        reader.devices().forEach(device -> names.put(device.id(), device.name()));
        return new Answer(reader.syncEvents(limit, after).reversed(), names);
    }

    void show(int limit) {
        Answer answer = library.ask(reader -> ask(reader, limit, 0));
        invocation.answer(Shapes.list(answer.events, event -> SyncShapes.event(event, answer.names)),
                () -> text(answer));
    }

    /// One line for each, a JSON document each if that was asked for.
    void follow(int limit) throws CliException {
        AtomicLong last = new AtomicLong();
        show(library.ask(reader -> ask(reader, limit, 0)), last);
        try (Subscription _ = library.observe(reader -> ask(reader, FOLLOWED_MAX, last.get()),
                answer -> show(answer, last))) {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw Waiting.interrupted();
        }
    }

    private synchronized void show(Answer answer, AtomicLong last) {
        for (SyncEvent event : answer.events) {
            if (event.id() > last.get()) {
                last.set(event.id());
                invocation.answer(SyncShapes.event(event, answer.names),
                        () -> text(new Answer(List.of(event), answer.names)));
            }
        }
    }

    private String text(Answer answer) {
        var prose = new SyncProse(invocation.words());
        var text = new StringBuilder();
        answer.events.forEach(event -> text.append(prose.event(event, answer.names)));
        return text.toString();
    }
}

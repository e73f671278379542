package app.holdfast.core.library;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.api.SyncEvent.Level;
import app.holdfast.core.clock.TimeSource;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.EventLog;
import app.holdfast.core.store.LibraryStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What happened between this device and others: the newest in memory, for questions, and all of it on its way to the
/// store. Any thread; never waits, so what is noted in the last moment before a crash may be lost.
final class Timeline {

    /// The same about the same device is noted once in this time, for kinds that come again and again.
    private static final long AGAIN_MILLIS = 600_000;

    private final LibraryStore store;
    private final TimeSource time;
    private final Runnable touched;
    /// The newest last.
    private final Deque<SyncEvent> newest = new ArrayDeque<>();
    private final List<SyncEvent> unwritten = new ArrayList<>();
    private final Map<DeviceId, Long> talks = new HashMap<>();

    /// @param touched told when there is something new; quick
    Timeline(LibraryStore store, TimeSource time, Runnable touched) {
        this.store = store;
        this.time = time;
        this.touched = touched;
        newest.addAll(store.writer().submit(_ -> store.events().all()).join());
    }

    /// The conversation that a device is in now, so that what is noted about it can be told apart; 0 for none.
    synchronized void talks(DeviceId device, long conversation) {
        talks.put(device, conversation);
    }

    /// Who belongs to the library now, and who did before; nobody at the first reading.
    void members(Set<DeviceId> before, Set<DeviceId> now) {
        if (before.isEmpty()) {
            return;
        }
        now.stream().filter(device -> !before.contains(device)).forEach(device ->
                note(Kind.MEMBER_ADDED, device, Map.of()));
        before.stream().filter(device -> !now.contains(device)).forEach(device ->
                note(Kind.MEMBER_FORGOTTEN, device, Map.of()));
    }

    void note(Kind kind, DeviceId device, Map<String, String> details) {
        note(kind, Optional.of(device), details);
    }

    void note(Kind kind, Optional<DeviceId> device, Map<String, String> details) {
        if (add(kind, device, details)) {
            Unawaited.run("noting what happened", store.writer().submit(_ -> {
                store.events().append(takeUnwritten());
                return true;
            }));
        }
        touched.run();
    }

    /// @return whether it has to be written, by a job that has not been submitted yet
    private synchronized boolean add(Kind kind, Optional<DeviceId> device, Map<String, String> details) {
        long now = time.nowMillis();
        boolean again = kind == Kind.QUARANTINED && newest.stream().anyMatch(event -> event.kind() == kind
                && event.device().equals(device) && now - event.time().toEpochMilli() < AGAIN_MILLIS);
        if (again) {
            return false;
        }
        long id = newest.isEmpty() ? 1 : newest.getLast().id() + 1;
        long talk = device.map(known -> talks.getOrDefault(known, 0L)).orElse(0L);
        var event = new SyncEvent(id, Instant.ofEpochMilli(now), level(kind), kind, device, talk, details);
        newest.addLast(event);
        if (newest.size() > EventLog.EVENTS_MAX) {
            newest.removeFirst();
        }
        unwritten.add(event);
        if (unwritten.size() > EventLog.EVENTS_MAX) {
            unwritten.removeFirst();
        }
        return unwritten.size() == 1 || unwritten.size() == EventLog.EVENTS_MAX;
    }

    private synchronized List<SyncEvent> takeUnwritten() {
        List<SyncEvent> taken = List.copyOf(unwritten);
        unwritten.clear();
        return taken;
    }

    /// Newest first.
    ///
    /// @param after only those with a greater id
    synchronized List<SyncEvent> newest(int limit, long after) {
        return newest.reversed().stream().takeWhile(event -> event.id() > after).limit(limit).toList();
    }

    private static Level level(Kind kind) {
        return switch (kind) {
            case LINKED, LINK_LOST, PAUSED_THERE, UP_TO_DATE, RECONCILED, BACKFILL_BEGUN, BACKFILL_ENDED, SETTLED,
                    MEMBER_ADDED, MEMBER_FORGOTTEN, PAUSED, RESUMED, LIMITED, DRIVE_MOVED -> Level.INFO;
            case QUARANTINED, DIFFERED, STREAM_GIVEN_UP, CONFLICT, RENEWED, REPAIRED, REFUSED, DRIVE_TWICE ->
                    Level.WARNING;
            case BROKEN, TWICE -> Level.ERROR;
        };
    }
}

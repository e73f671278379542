package app.holdfast.desktop.memory;

import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.api.SyncEvent.Level;
import app.holdfast.core.api.Throughput;
import app.holdfast.core.model.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What happened between Maren's devices this morning.
public final class MarenSync {

    public static final SyncConflict COLOR = new SyncConflict(
            new SyncConflict.Field("tag", new UUID(3, 3), "color"), "Nordlicht",
            version("blue", 2, "studio-pc", "2026-11-21T11:20:00Z"),
            List.of(version("green", 4, "old-thinkpad", "2026-11-03T18:40:00Z")));
    public static final SyncConflict NAME = new SyncConflict(
            new SyncConflict.Field("tag", new UUID(3, 5), "name"), "Iceland",
            version("Iceland", 1, "maren-laptop", "2026-11-21T11:02:11Z"),
            List.of(version("Iceland 2026, all of it and the way there by ferry", 2, "studio-pc",
                    "2026-11-21T11:02:09Z"), version("Island", 3, "attic-nas", "2026-11-20T09:00:00Z")));

    private MarenSync() {
    }

    public static void fill(MemoryLibrary library) {
        MemorySync sync = library.sync;
        sync.conflicts.add(NAME);
        sync.conflicts.add(COLOR);
        event(sync, "08:15:00", Kind.BACKFILL_ENDED, Optional.empty(), Map.of());
        event(sync, "10:46:02", Kind.BROKEN, device(3), Map.of("reason", "a second hello"));
        event(sync, "10:47:30", Kind.LINK_LOST, device(4), Map.of("reason", "the peer ended the link"));
        event(sync, "11:02:11", Kind.CONFLICT, device(2), Map.of("model", "tag", "field", "name"));
        event(sync, "11:20:51", Kind.LINKED, device(2), Map.of());
        event(sync, "11:20:56", Kind.UP_TO_DATE, device(2), Map.of());
        event(sync, "11:21:08", Kind.QUARANTINED, device(4), Map.of("millis", "95000"));
        event(sync, "11:58:00", Kind.LIMITED, device(3), Map.of("bytesPerSecond", "2000000"));
        List<Long> sent = new ArrayList<>();
        List<Long> received = new ArrayList<>();
        for (int i = 0; i < 119; i++) {
            sent.add((long) (5_500_000 + 4_000_000 * Math.sin(i / 9.0) * Math.cos(i / 31.0)));
            received.add((long) (1_200_000 + 900_000 * Math.sin(i / 14.0)));
        }
        sync.throughput = new Throughput(Duration.ofSeconds(5), sent, received);
    }

    private static Optional<DeviceId> device(int number) {
        return Optional.of(MemoryFiles.device(number));
    }

    private static void event(MemorySync sync, String time, Kind kind, Optional<DeviceId> device,
            Map<String, String> details) {
        Level level = switch (kind) {
            case BROKEN -> Level.ERROR;
            case CONFLICT, QUARANTINED -> Level.WARNING;
            default -> Level.INFO;
        };
        sync.events.add(new SyncEvent(sync.events.size() + 1L, Instant.parse("2026-11-21T" + time + "Z"), level, kind,
                device, 7, details));
    }

    private static SyncConflict.Version version(String value, int device, String name, String time) {
        return new SyncConflict.Version(value + device, value, device(device), Optional.of(name), Instant.parse(time));
    }
}

package app.holdfast.core.library;

import app.holdfast.core.api.Checkup.Standing;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent.Kind;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.Topic;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.peer.PeerRule;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.CatalogueReader.StoredDevice;
import app.holdfast.core.store.ChangeLog;
import app.holdfast.core.store.LibraryWriter;
import app.holdfast.core.store.Transaction;
import app.holdfast.core.sync.Poll;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// What a person decides about sync: pause, limit, settle. Stored, so that it holds after a restart. Any thread.
final class SyncControl {

    private static final String PAUSED = "sync.paused";
    private static final String RATE = "sync.rate";
    /// Slower than this a frame would take minutes.
    private static final long RATE_MIN = 1_000;

    private static final Duration POLLED = Duration.ofSeconds(10);

    private final OpenLibrary library;
    private final AtomicReference<Map<DeviceId, Standing>> standings = new AtomicReference<>(Map.of());

    SyncControl(OpenLibrary library) {
        this.library = library;
    }

    /// What was decided for each device, and for all.
    record Rules(Map<DeviceId, PeerRule> each, PeerRule all) {

        static Rules read(CatalogueReader reader, List<StoredDevice> devices) {
            Map<DeviceId, PeerRule> each = new HashMap<>();
            devices.forEach(device -> each.put(device.id(), new PeerRule(device.paused(), device.bytesPerSecond())));
            return new Rules(each, new PeerRule(reader.setting(PAUSED).filter("true"::equals).isPresent(),
                    reader.setting(RATE).map(Long::parseLong).orElse(0L)));
        }
    }

    static SyncStatus.Rule shown(PeerRule rule) {
        return new SyncStatus.Rule(rule.paused(), Optional.of(rule.bytesPerSecond()).filter(rate -> rate > 0));
    }

    CompletableFuture<Long> pause(Optional<DeviceId> device, boolean paused) {
        return noted(paused ? Kind.PAUSED : Kind.RESUMED, device, Map.of(), tx -> {
            if (device.isPresent()) {
                tx.own().pausePeer(known(tx, device.get()), paused);
            } else {
                tx.own().set(PAUSED, Boolean.toString(paused));
            }
        });
    }

    CompletableFuture<Long> limit(Optional<DeviceId> device, Optional<Long> bytesPerSecond) {
        long rate = bytesPerSecond.orElse(0L);
        return noted(Kind.LIMITED, device, Map.of("bytesPerSecond", Long.toString(rate)), tx -> {
            if (bytesPerSecond.isPresent() && rate < RATE_MIN) {
                throw new CoreException.Refused("at least " + RATE_MIN + " bytes a second");
            }
            if (device.isPresent()) {
                tx.own().limitPeer(known(tx, device.get()), rate);
            } else {
                tx.own().set(RATE, Long.toString(rate));
            }
        });
    }

    CompletableFuture<Long> settle(SyncConflict.Field about, Optional<String> version) {
        Map<String, String> details = Map.of("model", about.model(), "record", about.record().toString(),
                "field", about.name(), "taken", Boolean.toString(version.isPresent()));
        return noted(Kind.SETTLED, Optional.empty(), details, tx -> tx.conflicts().settle(about, version));
    }

    /// Asks who is linked whether it holds what is held here.
    CompletableFuture<Long> poll() {
        LibraryWriter writer = library.store().writer();
        Poll poll = new Poll(library.online());
        return library.write(tx -> {
            tx.touch(Topic.SYNC);
            library.desk().poll(poll);
        }).thenCompose(_ -> {
            CompletableFuture.delayedExecutor(POLLED.toMillis(), TimeUnit.MILLISECONDS).execute(() ->
                    Unawaited.run("the end of a poll", library.write(_ -> poll.end())));
            return poll.promised();
        }).thenApply(answers -> {
            standings.set(answers);
            return writer.revision();
        });
    }

    /// To be called before the writer is closed, which does all that was asked of it: a poll that still waits ends.
    void close() {
        Unawaited.run("the end of all polls", library.write(_ -> library.desk().endPolls()));
    }

    /// How the devices stood at the last poll; who is missing was not linked.
    Map<DeviceId, Standing> standings() {
        return Objects.requireNonNull(standings.get());
    }

    /// Mends what a checkup finds. Where something has to be got again from other devices, they are linked anew.
    CompletableFuture<Long> repair() {
        return library.store().writer().submit(tx -> {
            ChangeLog log = library.store().writer().log();
            boolean fetch = tx.doctoring().repair(log);
            VersionVector covered = tx.shared().vector();
            boolean isDamaged = !log.check(covered).isEmpty();
            if (isDamaged && !(log.forgetGroups() && log.check(covered).isEmpty())) {
                log.clear();
            }
            library.desk().checkAll();
            return fetch;
        }).thenApply(fetch -> {
            library.timeline().note(Kind.REPAIRED, Optional.empty(), Map.of());
            library.relink();
            library.rescanAll();
            return library.store().writer().revision();
        });
    }

    private static DeviceId known(Transaction tx, DeviceId device) throws CoreException {
        if (!tx.otherMembers().contains(device)) {
            throw new CoreException.NotFound("device", device.hex());
        }
        return device;
    }

    private CompletableFuture<Long> noted(Kind kind, Optional<DeviceId> device, Map<String, String> details,
            OpenLibrary.Rule rule) {
        return library.write(tx -> {
            rule.apply(tx);
            tx.touch(Topic.DEVICES, Topic.SYNC);
        }).thenApply(revision -> {
            library.timeline().note(kind, device, details);
            return revision;
        });
    }
}

package app.holdfast.core.sync;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.store.SharedRecords.LiveRecord;
import app.holdfast.core.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Getting another's shared state where the log does not reach back (R5), both roles: manifest, contents, fold.
///
/// The first form: the manifest names every live dot (ranges come later), the stage lives in memory and dies with the
/// link; the fold is one transaction, so neither a peer nor a crash ever sees half of it. Confined to the session.
final class Reconciliation {

    /// Live dots of a library, at most; a peer that names more is refused.
    private static final int LIVE_MAX = 4_000_000;
    private static final int LIVE_PER_PAGE = 8_000;
    private static final int FETCH_DOTS = 1_000;
    private static final long RETRY_MILLIS_MAX = 30_000;
    /// Contents of one message, estimated; the rest is fetched again.
    private static final int CONTENTS_BYTES_MAX = 400_000;

    /// @param folded whether everything that the peer covered at its manifest is covered here now
    record Outcome(boolean folded, long quarantinedMillis, Optional<String> violation) {

        private static final Outcome GOES_ON = new Outcome(false, 0, Optional.empty());

        private static Outcome violation(String reason) {
            return new Outcome(false, 0, Optional.of(reason));
        }
    }

    private boolean underWay;
    private boolean waitsForClock;
    private long retryAtMillis;
    private Map<Dot, UUID> theirLive = new HashMap<>();
    private Optional<Manifest> manifest = Optional.empty();
    private final Map<Dot, LiveRecord> contents = new HashMap<>();

    /// What phase 1 found.
    private record Manifest(VersionVector before, VersionVector theirs, Map<Dot, UUID> want, Set<Dot> drop) {}

    /// @return whether a manifest is to be asked for now; false while one is under way
    boolean start() {
        boolean starts = !underWay;
        if (starts) {
            underWay = true;
            manifest = Optional.empty();
            theirLive.clear();
        }
        return starts;
    }

    boolean underWay() {
        return underWay;
    }

    VersionVector theirs() {
        return manifest.map(Manifest::theirs).orElse(VersionVector.EMPTY);
    }

    Outcome receive(Transaction tx, SyncMessage message, List<SyncMessage> say) {
        return switch (message) {
            case SyncMessage.NeedReconcile _ -> {
                if (start()) {
                    say.add(new SyncMessage.ManifestOpen());
                }
                yield Outcome.GOES_ON;
            }
            case SyncMessage.ManifestOpen _ -> serveManifest(tx, say);
            case SyncMessage.ManifestPage page -> take(tx, page, say);
            case SyncMessage.Fetch(List<Dot> dots) -> serveContents(tx, dots, say);
            case SyncMessage.Contents arrived -> take(tx, arrived, say);
            default -> throw new IllegalArgumentException("not about reconciling: " + message.getClass());
        };
    }

    private static Outcome serveManifest(Transaction tx, List<SyncMessage> say) {
        VersionVector covered = tx.shared().vector();
        List<SyncMessage.Live> page = new ArrayList<>();
        for (Map.Entry<Dot, UUID> live : tx.shared().live().entrySet()) {
            if (page.size() == LIVE_PER_PAGE) {
                say.add(new SyncMessage.ManifestPage(covered, List.copyOf(page), false));
                page.clear();
            }
            page.add(new SyncMessage.Live(live.getValue(), live.getKey()));
        }
        say.add(new SyncMessage.ManifestPage(covered, List.copyOf(page), true));
        return Outcome.GOES_ON;
    }

    private Outcome take(Transaction tx, SyncMessage.ManifestPage page, List<SyncMessage> say) {
        if (!underWay || manifest.isPresent()) {
            return Outcome.violation("a manifest that nobody asked for");
        }
        page.live().forEach(live -> theirLive.put(live.dot(), live.record()));
        if (theirLive.size() > LIVE_MAX) {
            return Outcome.violation("a manifest of more than " + LIVE_MAX + " records");
        }
        if (!page.last()) {
            return Outcome.GOES_ON;
        }
        VersionVector before = tx.shared().vector();
        Map<Dot, UUID> want = new LinkedHashMap<>();
        theirLive.forEach((dot, record) -> {
            if (!before.covers(dot)) {
                want.put(dot, record);
            }
        });
        Set<Dot> drop = new HashSet<>();
        tx.shared().live().keySet().forEach(dot -> {
            if (page.covered().covers(dot) && !theirLive.containsKey(dot)) {
                drop.add(dot);
            }
        });
        theirLive = new HashMap<>();
        manifest = Optional.of(new Manifest(before, page.covered(), want, drop));
        return fetchOrFold(tx, say);
    }

    private Outcome fetchOrFold(Transaction tx, List<SyncMessage> say) {
        Manifest found = manifest.orElseThrow();
        List<Dot> missing = found.want.keySet().stream().filter(dot -> !contents.containsKey(dot)).limit(FETCH_DOTS)
                .toList();
        if (!missing.isEmpty()) {
            say.add(new SyncMessage.Fetch(missing));
            return Outcome.GOES_ON;
        }
        long quarantined = fold(tx, found);
        return new Outcome(quarantined == 0, quarantined, Optional.empty());
    }

    /// @return 0, or how far a stamp is ahead of our clock: then the stage is kept and the fold tried again later
    private long fold(Transaction tx, Manifest found) {
        List<LiveRecord> want = found.want.keySet().stream().map(contents::get).toList();
        long quarantined = tx.shared().quarantinedMillis(want);
        waitsForClock = quarantined > 0;
        if (waitsForClock) {
            retryAtMillis = tx.state().time().nowMillis() + Math.min(quarantined, RETRY_MILLIS_MAX);
            return quarantined;
        }
        underWay = false;
        contents.clear();
        tx.shared().fold(want, found.drop, found.before, found.theirs);
        return 0;
    }

    /// Tries a fold again that waited for a clock.
    ///
    /// @return whether it is done now
    boolean retry(Transaction tx) {
        return waitsForClock && manifest.isPresent() && tx.state().time().nowMillis() >= retryAtMillis
                && fold(tx, manifest.get()) == 0;
    }

    private static Outcome serveContents(Transaction tx, List<Dot> dots, List<SyncMessage> say) {
        List<SyncMessage.Content> found = new ArrayList<>();
        List<Dot> gone = new ArrayList<>();
        long bytes = 0;
        for (Dot dot : dots) {
            Optional<LiveRecord> live = tx.shared().content(dot);
            if (live.isEmpty()) {
                gone.add(dot);
                continue;
            }
            bytes += live.get().bytes();
            if (bytes > CONTENTS_BYTES_MAX && !found.isEmpty()) {
                break;
            }
            found.add(new SyncMessage.Content(dot, live.get().model(), live.get().record(), live.get().snapshot()));
        }
        say.add(new SyncMessage.Contents(found, gone));
        return Outcome.GOES_ON;
    }

    private Outcome take(Transaction tx, SyncMessage.Contents arrived, List<SyncMessage> say) {
        if (manifest.isEmpty() || !underWay) {
            return Outcome.violation("contents that nobody asked for");
        }
        Map<Dot, UUID> want = manifest.get().want;
        for (SyncMessage.Content content : arrived.contents()) {
            if (!content.record().equals(want.get(content.dot()))) {
                return Outcome.violation("contents of a dot that was not asked for");
            }
            contents.put(content.dot(),
                    LiveRecord.of(content.dot(), content.model(), content.record(), content.snapshot()));
        }
        if (!arrived.gone().isEmpty()) {
            manifest = Optional.empty();
            say.add(new SyncMessage.ManifestOpen());
            return Outcome.GOES_ON;
        }
        if (arrived.contents().isEmpty()) {
            return Outcome.violation("an answer without contents");
        }
        return fetchOrFold(tx, say);
    }
}

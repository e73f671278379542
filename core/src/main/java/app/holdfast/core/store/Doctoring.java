package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.ENTRY;
import static app.holdfast.core.store.catalogue.Tables.LOCATION;
import static app.holdfast.core.store.catalogue.Tables.STREAM;
import static app.holdfast.core.store.catalogue.Tables.VOLUME;

import app.holdfast.core.api.Checkup.Code;
import app.holdfast.core.api.Checkup.Finding;
import app.holdfast.core.api.Checkup.Repair;
import app.holdfast.core.api.Checkup.Severity;
import app.holdfast.core.api.Topic;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Checks what has to be tried in order to be seen, and mends what can be mended. Nothing that only this device knows
/// is ever thrown away: what is made from other rows is made again, what another device holds is got again. Confined
/// to the writer.
public final class Doctoring {

    /// Rules of this class.
    static final int RULES = 2;

    /// Entries that no way leads to from the top of their location.
    private static final String UNREACHED = """
            with recursive reached(key, location) as (select key, location from entry where parent is null
            union all select e.key, e.location from reached r join entry e on e.parent = r.key
            and e.location = r.location)
            select key from entry where key not in (select key from reached)""";
    /// Entries without a name, and those of others with values that nobody writes.
    private static final String NONSENSE = """
            select e.key from entry e left join claim c on c.key = e.claim where e.claim is not null
            and (typeof(e.name) <> 'text' or length(e.name) = 0 or c.owner <> (select device from self)
            and (typeof(e.size) <> 'integer' or e.size < 0 or typeof(e.modified) <> 'integer'
            or typeof(e.kind) <> 'integer'))""";

    private final Transaction tx;
    private final DSLContext sql;

    Doctoring(Transaction tx) {
        this.tx = tx;
        this.sql = tx.sql();
    }

    /// Makes all views anew and compares, hashes all streams and compares, and takes that back.
    public List<Finding> tried() {
        List<Finding> findings = new ArrayList<>();
        tx.attempt(() -> {
            MergedViews.TABLES.forEach(view ->
                    sql.execute("create temp table kept_" + view + " as select * from main." + view));
            makeViews();
            compareViews().ifPresent(findings::add);
            List<UUID> damaged = tx.streams().check();
            if (!damaged.isEmpty()) {
                findings.add(new Finding(Code.STREAM_DIFFERS, damaged.size(), Severity.ERROR, Repair.FETCH_AGAIN,
                        damaged.getFirst().toString()));
            }
            return false;
        });
        return findings;
    }

    private Optional<Finding> compareViews() {
        long differing = 0;
        String example = "";
        for (String view : MergedViews.TABLES) {
            String query = "select count(*) from (select * from %s except select * from %s)";
            Object more = sql.fetchSingle(query.formatted("main." + view, "kept_" + view)).get(0);
            Object less = sql.fetchSingle(query.formatted("kept_" + view, "main." + view)).get(0);
            long found = Math.max(((Number) more).longValue(), ((Number) less).longValue());
            differing += found;
            example = found > 0 && example.isEmpty() ? view : example;
        }
        return differing == 0 ? Optional.empty()
                : Optional.of(new Finding(Code.VIEW_DIFFERS, differing, Severity.ERROR, Repair.REBUILD, example));
    }

    /// Record by record: all of a library would not fit in memory.
    private void makeViews() {
        tx.views().clear();
        var record = new OneRecord();
        tx.dots().forEachByRecord(record::take);
        record.show();
    }

    /// The live dots of one id, by model: a device's membership and the claim of its stream share an id.
    private final class OneRecord {
        private @Nullable UUID id;
        private final Map<String, SortedMap<Dot, Snapshot>> byModel = new TreeMap<>();

        private void take(LiveDots.Live live) {
            if (!live.record().equals(id)) {
                show();
                id = live.record();
            }
            if (!live.model().equals(Models.CLAIM)) {
                byModel.computeIfAbsent(live.model(), _ -> new TreeMap<>()).put(live.dot(), live.snapshot());
            }
        }

        private void show() {
            UUID shown = id;
            if (shown != null) {
                byModel.forEach((model, live) -> tx.views().refresh(model, shown, live));
            }
            byModel.clear();
        }
    }

    /// Mends what was found here and by [CatalogueReader#checkup].
    ///
    /// @param log where content that was damaged may still be
    /// @return whether something is to be got again from other devices: they have to be asked anew
    public boolean repair(ChangeLog log) {
        sql.execute("reindex");
        boolean fetch = dropUnreadable();
        fetch |= dropWhatCannotBe();
        fetch |= dropBeyondVector();
        fetch |= tx.lost().find(log);
        coverOwn();
        tx.state().reload();
        tx.search().rebuild();
        makeViews();
        fetch |= restand();
        fetch |= !tx.streams().check().isEmpty();
        tx.streams().all().stream().filter(OwnedStreams.Holding::own)
                .forEach(held -> new UnreadableRows(tx).name(held.claim().subject()));
        if (tx.isClockAhead()) { // whoever has the library repaired says that the clock is right now (ADR 56)
            tx.repairClock();
        }
        tx.touch(Topic.TAGS, Topic.ASSIGNMENTS, Topic.DEVICES, Topic.LOCATIONS, Topic.ENTRIES, Topic.SYNC);
        return fetch;
    }

    private boolean dropUnreadable() {
        boolean fetch = false;
        for (OwnedStreams.Holding held : tx.streams().all()) {
            fetch |= new UnreadableRows(tx).drop(held.claim().subject());
        }
        return fetch;
    }

    /// Rows that cannot be, with all that lies below them. Others' are got again, because their stream counts as not
    /// held any more; ours are found again by the next scan, which also mends those of which only a value is wrong.
    private boolean dropWhatCannotBe() {
        Set<Long> keys = new TreeSet<>();
        sql.fetch(UNREACHED).forEach(row -> keys.add(((Number) row.get(0)).longValue()));
        sql.fetch("pragma foreign_key_check(entry)").forEach(row -> keys.add(((Number) row.get(1)).longValue()));
        sql.fetch(NONSENSE).forEach(row -> keys.add(((Number) row.get(0)).longValue()));
        Set<UUID> others = new HashSet<>();
        for (long key : keys) {
            sql.select(ENTRY.ID, VOLUME.ID).from(ENTRY).leftJoin(LOCATION)
                    .on(LOCATION.KEY.eq(ENTRY.LOCATION)).leftJoin(VOLUME).on(VOLUME.KEY.eq(LOCATION.VOLUME))
                    .where(ENTRY.KEY.eq(key)).forEach(row ->
                            drop(key, row.value1(), row.value2(), others));
        }
        others.forEach(tx.streams()::forgetMark);
        return !others.isEmpty();
    }

    private void drop(long key, byte[] id, byte @Nullable [] volume, Set<UUID> others) {
        new RowRemover(tx).removeEntry(key);
        if (volume == null) {
            tx.streams().all().stream().filter(held -> !held.own()).forEach(held -> others.add(held.claim().subject()));
            return;
        }
        UUID subject = Ids.uuid(volume);
        if (tx.streams().holding(subject).filter(OwnedStreams.Holding::own).isPresent()) {
            tx.pen(subject).remove(Models.ENTRY, id.length == 16 ? Ids.uuid(id) : subject);
        } else {
            others.add(subject);
        }
    }

    /// A change that is not covered will come again.
    private boolean dropBeyondVector() {
        return sql.execute("""
                delete from shared_dot where author <> (select author from self) and sequence > coalesce(
                (select v.sequence from vector v where v.author = shared_dot.author), 0)""") > 0;
    }

    /// All that was written here is here, so it is covered.
    private void coverOwn() {
        sql.execute("""
                update vector set sequence = max(sequence, (select coalesce(max(d.sequence), 0) from shared_dot d
                where d.author = vector.author)) where author = (select author from self)""");
    }

    /// Streams that hold rows beyond what is said of them, or stand on a claim that lost.
    private boolean restand() {
        for (UUID record : tx.dots().recordsOf(Models.CLAIM)) {
            tx.views().refresh(Models.CLAIM, record, tx.dots().of(Models.CLAIM, record));
        }
        List<UUID> beyond = sql.select(STREAM.SUBJECT).from(STREAM).where("""
                mark >= 0 and max(mark, received) < coalesce((select max(o.sequence) from entry o
                where o.claim = stream.claim), 0)""").fetch(row -> Ids.uuid(row.value1()));
        beyond.forEach(tx.streams()::forgetMark);
        return !beyond.isEmpty();
    }
}

package app.holdfast.core.store;

import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.MalformedChange;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.change.TrailMark;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.store.SharedRecords.LiveRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.exception.DataAccessException;

/// The one running reconciliation of a library, in the catalogue itself, so that it goes on after a restart (R5): what
/// a peer covered, which of its dots are wanted and what they hold, which of ours are to go, and the fold that makes
/// both states one.
///
///     NONE --begin--> MANIFEST --manifestEnds--> CONTENTS --fold--> FOLD --last chunk--> NONE
///                        ^-----begin, halt----------'
///
/// While it folds, half a state stands in the tables: no group of others is admitted and nobody is given names to
/// compare with. Confined to the writer, used within one job.
public final class Staging {

    public enum Phase { NONE, MANIFEST, CONTENTS, FOLD }

    private static final String MISSING = "select author, sequence from stage_want indexed by stage_want_missing"
            + " where comparison = ? and snapshot is null";

    private final Transaction tx;
    private final Prepared prepared;

    Staging(Transaction tx) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
    }

    public Phase phase() {
        return tx.state().stage().phase();
    }

    /// Starts to compare with a peer. Contents that an earlier comparison brought are kept: a dot's never change.
    ///
    /// @param mine   our state at this moment: its vector is vv0
    /// @param theirs the vector of the peer's state (V)
    /// @param heads  the peer's heads of that vector, where it knows them
    /// @param trails and those along the groups of authors of whom it covers more
    public void begin(DotView mine, VersionVector theirs, Map<Author, Long> heads,
            Map<Author, List<TrailMark>> trails) {
        if (phase() == Phase.FOLD) {
            throw new IllegalStateException("half a state stands in the tables");
        }
        tx.dots().trails().stage(trails, mine.covered());
        prepared.update("delete from stage_vector");
        prepared.update("delete from stage_drop");
        tx.forks().contested().forEach(author -> // they may mean something else to this peer
                prepared.update("delete from stage_want where author = ?", (Object) tx.authors().key(author)));
        tx.state().stage().next(Phase.MANIFEST, theirs.equals(mine.covered()));
        mine.covered().union(theirs).sequences().keySet().forEach(author ->
                prepared.update("insert into stage_vector (author, before, theirs, head, mine) values (?, ?, ?, ?, 0)",
                        tx.authors().key(author), mine.covered().of(author), theirs.of(author),
                        heads.getOrDefault(author, 0L)));
    }

    /// Another comparison has been begun, which has not come to its manifest: what is here is of the one before, and is
    /// neither fetched nor folded any more. Contents are kept.
    public void halt() {
        if (phase() == Phase.CONTENTS) {
            tx.state().stage().put(Phase.MANIFEST);
        }
    }

    /// Does without what the peer does not have, in a comparison that heals: it is lost there as well (ADR 231), or it
    /// was removed since, and then this comparison is given up.
    public void unwant(Collection<Dot> dots) {
        dots.forEach(dot -> prepared.update("delete from stage_want where author = ? and sequence = ?",
                tx.authors().key(dot.author()), dot.sequence()));
    }

    /// Whether both sides cover the same: then what one of them lacks was lost to damage, and nothing is dropped.
    public boolean heals() {
        return tx.state().stage().heals();
    }

    /// A live dot of the peer that is wanted here.
    public void want(UUID record, Dot dot) {
        prepared.update("insert into stage_want (author, sequence, record, newest, comparison)"
                + " values (?, ?, ?, 0, ?) on conflict (author, sequence) do update set"
                + " comparison = excluded.comparison, record = excluded.record,"
                + " snapshot = case when record = excluded.record then snapshot end",
                tx.authors().key(dot.author()), dot.sequence(), Ids.bytes(record), tx.state().stage().number());
    }

    /// A live dot of ours that the peer had covered and does not have.
    public void drop(Dot dot) {
        prepared.update("insert into stage_drop (author, sequence) values (?, ?) on conflict do nothing",
                tx.authors().key(dot.author()), dot.sequence());
    }

    /// Everything is compared. Contents that another peer's comparison brought and this one does not want are kept for
    /// when it is that one's turn again.
    public void manifestEnds() {
        tx.state().stage().put(Phase.CONTENTS);
    }

    /// Lets go of some of what comparisons before have left; nothing while it folds.
    ///
    /// @param rowsMax rows that this job looks at
    /// @return whether there is more to do
    public boolean sweep(int rowsMax) {
        return new StageParts(tx).sweep(rowsMax);
    }

    /// Nothing of it is wanted any more.
    public void abandon() {
        tx.state().stage().next(Phase.NONE, false);
        tx.dots().trails().unstage();
        prepared.update("delete from stage_vector");
        prepared.update("delete from stage_drop");
        prepared.update("delete from stage_record");
    }

    /// The peer's vector of the comparison.
    public VersionVector theirs() {
        return vector("theirs");
    }

    private VersionVector vector(String column) {
        var sequences = new TreeMap<Author, Long>();
        try (ResultSet row = prepared.statement("select author, " + column + " from stage_vector").executeQuery()) {
            while (row.next()) {
                sequences.put(tx.authors().of(row.getLong(1)), row.getLong(2));
            }
        } catch (SQLException e) {
            throw new DataAccessException("reading the stage", e);
        }
        return new VersionVector(sequences);
    }

    /// Whether contents are not here yet.
    public boolean isAnyMissing() {
        return prepared.finds(MISSING, tx.state().stage().number());
    }

    /// Dots whose contents are not here yet, for the peer that was compared with.
    ///
    /// @param skips those that someone was asked for already, or that cannot be had there; few
    public List<Dot> missing(int limit, Predicate<Dot> skips) {
        var missing = new ArrayList<Dot>();
        collect(MISSING, missing, limit, skips, tx.state().stage().number());
        return missing;
    }

    /// The same for another peer.
    ///
    /// @param within what it covers; the rest is not looked at
    public List<Dot> missing(int limit, VersionVector within, Predicate<Dot> skips) {
        var missing = new ArrayList<Dot>();
        theirs().sequences().forEach((author, last) -> collect(MISSING + " and author = ? and sequence <= ?", missing,
                limit, skips, tx.state().stage().number(), tx.authors().key(author),
                Math.min(last, within.of(author))));
        return missing;
    }

    private void collect(String sql, List<Dot> into, int limit, Predicate<Dot> skips, long... values) {
        try {
            PreparedStatement select = prepared.statement(sql);
            for (int i = 0; i < values.length; i++) {
                select.setLong(i + 1, values[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                while (into.size() < limit && row.next()) {
                    Dot dot = new Dot(tx.authors().of(row.getLong(1)), row.getLong(2));
                    if (!skips.test(dot)) {
                        into.add(dot);
                    }
                }
            }
        } catch (SQLException e) {
            throw new DataAccessException("reading what is missing", e);
        }
    }

    /// Takes in what a dot holds.
    ///
    /// @return false when it is wanted under another record; what is not wanted any more is let go of
    public boolean put(Dot dot, String model, UUID record, Snapshot snapshot) {
        long newest = SharedRecords.stamps(snapshot).map(Stamp::hlc).mapToLong(Hlc::millis).max().orElse(0);
        return prepared.update("update stage_want set model = ?, snapshot = ?, newest = ?"
                + " where author = ? and sequence = ? and record = ?", model, ChangeCodec.encode(snapshot), newest,
                tx.authors().key(dot.author()), dot.sequence(), Ids.bytes(record)) > 0
                || !prepared.finds("select 1 from stage_want where author = ? and sequence = ?",
                        tx.authors().key(dot.author()), dot.sequence());
    }

    /// @return how far the newest stamp is ahead of what the clock accepts; 0 when all can be folded (R8)
    public long quarantinedMillis() {
        long millis = prepared.first("select coalesce(max(newest), 0) from stage_want where comparison = ?",
                row -> row.getLong(1), tx.state().stage().number()).orElse(0L);
        Hlc newest = new Hlc(millis, 0, tx.state().author());
        return tx.state().clock().accepts(newest) ? 0 : tx.state().clock().aheadMillis(newest);
    }

    /// Who made the newest stamp of what is wanted.
    public Optional<Author> newestAuthor() {
        return prepared.first("select snapshot from stage_want where comparison = ? and snapshot is not null"
                + " order by newest desc limit 1", row -> LiveDots.decode(row.getBytes(1)),
                tx.state().stage().number()).stream()
                .flatMap(SharedRecords::stamps).map(Stamp::hlc).max(Hlc::compareTo).map(Hlc::author);
    }

    /// Folds the next records in (R5, phase 3); the first call fixes what is to be done. With the last record
    /// everything that either side covered is covered.
    ///
    /// @param recordsMax records of this job
    /// @return whether it is over
    public boolean fold(int recordsMax) {
        if (phase() == Phase.CONTENTS && !startFold()) {
            return true;
        }
        StageParts parts = new StageParts(tx);
        while (!parts.isListed()) {
            if (parts.list(recordsMax)) {
                return false;
            }
        }
        VersionVector mine = vector("mine");
        List<Place> next = nextRecords(recordsMax);
        for (Place place : next) {
            fold(place, mine);
        }
        boolean isOver = next.size() < recordsMax;
        if (isOver) {
            raise();
            tx.forks().folded(theirs());
            abandon();
        }
        return isOver;
    }

    private record Place(long place, String model, UUID record) {}

    /// @return false when what was lost cannot be told any more from what was removed meanwhile: compare anew
    private boolean startFold() {
        VersionVector mine = tx.forks().compared();
        VersionVector before = vector("before");
        if (heals() && !mine.equals(before)) {
            abandon();
            return false;
        }
        tx.state().stage().put(Phase.FOLD);
        mine.sequences().forEach((author, sequence) -> prepared.update("insert into stage_vector (author, before,"
                + " theirs, head, mine) values (?, 0, 0, 0, ?) on conflict (author) do update set mine = excluded.mine",
                tx.authors().key(author), heals() ? 0L : sequence));
        theirs().sequences().forEach((author, last) -> {
            if (tx.forks().isFetched(author)) {
                return; // what has such a name here is no news since then, but a claim (ADR 230)
            }
            // admitted since the manifest, and removed over there before it
            for (Dot dot : tx.dots().between(author, before.of(author), last)) {
                prepared.update("insert into stage_drop (author, sequence) select ?1, ?2 where not exists (select 1"
                        + " from stage_want where author = ?1 and sequence = ?2 and comparison = ?3)"
                        + " on conflict do nothing",
                        tx.authors().key(author), dot.sequence(), tx.state().stage().number());
            }
        });
        new StageParts(tx).listAnew();
        return true;
    }

    private List<Place> nextRecords(int limit) {
        var next = new ArrayList<Place>();
        try (ResultSet row = prepared.statement(
                "select place, model, record from stage_record order by place, model, record").executeQuery()) {
            while (next.size() < limit && row.next()) {
                next.add(new Place(row.getLong(1), row.getString(2), Ids.uuid(row.getBytes(3))));
            }
            return next;
        } catch (SQLException e) {
            throw new DataAccessException("reading the stage", e);
        }
    }

    /// One record, and its rows of the stage with it: after a crash it is not folded again over what was done since.
    private void fold(Place place, VersionVector mine) {
        byte[] record = Ids.bytes(place.record);
        for (Dot dot : tx.dots().namesOf(place.model, place.record)) {
            if (prepared.update("delete from stage_drop where author = ? and sequence = ?",
                    tx.authors().key(dot.author()), dot.sequence()) > 0) {
                tx.dots().remove(place.record, dot);
            }
        }
        for (LiveRecord wanted : wanted(place)) {
            boolean isTaken = tx.forks().isFetched(wanted.dot().author()) && tx.dots().at(wanted.dot()).isPresent();
            if (isTaken) {
                tx.shared().adopt(wanted);
            } else if (!mine.covers(wanted.dot())) {
                tx.dots().add(wanted.dot(), place.model, place.record, ChangeCodec.encode(wanted.snapshot()));
                SharedRecords.stamps(wanted.snapshot()).map(Stamp::hlc).forEach(tx.state().clock()::observe);
            }
        }
        tx.shared().refresh(place.model, place.record);
        prepared.update("delete from stage_want where record = ? and model = ?", record, place.model);
        prepared.update("delete from stage_record where place = ? and model = ? and record = ?", place.place,
                place.model, record);
    }

    private List<LiveRecord> wanted(Place place) {
        var wanted = new ArrayList<LiveRecord>();
        try {
            PreparedStatement select = prepared.statement(
                    "select author, sequence, snapshot from stage_want where record = ? and model = ?"
                            + " and comparison = ?");
            select.setBytes(1, Ids.bytes(place.record));
            select.setString(2, place.model);
            select.setLong(3, tx.state().stage().number());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte[] snapshot = row.getBytes(3);
                    wanted.add(new LiveRecord(new Dot(tx.authors().of(row.getLong(1)), row.getLong(2)), place.model,
                            place.record, ChangeCodec.decodeStored(snapshot), snapshot.length));
                }
            }
            return wanted;
        } catch (SQLException e) {
            throw new DataAccessException("reading the stage", e);
        } catch (MalformedChange e) {
            throw new IllegalStateException("a staged snapshot is damaged", e);
        }
    }

    private void raise() {
        VersionVector mine = tx.shared().vector();
        try (ResultSet row = prepared.statement("select author, theirs, head from stage_vector").executeQuery()) {
            while (row.next()) {
                Author author = tx.authors().of(row.getLong(1));
                if (row.getLong(2) > mine.of(author) && !author.equals(tx.state().author())) {
                    tx.dots().trails().follow(author);
                    tx.dots().cover(author, row.getLong(2), row.getLong(3));
                }
            }
        } catch (SQLException e) {
            throw new DataAccessException("reading the stage", e);
        }
    }
}

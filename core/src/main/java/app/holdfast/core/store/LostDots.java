package app.holdfast.core.store;

import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.MalformedChange;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.clock.Hlc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// Live dots whose content was damaged (ADR 231). Their names stay, so nobody takes them for removed; in place of their
/// content stands what questions still know of the record ([Salvage]). Under its name that is given to nobody: the
/// true content is got again from whoever has it, for it never changes. What nobody has any more is let go of.
///
/// In the table a dot that is lost has the complement of its true content's sum ([DotSum]), which is negative.
///
///     whole --damage, repair--> in the log? --yes--> whole
///                                  '--no--> lost --a peer has it--> whole
///                                             '--nobody can have it--> superseded by an ordinary event
///
/// Confined to the writer, used within one job.
public final class LostDots {

    private final Transaction tx;
    private final Prepared prepared;

    LostDots(Transaction tx) {
        this.tx = tx;
        this.prepared = tx.state().prepared();
    }

    /// Whether anything is lost.
    public boolean any() {
        return tx.state().stage().lacks();
    }

    /// Those that are lost.
    ///
    /// @param limit at most so many
    public List<Dot> names(int limit, Predicate<Dot> which) {
        if (!any()) {
            return List.of();
        }
        var names = new ArrayList<Dot>();
        try (ResultSet row = prepared.statement("select author, sequence from shared_dot where sum < 0")
                .executeQuery()) {
            while (names.size() < limit && row.next()) {
                Dot dot = new Dot(tx.authors().of(row.getLong(1)), row.getLong(2));
                if (which.test(dot)) {
                    names.add(dot);
                }
            }
            return names;
        } catch (SQLException e) {
            throw new DataAccessException("reading what is lost", e);
        }
    }

    /// Takes in what a peer has under a name that is lost here; nothing happens when it is not, or not any more.
    ///
    /// @return false when neither its sum proves it nor what is known here agrees with it: it is damaged there as well
    public boolean restore(Dot dot, String model, UUID record, Snapshot snapshot) {
        Optional<Long> sum = prepared.first("select sum from shared_dot where author = ? and sequence = ? and sum < 0",
                row -> -1 - row.getLong(1), tx.authors().key(dot.author()), dot.sequence());
        byte[] bytes = ChangeCodec.encode(snapshot);
        if (sum.isEmpty()) {
            return true;
        }
        LiveDots.Live here = tx.dots().at(dot).orElseThrow();
        boolean isProven = DotSum.of(dot, model, record, bytes) == sum.get();
        if (!isProven && !agrees(here, model, record, snapshot)) {
            return false;
        }
        replace(here, new LiveDots.Live(dot, model, record, bytes));
        SharedRecords.stamps(snapshot).map(Stamp::hlc).forEach(tx.state().clock()::observe);
        tx.shared().refresh(here.model(), here.record());
        tx.shared().refresh(model, record);
        return true;
    }

    /// It may be the sum that was damaged: what is known of the record is what the peer has.
    private static boolean agrees(LiveDots.Live here, String model, UUID record, Snapshot snapshot) {
        Map<String, Register> known = here.snapshot().fields();
        return here.model().equals(model) && here.record().equals(record) && !known.isEmpty()
                && known.entrySet().stream().allMatch(field -> field.getValue().value()
                        .equals(snapshot.value(field.getKey())));
    }

    /// The record may have been damaged as well, so that the row lies under another one.
    private void replace(LiveDots.Live damaged, LiveDots.Live whole) {
        tx.dots().remove(damaged.record(), damaged.dot());
        tx.dots().add(whole.dot(), whole.model(), whole.record(), whole.bytes());
        tx.state().stage().forgetLacks();
    }

    private void put(LiveDots.Live here, byte[] snapshot) {
        put(here.dot(), snapshot, DotSum.of(here.dot(), here.model(), here.record(), snapshot));
    }

    private void put(Dot dot, byte[] snapshot, long sum) {
        prepared.update("update shared_dot set snapshot = ?, sum = ? where author = ? and sequence = ?", snapshot, sum,
                tx.authors().key(dot.author()), dot.sequence());
        tx.state().stage().forgetLacks();
    }

    /// A dot whose content is damaged.
    ///
    /// @param sum of the content that was written
    private record Damaged(LiveDots.Live live, long sum) {}

    /// Finds what is damaged, and takes from the log what it has of that.
    ///
    /// @return whether anything is lost now
    boolean find(ChangeLog log) {
        var damaged = new ArrayList<Damaged>();
        tx.dots().forEachSummed((live, sum) -> {
            if (sum >= 0 && !isWhole(live.dot(), live.model(), live.record(), live.bytes(), sum)) {
                damaged.add(new Damaged(live, sum));
            }
        });
        var logged = new Logged(log);
        for (Damaged one : damaged) {
            LiveDots.Live live = one.live;
            Optional<LiveDots.Live> kept = logged.of(one);
            if (kept.isPresent()) {
                replace(live, kept.get());
            } else {
                put(live.dot(), ChangeCodec.encode(new Salvage(tx).of(live.model(), live.record(),
                        earliest(live.dot()))), -1 - one.sum);
            }
        }
        return any();
    }

    static boolean isWhole(Dot dot, String model, UUID record, byte[] snapshot, long sum) {
        try {
            ChangeCodec.decodeSnapshot(snapshot);
            return DotSum.of(dot, model, record, snapshot) == sum;
        } catch (MalformedChange e) {
            return false;
        }
    }

    /// A stamp that its author had passed when it wrote the dot: nobody's later write loses against what is salvaged.
    private Stamp earliest(Dot dot) {
        Hlc none = new Hlc(0, 0, dot.author());
        Hlc before = prepared.first("select snapshot from shared_dot where author = ? and sequence < ? and sum >= 0"
                + " order by sequence desc limit 1", row -> LiveDots.decode(row.getBytes(1)),
                tx.authors().key(dot.author()), dot.sequence()).stream().flatMap(SharedRecords::stamps)
                .map(Stamp::hlc).filter(hlc -> hlc.author().equals(dot.author())).max(Hlc::compareTo).orElse(none);
        return new Stamp(before, dot.sequence());
    }

    /// What the log has of dots; the group that was read last is kept, as the next dot is often of it.
    private static final class Logged {
        private final ChangeLog log;
        private @Nullable EncodedGroup last;

        private Logged(ChangeLog log) {
            this.log = log;
        }

        /// Then it is the sum that was damaged.
        private static boolean isTheSame(LiveDots.Live live, Event event, byte[] bytes) {
            return event.model().equals(live.model()) && event.record().equals(live.record())
                    && Arrays.equals(bytes, live.bytes());
        }

        private Optional<LiveDots.Live> of(Damaged damaged) {
            Dot dot = damaged.live.dot();
            EncodedGroup group = last;
            if (group == null || !group.author().equals(dot.author()) || dot.sequence() < group.first()
                    || dot.sequence() > group.last()) {
                group = log.holding(dot).orElse(null);
                last = group;
            }
            if (group == null) {
                return Optional.empty();
            }
            int place = (int) (dot.sequence() - group.first());
            Event event = group.group().events().get(place);
            return group.snapshots().get(place)
                    .filter(bytes -> isWhole(dot, event.model(), event.record(), bytes, damaged.sum)
                            || isTheSame(damaged.live, event, bytes))
                    .map(bytes -> new LiveDots.Live(dot, event.model(), event.record(), bytes));
        }
    }

    /// Lets go of lost dots: an event supersedes them with what is known of the record, or deletes it if that is
    /// nothing. To be done when nobody can have them: whoever waits for them would wait for ever.
    ///
    /// @param limit at most so many, and those that go of the same records: one that is nothing is seen to be
    public void letGo(int limit, Predicate<Dot> which) {
        Map<Reissue.Key, Set<Dot>> gone = new LinkedHashMap<>();
        for (Dot dot : names(limit, which)) {
            LiveDots.Live here = tx.dots().at(dot).orElseThrow();
            gone.putIfAbsent(new Reissue.Key(here.model(), here.record()), new HashSet<>());
        }
        if (gone.isEmpty()) {
            return;
        }
        gone.forEach((record, dots) -> tx.dots().namesOf(record.model(), record.record()).stream()
                .filter(tx.dots()::isLost).filter(which).forEach(dots::add));
        gone.values().stream().flatMap(Set::stream).map(dot -> tx.dots().at(dot).orElseThrow())
                .forEach(here -> put(here, here.bytes()));
        List<Reissue.Key> known = new ArrayList<>();
        gone.forEach((record, dots) -> {
            if (!record.model().equals(Models.CLAIM) && isNothing(record, dots)) {
                tx.shared().delete(record.model(), record.record());
            } else {
                known.add(record);
            }
        });
        new Reissue(tx, _ -> false).write(known);
        tx.shared().finish();
    }

    /// Whether a record is made of dots that are gone, and nothing is known of any. One that is whole, or may come
    /// back, is something though it has no fields.
    private boolean isNothing(Reissue.Key record, Set<Dot> gone) {
        Map<Dot, Snapshot> live = tx.dots().of(record.model(), record.record());
        return gone.containsAll(live.keySet()) && live.values().stream().allMatch(held -> held.fields().isEmpty());
    }
}

package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.ASSIGNMENT;
import static app.holdfast.core.store.catalogue.Tables.MEMBER;
import static app.holdfast.core.store.catalogue.Tables.REVOKED;
import static app.holdfast.core.store.catalogue.Tables.TAG;

import app.holdfast.core.api.Topic;
import app.holdfast.core.change.ClaimValue;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Merge;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.change.Value;
import app.holdfast.core.model.DeviceId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.jooq.DSLContext;

/// The tables that questions read, made from the live dots of a record whenever those change. A model that this
/// version does not know has no view; its dots are kept and passed on all the same.
final class MergedViews {

    private final DSLContext sql;
    private final Claims claims;
    private final Conflicts conflicts;
    private final Set<Topic> topics;

    /// @param topics where what was touched is noted
    MergedViews(DSLContext sql, Claims claims, Conflicts conflicts, Set<Topic> topics) {
        this.sql = sql;
        this.claims = claims;
        this.conflicts = conflicts;
        this.topics = topics;
    }

    /// @param live the record's live dots; empty when it is deleted
    void refresh(String model, UUID record, SortedMap<Dot, Snapshot> live) {
        conflicts.refresh(model, record, live.values());
        byte[] id = Ids.bytes(record);
        switch (model) {
            case Models.TAG -> tag(id, live);
            case Models.ASSIGNMENT -> assignment(id, live);
            case Models.MEMBER -> member(id, live);
            case Models.REVOKED -> revoked(id, live);
            case Models.CLAIM -> claim(record, live);
            default -> topics.addAll(EnumSet.of(Topic.SYNC));
        }
    }

    private void tag(byte[] id, SortedMap<Dot, Snapshot> live) {
        topics.add(Topic.TAGS);
        sql.deleteFrom(TAG).where(TAG.ID.eq(id)).execute();
        if (live.isEmpty()) {
            return;
        }
        Snapshot view = Merge.view(Models.TAG, live.values());
        byte[] parent = view.value(Models.PARENT) instanceof Value.Ref(UUID ref) ? Ids.bytes(ref) : null;
        String parentTime = view.register(Models.PARENT).map(Register::stamp).map(MergedViews::sortable).orElse("");
        sql.insertInto(TAG, TAG.ID, TAG.NAME, TAG.COLOR, TAG.PARENT, TAG.PARENT_TIME)
                .values(id, text(view, Models.NAME), text(view, Models.COLOR), parent, parentTime).execute();
    }

    private void assignment(byte[] id, SortedMap<Dot, Snapshot> live) {
        topics.add(Topic.ASSIGNMENTS);
        if (live.isEmpty()) {
            sql.deleteFrom(ASSIGNMENT).where(ASSIGNMENT.ID.eq(id)).execute();
            return;
        }
        Snapshot view = Merge.view(Models.ASSIGNMENT, live.values());
        if (view.value(Models.TAG_REF) instanceof Value.Ref(UUID tag)
                && view.value(Models.SUBJECT) instanceof Value.Ref(UUID subject)) {
            sql.insertInto(ASSIGNMENT, ASSIGNMENT.ID, ASSIGNMENT.TAG, ASSIGNMENT.SUBJECT)
                    .values(id, Ids.bytes(tag), Ids.bytes(subject)).onConflictDoNothing().execute();
        }
    }

    private void member(byte[] id, SortedMap<Dot, Snapshot> live) {
        topics.add(Topic.DEVICES);
        sql.deleteFrom(MEMBER).where(MEMBER.ID.eq(id)).execute();
        if (!live.isEmpty()
                && Merge.view(Models.MEMBER, live.values()).value(Models.KEY) instanceof Value.Bytes(byte[] key)
                && key.length == DeviceId.BYTES) {
            sql.insertInto(MEMBER, MEMBER.ID, MEMBER.DEVICE).values(id, key).onConflictDoNothing().execute();
        }
    }

    private void revoked(byte[] id, SortedMap<Dot, Snapshot> live) {
        topics.add(Topic.DEVICES);
        if (!live.isEmpty()
                && Merge.view(Models.REVOKED, live.values()).value(Models.KEY) instanceof Value.Bytes(byte[] key)
                && key.length == DeviceId.BYTES) {
            sql.insertInto(REVOKED, REVOKED.ID, REVOKED.DEVICE).values(id, key).onConflictDoNothing().execute();
        }
    }

    private void claim(UUID record, SortedMap<Dot, Snapshot> live) {
        topics.add(Topic.LOCATIONS);
        topics.add(Topic.SYNC);
        for (Snapshot snapshot : live.values()) {
            snapshot.register(Models.CLAIM_FIELD).flatMap(register -> ClaimValue.read(record, register))
                    .ifPresent(claims::know);
        }
        if (!live.isEmpty()) {
            Merge.view(Models.CLAIM, live.values()).register(Models.CLAIM_FIELD)
                    .flatMap(register -> ClaimValue.read(record, register)).ifPresent(claims::standOn);
        }
    }

    private static String text(Snapshot view, String field) {
        return view.value(field) instanceof Value.Text(String text) ? text : "";
    }

    /// A stamp as text that sorts like it.
    static String sortable(Stamp stamp) {
        return String.format(Locale.ROOT, "%012x%04x%s%016x", stamp.hlc().millis(), stamp.hlc().counter(),
                stamp.hlc().author(), stamp.sequence());
    }
}

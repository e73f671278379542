package app.holdfast.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.fail;

import app.holdfast.core.RawMember.Talk;
import app.holdfast.core.change.Claim;
import app.holdfast.core.change.ClaimValue;
import app.holdfast.core.change.EncodedGroup;
import app.holdfast.core.change.Event;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Hash;
import app.holdfast.core.change.Head;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.Models;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Removal;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.change.ValueCodec;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.Value;
import app.holdfast.core.sync.SyncMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/// A drive of a member's, with whatever rows a test has it sign, hashed as `docs/protocol/sync.md` says in section 6.2
/// and by nothing of the program's. It has fewer rows than a leaf may have.
final class RawDrive {

    static final UUID VOLUME = new UUID(5, 5);
    static final UUID LOCATION = new UUID(5, 6);

    private final RawMember member;
    private final Claim claim;
    private final SortedMap<Long, Row> rows = new TreeMap<>();
    private long sequence;
    private long told;
    private long pages;

    private record Row(String model, UUID id, SortedMap<String, Value> fields) {

        private UUID place() {
            return fields.get("location") instanceof Value.Ref(UUID id) ? id : Leaf.NO_LOCATION;
        }

        private OwnedRows travelling(long sequence) {
            return new OwnedRows(model, List.copyOf(fields.keySet()), List.of(new OwnedRow(id, Optional.empty(),
                    sequence, List.copyOf(fields.values()))));
        }

        private byte[] hashed(long sequence) {
            CborWriter out = new CborWriter().array(4).text(model).id(id).whole(sequence).array(2 * fields.size());
            fields.forEach((name, value) -> ValueCodec.write(value, out.text(name)));
            return out.toBytes();
        }
    }

    /// Has the member claim it by the stranger's first event.
    RawDrive(RawMember member, Talk talk) throws IOException {
        this.member = member;
        Stamp stamp = new Stamp(new Hlc(talk.theirs.nowMillis(), 0, talk.stranger), 1);
        Value value = ClaimValue.of(1, member.id, Optional.empty());
        claim = new Claim(VOLUME, 1, member.id, stamp, Optional.empty());
        talk.say(new SyncMessage.Groups(List.of(EncodedGroup.of(new Group(List.of(new Event(claim.id(), Models.CLAIM,
                VOLUME, new TreeSet<>(), Optional.of(Snapshot.of(Map.of(Models.CLAIM_FIELD,
                        Register.of(value, stamp)))))))))));
    }

    RawDrive volume() {
        return put(Models.VOLUME, VOLUME, Map.of("label", new Value.Text("a drive")));
    }

    RawDrive location() {
        return location(LOCATION);
    }

    RawDrive location(UUID id) {
        return put(Models.LOCATION, id, Map.of(Models.NAME, new Value.Text("things"),
                "path", new Value.Bytes("things".getBytes(US_ASCII))));
    }

    /// An entry of the location, in its top.
    RawDrive entry(UUID id) {
        return entry(id, LOCATION, Map.of());
    }

    RawDrive entry(UUID id, UUID parent) {
        return entry(id, LOCATION, Map.of(Models.PARENT, new Value.Ref(parent)));
    }

    RawDrive entry(UUID id, UUID location, Map<String, Value> more) {
        var fields = new TreeMap<>(more);
        fields.put(Models.NAME, new Value.Text("entry " + id.getLeastSignificantBits()));
        fields.put("location", new Value.Ref(location));
        fields.put("kind", new Value.Whole(1));
        return put(Models.ENTRY, id, fields);
    }

    /// The member says nothing of that any more.
    RawDrive without(UUID id) {
        rows.values().removeIf(row -> row.id.equals(id));
        return this;
    }

    private RawDrive put(String model, UUID id, Map<String, Value> fields) {
        rows.values().removeIf(row -> row.id.equals(id));
        rows.put(++sequence, new Row(model, id, new TreeMap<>(fields)));
        return this;
    }

    /// Says how far the member holds it, which is all of it. To be said once on each link.
    void tell(Talk talk) throws IOException {
        pages = 0;
        told = sequence;
        talk.say(new SyncMessage.Streams(List.of(new SyncMessage.StreamState(claim, sequence, true, List.of())),
                false));
    }

    /// Tells the rows that are new as news, and that they are all.
    void tellNews(Talk talk) throws IOException {
        List<OwnedRows> news = new ArrayList<>();
        rows.tailMap(told + 1).forEach((number, row) -> news.add(row.travelling(number)));
        tellNews(talk, news, List.of());
    }

    private void tellNews(Talk talk, List<OwnedRows> news, List<Removal> removals) throws IOException {
        talk.say(new SyncMessage.StreamPage(claim.id(), ++pages, news, removals, sequence));
        talk.say(new SyncMessage.StreamCut(claim.id(), head(), List.of()));
        told = sequence;
    }

    /// Takes entries off again and tells that as news.
    void remove(Talk talk, UUID... ids) throws IOException {
        List<Removal> removals = new ArrayList<>();
        for (UUID id : ids) {
            rows.values().removeIf(row -> row.id.equals(id));
            removals.add(new Removal(Models.ENTRY, id, ++sequence));
        }
        tellNews(talk, List.of(), removals);
    }

    /// Tells it all to who has compared as far as it could and waits for more.
    void tellAnew(Talk talk) throws IOException {
        told = ++sequence;
        offer(talk);
    }

    private void offer(Talk talk) throws IOException {
        talk.say(new SyncMessage.StreamLeaves(claim.id(), head(), List.of(), leaves(), true));
    }

    long mark() {
        return sequence;
    }

    /// Answers until the other side holds all of it, or has given it up.
    ///
    /// @return what it said last: the mark that it holds, or a head with which it has compared as far as it can
    SyncMessage.Follow serve(Talk talk) throws IOException {
        while (true) {
            switch (talk.next(SyncMessage.class)) {
                case SyncMessage.Follow follow when follow.claim().equals(claim.id()) -> {
                    if (follow.mark() >= 0 || follow.settled().bytes().length > 0) {
                        return follow;
                    }
                    offer(talk);
                }
                case SyncMessage.LeafFetch fetch -> talk.say(new SyncMessage.LeafPage(claim.id(),
                        fetch.leaves().stream().flatMap(leaf -> rowsIn(leaf.location())).toList(),
                        fetch.leaves().size(), List.of()));
                case SyncMessage.Goodbye(String reason) -> fail(reason);
                default -> { }
            }
        }
    }

    /// The drive comes before its locations.
    private Stream<OwnedRows> rowsIn(UUID place) {
        return rows.entrySet().stream().filter(row -> row.getValue().place().equals(place))
                .sorted(Comparator.comparing(row -> !row.getValue().model().equals(Models.VOLUME)))
                .map(row -> row.getValue().travelling(row.getKey()));
    }

    private List<Leaf> leaves() {
        var bytes = new TreeMap<UUID, Hashed>(Leaf::compare);
        rows.forEach((number, row) -> bytes.computeIfAbsent(row.place(), _ -> new Hashed()).add(row.hashed(number)));
        List<Leaf> leaves = new ArrayList<>();
        bytes.forEach((place, all) -> leaves.add(new Leaf(claim.id(), 0, place, all.hash())));
        return leaves;
    }

    private Head head() {
        var all = new Hashed().add("holdfast stream root 1".getBytes(US_ASCII));
        for (Leaf leaf : leaves()) {
            Hash part = new Hashed().add("holdfast stream part 1".getBytes(US_ASCII))
                    .add(bytes(claim.id().author().value())).add(bytes(claim.id().sequence())).add(bytes(0))
                    .add(leaf.hash().bytes()).hash();
            all.add(bytes(leaf.location())).add(part.bytes());
        }
        Hash root = all.hash();
        return new Head(sequence, true, root, member.sign(Head.toSign(claim, sequence, true, root)));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /// What is hashed, one after the other.
    private static final class Hashed {
        private final MessageDigest digest;

        private Hashed() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        private Hashed add(byte[] bytes) {
            digest.update(bytes);
            return this;
        }

        private Hash hash() {
            return Hash.read(digest.digest(), 0);
        }
    }
}

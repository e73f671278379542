package app.holdfast.core.vault;

import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.vault.Outline.Shape;
import app.holdfast.core.vault.Outline.ValueShape;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.StoreKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An outline and the names of what is in it, as they travel (`docs/protocol/vaults.md`, section 4). They hold no
/// secret, but what is called how, so they are sealed.
record OutlineBytes(Outline outline, Names names) {

    private static final int MAC = 32;
    /// Characters of a name; a longer one does not travel.
    private static final int NAME_MAX = 400;
    private static final int READABLE = 0;
    private static final int REVOKED = 1;
    private static final int UNREADABLE = 2;

    byte[] encode() {
        Map<Bytes24, Map<Bytes24, List<Place>>> places = new LinkedHashMap<>();
        outline.clients().forEach(client -> places.put(client, new LinkedHashMap<>()));
        outline.records().keySet().forEach(place -> note(places, place));
        outline.unreadable().forEach(place -> note(places, place));
        Map<Bytes24, List<StorePlace>> values = new LinkedHashMap<>();
        outline.values().keySet().forEach(place ->
                values.computeIfAbsent(place.client(), _ -> new ArrayList<>()).add(place));
        var out = new CborWriter();
        out.array(2).array(places.size());
        places.forEach((client, vaults) -> {
            out.array(3).bytes(client.bytes()).array(vaults.size());
            vaults.forEach((vault, records) -> {
                out.array(2).bytes(vault.bytes()).array(records.size());
                records.forEach(place -> record(out, place));
            });
            List<StorePlace> own = values.getOrDefault(client, List.of());
            out.array(own.size());
            own.forEach(place -> value(out, place));
        });
        names(out);
        return out.toBytes();
    }

    private static void note(Map<Bytes24, Map<Bytes24, List<Place>>> places, Place place) {
        places.computeIfAbsent(place.client(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(place.vault(), _ -> new ArrayList<>()).add(place);
    }

    private void record(CborWriter out, Place place) {
        Shape shape = outline.records().get(place);
        if (shape == null) {
            out.array(2).bytes(place.record().bytes()).unsigned(UNREADABLE);
        } else {
            out.array(5).bytes(place.record().bytes()).unsigned(shape.revoked() ? REVOKED : READABLE)
                    .unsigned(shape.size()).bytes(shape.blob().bytes()).bytes(HexFormat.of().parseHex(shape.mac()));
        }
    }

    private void value(CborWriter out, StorePlace place) {
        ValueShape shape = outline.values().get(place);
        if (shape == null) {
            throw new IllegalStateException("a place of this outline has a shape");
        }
        out.array(4).bytes(place.key().bytes()).unsigned(shape.size()).flag(shape.expired())
                .bytes(HexFormat.of().parseHex(shape.mac()));
    }

    private void names(CborWriter out) {
        Map<String, String> said = new LinkedHashMap<>();
        names.notes().forEach((path, note) -> note.name().filter(name -> name.length() <= NAME_MAX)
                .ifPresent(name -> said.put(path, name)));
        out.array(said.size());
        said.forEach((path, name) ->
                out.array(2).bytes(HexFormat.of().parseHex(path.replace("/", ""))).text(name));
    }

    /// @throws CborException when this is no outline; its offset is that of the part that makes no sense
    static OutlineBytes decode(byte[] bytes) throws CborException {
        return new Reading(new CborReader(bytes)).all();
    }

    /// An outline while it is read.
    private static final class Reading {

        private final CborReader in;
        private final Set<Bytes24> clients = new LinkedHashSet<>();
        private final Map<Place, Shape> records = new LinkedHashMap<>();
        private final Map<StorePlace, ValueShape> values = new LinkedHashMap<>();
        private final Set<Place> unreadable = new LinkedHashSet<>();

        Reading(CborReader in) {
            this.in = in;
        }

        OutlineBytes all() throws CborException {
            in.array(2);
            for (int count = in.array(); count > 0; count--) {
                client();
            }
            Names names = names();
            in.end();
            return new OutlineBytes(new Outline(clients, records, values, unreadable), names);
        }

        private void client() throws CborException {
            in.array(3);
            int start = in.offset();
            Bytes24 client = id();
            once(clients.add(client), start);
            Set<Bytes24> vaults = new LinkedHashSet<>();
            for (int count = in.array(); count > 0; count--) {
                in.array(2);
                int at = in.offset();
                Bytes24 vault = id();
                once(vaults.add(vault), at);
                for (int each = in.array(); each > 0; each--) {
                    record(client, vault);
                }
            }
            for (int count = in.array(); count > 0; count--) {
                value(client);
            }
        }

        private void record(Bytes24 client, Bytes24 vault) throws CborException {
            int start = in.offset();
            int fields = in.array();
            var place = new Place(client, vault, id());
            int kind = (int) in.unsigned(UNREADABLE);
            if (fields != (kind == UNREADABLE ? 2 : 5)) {
                throw new CborException(start, "a record with " + fields + " fields");
            }
            if (kind == UNREADABLE) {
                once(!records.containsKey(place) && unreadable.add(place), start);
            } else {
                boolean gone = kind == REVOKED;
                int size = size(gone);
                var shape = new Shape(size, id(), mac(gone), gone);
                once(!unreadable.contains(place) && records.put(place, shape) == null, start);
            }
        }

        private void value(Bytes24 client) throws CborException {
            int start = in.offset();
            in.array(4);
            var place = new StorePlace(client, new StoreKey(in.bytes()));
            int size = size(false);
            boolean expired = in.flag();
            String mac = mac(expired);
            if (expired && size != 0) {
                throw new CborException(start, "a size of what is gone");
            }
            once(values.put(place, new ValueShape(size, mac, expired)) == null, start);
        }

        private Names names() throws CborException {
            var notes = new LinkedHashMap<String, Names.Note>();
            for (int count = in.array(); count > 0; count--) {
                in.array(2);
                int start = in.offset();
                byte[] path = in.bytes();
                if (path.length == 0 || path.length % Bytes24.SIZE != 0 || path.length > 3 * Bytes24.SIZE) {
                    throw new CborException(start, "a name for " + path.length + " bytes of ids");
                }
                String name = name();
                String id = HexFormat.of().formatHex(path).replaceAll("(.{48})(?=.)", "$1/");
                once(notes.put(id, new Names.Note(Optional.of(name), "", 0)) == null, start);
            }
            return new Names(notes);
        }

        private String name() throws CborException {
            int start = in.offset();
            String name = in.text();
            if (name.length() > NAME_MAX) {
                throw new CborException(start, "a name of " + name.length() + " characters");
            }
            return name;
        }

        private Bytes24 id() throws CborException {
            return Bytes24.at(exactly(Bytes24.SIZE), 0);
        }

        private int size(boolean gone) throws CborException {
            return (int) in.unsigned(gone ? 0 : Integer.MAX_VALUE);
        }

        private String mac(boolean gone) throws CborException {
            int start = in.offset();
            String mac = HexFormat.of().formatHex(exactly(MAC));
            if (gone && !mac.equals(Outline.NO_MAC)) {
                throw new CborException(start, "a hash of what is gone");
            }
            return mac;
        }

        private byte[] exactly(int size) throws CborException {
            int start = in.offset();
            byte[] bytes = in.bytes();
            if (bytes.length != size) {
                throw new CborException(start, bytes.length + " bytes where " + size + " belong");
            }
            return bytes;
        }

        private static void once(boolean first, int offset) throws CborException {
            if (!first) {
                throw new CborException(offset, "something that was there already");
            }
        }
    }
}

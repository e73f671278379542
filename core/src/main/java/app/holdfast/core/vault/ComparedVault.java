package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Lz4Block;
import app.holdfast.core.vault.stronghold.MalformedSnapshot;
import app.holdfast.core.vault.stronghold.PayloadReader;
import app.holdfast.core.vault.stronghold.SecretMemory;
import app.holdfast.core.vault.stronghold.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A vault on the side that takes, beside the outline of what another device offers. Plans with the same code as a
/// merge on one device, and writes only what was previewed. Any thread, one at a time.
///
/// All of it is seen as it was when the outline came: a value that expires later changes no plan (ADR 220).
public final class ComparedVault {

    /// The other device's clock said what had expired; ours has no say in what it offered.
    private static final long NEVER_EXPIRED = 0;

    private final OpenedVault vault;
    private final OutlineBytes offered;
    private final String outlineHash;
    private final byte[] shapeKey;
    private final long thenMillis;

    private ComparedVault(OpenedVault vault, OutlineBytes offered, String outlineHash, byte[] shapeKey) {
        this.vault = vault;
        this.offered = offered;
        this.outlineHash = outlineHash;
        this.shapeKey = shapeKey;
        this.thenMillis = vault.nowMillis();
    }

    /// @param outline  as the other device sent it
    /// @param shapeKey kept until [#close]
    public static ComparedVault of(OpenVault vault, byte[] outline, byte[] shapeKey) throws CborException {
        return new ComparedVault(OpenedVault.openedHere(vault), OutlineBytes.decode(outline),
                SnapshotFile.fingerprint(outline), shapeKey);
    }

    /// What the file of a vault is called, without its folder.
    public static String fileName(OpenVault vault) {
        return OpenedVault.openedHere(vault).fileName();
    }

    /// What is offered, for people.
    public List<VaultContent.Client> offered() {
        Map<Bytes24, Map<Bytes24, List<VaultContent.Record>>> clients = new LinkedHashMap<>();
        Outline outline = offered.outline();
        outline.clients().forEach(client -> clients.put(client, new LinkedHashMap<>()));
        outline.records().forEach((place, shape) -> records(clients, place).add(record(place, shape.size(),
                shape.revoked())));
        outline.unreadable().forEach(place -> records(clients, place).add(record(place, 0, false)));
        List<VaultContent.Client> list = new ArrayList<>();
        clients.forEach((client, vaults) -> {
            List<VaultContent.Vault> inside = new ArrayList<>();
            vaults.forEach((id, records) -> inside.add(new VaultContent.Vault(id.hex(),
                    name(Names.id(client, id, null), id), true, records)));
            list.add(new VaultContent.Client(client.hex(), name(client.hex(), client), inside, values(client)));
        });
        return list;
    }

    private List<VaultContent.Value> values(Bytes24 client) {
        return offered.outline().values().entrySet().stream().filter(entry -> entry.getKey().client().equals(client))
                .map(entry -> new VaultContent.Value(entry.getKey().key().toString(), entry.getValue().size(),
                        Optional.empty(), entry.getValue().expired())).toList();
    }

    private static List<VaultContent.Record> records(Map<Bytes24, Map<Bytes24, List<VaultContent.Record>>> clients,
            Place place) {
        return clients.computeIfAbsent(place.client(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(place.vault(), _ -> new ArrayList<>());
    }

    private VaultContent.Record record(Place place, int size, boolean revoked) {
        return new VaultContent.Record(place.record().hex(), offered.names().name(place.toString()), size,
                Optional.empty(), revoked, Optional.empty());
    }

    private Optional<String> name(String path, Bytes24 id) {
        return offered.names().name(path).or(() -> Names.known(id));
    }

    /// What taking would do. Nothing is changed.
    public Preview preview(VaultMerge choice) throws CoreException {
        Seen now = seen();
        return VaultMerging.preview(plan(now, choice), choice, now.fingerprint());
    }

    /// The bytes of what has to come for a preview.
    ///
    /// @return empty when nothing has to
    /// @throws CoreException.Refused when the vault changed since the preview, or it is too much at once
    public Optional<byte[]> wish(Preview preview) throws CoreException {
        Wish wish = Wish.of(plan(seen(), preview));
        long bytes = wish.bytes(offered.outline());
        if (bytes > GivenVault.PARCEL_MAX) {
            throw new CoreException.Refused("it would be %d MiB of records, and %d MiB travel at once; choose some "
                    .formatted(bytes >> 20, GivenVault.PARCEL_MAX >> 20)
                    + "clients, vaults or records, and take the rest afterwards");
        }
        return wish.size() == 0 ? Optional.empty() : Optional.of(wish.encode());
    }

    /// Does what the preview says, in memory, all of it or nothing. Where it says that nothing is to be changed,
    /// nothing is to be saved either.
    ///
    /// @param block what came; empty when nothing had to. The caller wipes it
    /// @throws MalformedSnapshot     when it is none, or not exactly what was asked for
    /// @throws CoreException.Refused when the vault changed since the preview
    public void merge(Preview preview, byte[] block) throws CoreException, MalformedSnapshot {
        try (var memory = new SecretMemory()) {
            Snapshot came = block.length == 0 ? Snapshot.empty() : parse(block, memory);
            var _ = vault.<Snapshot, MalformedSnapshot>look((snapshot, around, nowMillis) -> {
                MergePlan plan = plan(seen(snapshot), preview);
                check(plan, Outline.of(came, shapeKey, NEVER_EXPIRED, Names.CLIENT));
                Snapshot merged = Merging.apply(snapshot, came, plan, around, nowMillis);
                Snapshot named = Names.of(merged).and(Names.of(came).taken(plan)).into(merged, around, nowMillis);
                if (preview.isToBeSaved()) {
                    vault.synced(named);
                } else {
                    vault.tellSynced();
                }
                return named;
            });
        }
    }

    private static Snapshot parse(byte[] block, SecretMemory memory) throws MalformedSnapshot {
        byte[] payload = Lz4Block.decompress(block, GivenVault.PAYLOAD_MAX);
        try {
            return PayloadReader.read(payload, memory);
        } finally {
            Arrays.fill(payload, (byte) 0);
        }
    }

    /// What came is what was offered and wished for: the same places, sizes, versions and hashes, and nothing else.
    private void check(MergePlan plan, Outline came) throws MalformedSnapshot {
        Wish wish = Wish.of(plan);
        if (!came.records().keySet().equals(wish.records()) || !came.values().keySet().equals(wish.values())
                || !came.unreadable().isEmpty()) {
            throw new MalformedSnapshot("records that were not asked for, or not all that were", 0);
        }
        for (Place place : wish.records()) {
            if (!Objects.equals(came.records().get(place), offered.outline().records().get(place))) {
                throw new MalformedSnapshot("record " + place + " is not the one that was offered", 0);
            }
        }
        for (StorePlace place : wish.values()) {
            Outline.ValueShape shape = offered.outline().values().get(place);
            Outline.ValueShape there = came.values().get(place);
            if (shape == null || there == null || !there.isSameAs(shape)) {
                throw new MalformedSnapshot("a value is not the one that was offered", 0);
            }
        }
    }

    private MergePlan plan(Seen target, Preview preview) throws CoreException {
        if (!preview.fingerprint().equals(target.fingerprint())) {
            throw new CoreException.Refused("the vault changed since the preview; look at it again");
        }
        return plan(target, preview.choice());
    }

    private MergePlan plan(Seen target, VaultMerge choice) throws CoreException {
        var finding = new Finding(Snapshot.empty(), offered.names().and(target.names()));
        return MergePlan.of(target.outline(), offered.outline(), choice.policy(),
                VaultMerging.selection(choice, offered.outline(), finding));
    }

    /// What a plan has to know of the vault here, so that none is made while others wait for the vault.
    private record Seen(Outline outline, Names names, String fingerprint) {}

    private Seen seen() throws CoreException {
        return vault.look((snapshot, _, _) -> seen(snapshot));
    }

    private Seen seen(Snapshot target) throws CoreException {
        return new Seen(Outline.of(target, shapeKey, thenMillis, Names.CLIENT), Names.of(target),
                VaultMerging.fingerprint(target) + outlineHash);
    }

    /// Wipes the key of this comparison.
    public void close() {
        Arrays.fill(shapeKey, (byte) 0);
    }
}

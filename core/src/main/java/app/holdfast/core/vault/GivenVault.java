package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Client;
import app.holdfast.core.vault.stronghold.Lz4Block;
import app.holdfast.core.vault.stronghold.MalformedSnapshot;
import app.holdfast.core.vault.stronghold.PayloadWriter;
import app.holdfast.core.vault.stronghold.SecretMemory;
import app.holdfast.core.vault.stronghold.Snapshot;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A vault on the side that gives: what is offered of it, and the records that are asked for. Any thread, one at a
/// time; holds no secret. Fails with [CoreException.VaultLocked] once the vault is locked.
public final class GivenVault {

    /// Bytes of records that travel at once. Each side holds up to six times as much while it seals and opens them, and
    /// the program has 512 MiB (ADR 221).
    static final int PARCEL_MAX = 32 << 20;
    /// Bytes of a payload, in which names may be longer than was reckoned.
    public static final int PAYLOAD_MAX = PARCEL_MAX + (8 << 20);

    /// Bytes of an outline: some 100,000 records with their names.
    public static final int OUTLINE_MAX = 16 << 20;

    private final OpenedVault vault;
    private final Set<Bytes24> clients;
    private Optional<Offered> offered = Optional.empty();

    /// @param snapshot of which the outline was drawn
    private record Offered(Snapshot snapshot, Outline outline, Names names) {}

    private GivenVault(OpenedVault vault, Set<Bytes24> clients) {
        this.vault = vault;
        this.clients = clients;
    }

    /// @param clients ids, names or paths of those that are offered; empty for all
    public static GivenVault of(OpenVault vault, Set<String> clients) throws CoreException {
        OpenedVault opened = OpenedVault.openedHere(vault);
        return new GivenVault(opened, opened.look((snapshot, _, _) -> {
            var finding = new Finding(snapshot);
            var chosen = new HashSet<Bytes24>();
            for (String typed : clients) {
                Bytes24 id = finding.client(typed);
                if (id.equals(Names.CLIENT) || !snapshot.clients().containsKey(id)) {
                    throw new CoreException.NotFound("client", typed);
                }
                chosen.add(id);
            }
            return chosen;
        }));
    }

    /// Draws the outline. What is offered is from now on what the vault holds at this moment.
    ///
    /// @param shapeKey 32 bytes that only the two sides of this exchange know
    /// @return the outline's bytes; they say how things are called
    public byte[] outline(byte[] shapeKey) throws CoreException {
        Offered now = vault.show((snapshot, _, nowMillis) -> {
            Outline outline = Outline.of(chosen(snapshot), shapeKey, nowMillis, Names.CLIENT);
            return new Offered(snapshot, outline, Names.of(snapshot).within(outline));
        });
        byte[] bytes = new OutlineBytes(now.outline(), now.names()).encode();
        if (bytes.length > OUTLINE_MAX) {
            throw new CoreException.VaultNotGiven(vault.fileName(), CoreException.VaultNotGiven.Reason.TOO_LARGE);
        }
        offered = Optional.of(now);
        return bytes;
    }

    private Snapshot chosen(Snapshot snapshot) {
        if (clients.isEmpty()) {
            return snapshot;
        }
        Map<Bytes24, Client> chosen = new LinkedHashMap<>(snapshot.clients());
        chosen.keySet().retainAll(clients);
        return new Snapshot(chosen);
    }

    /// A snapshot of what was wished for, under keys of its own (`docs/protocol/vaults.md`, section 4).
    ///
    /// @param wish as the other side sent it
    /// @throws CborException               when it is none, or goes beyond what was offered
    /// @throws CoreException.VaultNotGiven when the vault changed since the outline, or that is too much at once
    public Parcel parcel(byte[] wish, String who) throws CoreException, CborException {
        Offered then = offered.orElseThrow(() -> new IllegalStateException("nothing was offered yet"));
        Wish wished = Wish.decode(wish, then.outline());
        if (wished.bytes(then.outline()) > PARCEL_MAX) {
            throw new CoreException.VaultNotGiven(who, CoreException.VaultNotGiven.Reason.TOO_LARGE);
        }
        return vault.show((snapshot, around, nowMillis) -> {
            if (!snapshot.equals(then.snapshot())) {
                throw new CoreException.VaultNotGiven(who, CoreException.VaultNotGiven.Reason.CHANGED);
            }
            try (var memory = new SecretMemory()) {
                var own = new SnapshotBytes.Surroundings(around.random(), memory);
                MergePlan plan = wished.plan();
                Snapshot apart = Merging.apply(Snapshot.empty(), snapshot, plan, own, nowMillis);
                Snapshot named = Names.of(snapshot).taken(plan).into(apart, own, nowMillis);
                return new Parcel(block(named, who), wished.size());
            }
        });
    }

    /// The other side has what it wanted. For the library's list; whether the vault is open does not matter.
    public void given() {
        vault.tellSynced();
    }

    private static byte[] block(Snapshot snapshot, String who) throws CoreException {
        byte[] payload = {};
        try {
            payload = PayloadWriter.write(snapshot);
            if (payload.length > PAYLOAD_MAX) {
                throw new CoreException.VaultNotGiven(who, CoreException.VaultNotGiven.Reason.TOO_LARGE);
            }
            return Lz4Block.compress(payload);
        } catch (MalformedSnapshot e) {
            throw new CoreException.Refused("a vault cannot hold " + e.reason());
        } finally {
            Arrays.fill(payload, (byte) 0);
        }
    }

    /// @param block a payload, compressed; secret, for the caller to wipe
    /// @param count records and values in it
    public record Parcel(byte[] block, int count) {}
}

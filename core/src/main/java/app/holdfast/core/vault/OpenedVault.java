package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Client;
import app.holdfast.core.vault.stronghold.MalformedSnapshot;
import app.holdfast.core.vault.stronghold.Moment;
import app.holdfast.core.vault.stronghold.SealedRecord;
import app.holdfast.core.vault.stronghold.Secret;
import app.holdfast.core.vault.stronghold.Snapshot;
import app.holdfast.core.vault.stronghold.StoreKey;
import app.holdfast.core.vault.stronghold.StoreValue;
import app.holdfast.core.vault.stronghold.Vault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A vault between its opening and its locking. All of it is guarded by itself, so a timer may lock it at any time.
///
///     OPEN --close, idle--> LOCKED
final class OpenedVault implements OpenVault {

    private static final int SECRET_MAX = 64 << 20;
    /// Who holds two vaults at once holds this first, so that no two wait for each other.
    private static final Object MERGING = new Object();

    private final SnapshotFile file;
    private final VaultDoor door;
    private final SnapshotBytes.Surroundings around;
    private String fingerprint;
    private Lock lock;
    private Snapshot snapshot;
    private boolean open = true;
    /// Merged with another device's since it was saved.
    private boolean synced;
    private long usedMillis;

    /// @param bytes the file as it was read
    OpenedVault(SnapshotFile file, byte[] bytes, SnapshotBytes.Unlocked unlocked, SnapshotBytes.Surroundings around,
            VaultDoor door) {
        this.file = file;
        this.door = door;
        this.around = around;
        this.lock = unlocked.lock();
        this.snapshot = unlocked.snapshot();
        this.fingerprint = SnapshotFile.fingerprint(bytes);
        this.usedMillis = door.nowMillis();
    }

    @Override
    public synchronized VaultContent content() throws CoreException {
        use();
        return new Listing(snapshot, door.nowMillis()).content(lock);
    }

    @Override
    public synchronized void put(RecordPath at, byte[] secret, byte[] hint, boolean named) throws CoreException {
        use();
        if (secret.length > SECRET_MAX || hint.length > Bytes24.SIZE) {
            throw new CoreException.Refused("a secret has at most " + SECRET_MAX + " bytes and a hint "
                    + Bytes24.SIZE);
        }
        Place place = finding().place(at);
        Client client = snapshot.clients().getOrDefault(place.client(), Client.empty(door.nowMillis()));
        Vault vault = client.vaults().get(place.vault());
        Vault target = vault != null ? vault
                : new Vault(client.keys().containsKey(place.vault()) ? client.keys().get(place.vault()) : newKey(),
                        Map.of());
        SealedRecord before = target.records().get(place.record());
        if (before != null && before.isRevoked()) {
            throw new CoreException.Refused("this record was revoked and not yet collected; collect first");
        }
        Bytes24 oldHint = before == null ? Bytes24.hint(hint)
                : before.facts(target.key(), place.record()).map(SealedRecord.Facts::hint).orElse(Bytes24.hint(hint));
        var facts = new SealedRecord.Facts(place.record(), Bytes24.random(around.random()), secret.length,
                hint.length == 0 ? oldHint : Bytes24.hint(hint));
        var records = new LinkedHashMap<>(target.records());
        records.put(place.record(), SealedRecord.seal(target.key(), facts, secret, around.random()));
        snapshot = snapshot.with(place.client(), client.with(place.vault(), target.withRecords(records)));
        note(at, place, facts.blob(), named);
    }

    private void note(RecordPath at, Place place, Bytes24 blob, boolean named) {
        Names names = Names.of(snapshot);
        String id = Names.id(place.client(), place.vault(), place.record());
        names = names.with(id, new Names.Note(names.name(id), blob.hex(), door.nowMillis()));
        if (named) {
            names = named(names, Names.id(place.client(), null, null), place.client(), at.client());
            names = named(names, Names.id(place.client(), place.vault(), null), place.vault(),
                    at.vault().orElse(""));
            names = named(names, id, place.record(), at.record().orElse(""));
        }
        snapshot = names.into(snapshot, around, door.nowMillis());
    }

    /// Ids are no names, and a name that was given stays.
    private static Names named(Names names, String id, Bytes24 part, String typed) {
        boolean tellsNothing = typed.equals(part.hex()) || names.name(id).isPresent() || Names.known(part).isPresent();
        return tellsNothing ? names : names.named(id, Optional.of(typed));
    }

    @Override
    public synchronized void revoke(RecordPath at) throws CoreException {
        use();
        Place place = finding().place(at);
        Vault vault = finding().vault(place);
        SealedRecord sealed = finding().record(place);
        if (!sealed.isRevoked()) {
            var records = new LinkedHashMap<>(vault.records());
            records.put(place.record(), sealed.revoked(vault.key(), place.record(), around.random()));
            replace(place, vault.withRecords(records));
        }
    }

    @Override
    public synchronized int collect() throws CoreException {
        use();
        var collected = Collection.of(snapshot, door.nowMillis());
        snapshot = collected.snapshot();
        return collected.count();
    }

    @Override
    public synchronized void putValue(String client, String key, byte[] value, Optional<Duration> lifetime)
            throws CoreException {
        use();
        Bytes24 id = finding().client(client);
        if (value.length > SECRET_MAX) {
            throw new CoreException.Refused("a value has at most " + SECRET_MAX + " bytes");
        }
        Client there = snapshot.clients().getOrDefault(id, Client.empty(door.nowMillis()));
        var values = new LinkedHashMap<>(there.store().values());
        values.put(StoreKey.of(key), new StoreValue(around.memory().keep(value),
                lifetime.map(time -> Moment.ofMillis(door.nowMillis() + time.toMillis()))));
        snapshot = snapshot.with(id, there.withStore(there.store().withValues(values)));
    }

    @Override
    public synchronized void removeValue(String client, String key) throws CoreException {
        use();
        Bytes24 id = finding().client(client);
        Client there = snapshot.clients().get(id);
        if (there == null || !there.store().values().containsKey(StoreKey.of(key))) {
            throw new CoreException.NotFound("value", key);
        }
        var values = new LinkedHashMap<>(there.store().values());
        values.remove(StoreKey.of(key));
        snapshot = snapshot.with(id, there.withStore(there.store().withValues(values)));
    }

    @Override
    public synchronized void name(RecordPath what, Optional<String> name) throws CoreException {
        use();
        Names names = Names.of(snapshot);
        snapshot = names.named(finding().id(what), name.map(String::strip).filter(text -> !text.isEmpty()))
                .into(snapshot, around, door.nowMillis());
    }

    @Override
    public synchronized byte[] secret(RecordPath at) throws CoreException {
        use();
        Place place = finding().place(at);
        Vault vault = finding().vault(place);
        SealedRecord sealed = finding().record(place);
        if (sealed.isRevoked()) {
            throw new CoreException.NotFound("record", place.toString());
        }
        Optional<byte[]> secret = sealed.facts(vault.key(), place.record())
                .flatMap(facts -> sealed.open(vault.key(), facts, byte[]::clone));
        return secret.orElseThrow(() -> new CoreException.DamagedVault(file.path(), "record " + place,
                "its seal does not open", 0));
    }

    @Override
    public synchronized Check verify() throws CoreException {
        use();
        var unreadable = new ArrayList<String>();
        int count = 0;
        for (var client : snapshot.clients().entrySet()) {
            for (var vault : client.getValue().vaults().entrySet()) {
                for (var record : vault.getValue().records().entrySet()) {
                    count++;
                    if (!opens(vault.getValue(), record.getKey(), record.getValue())) {
                        unreadable.add(client.getKey() + "/" + vault.getKey() + "/" + record.getKey());
                    }
                }
            }
        }
        door.tell(file.path(), unreadable.isEmpty() ? Vaults.Deed.VERIFIED : Vaults.Deed.SEEN);
        return new Check(count, unreadable);
    }

    private static boolean opens(Vault vault, Bytes24 id, SealedRecord sealed) {
        return sealed.hasGoodRevocation(vault.key(), id) && sealed.facts(vault.key(), id)
                .flatMap(facts -> sealed.open(vault.key(), facts, secret -> secret.length)).isPresent();
    }

    @Override
    public synchronized void relock(byte[] password, Vaults.Locking locking) throws CoreException {
        use();
        Lock old = lock;
        lock = door.lock(file.path(), password, locking, around);
        old.secret().wipe();
    }

    @Override
    public VaultMerge.Preview preview(OpenVault source, VaultMerge choice) throws CoreException {
        OpenedVault from = openedHere(source);
        synchronized (MERGING) {
            synchronized (this) {
                synchronized (from) {
                    return new VaultMerging(choice).preview(view(), from.view(), around.random().bytes(Outline.KEY),
                            door.nowMillis());
                }
            }
        }
    }

    @Override
    public void merge(OpenVault source, VaultMerge.Preview preview) throws CoreException {
        OpenedVault from = openedHere(source);
        synchronized (MERGING) {
            synchronized (this) {
                synchronized (from) {
                    snapshot = new VaultMerging(preview.choice()).apply(view(), from.view(), preview, around,
                            door.nowMillis());
                }
            }
        }
    }

    @Override
    public synchronized void save() throws CoreException {
        use();
        try {
            byte[] bytes = SnapshotBytes.write(lock, snapshot, around.random());
            file.replace(bytes, fingerprint, around.random());
            fingerprint = SnapshotFile.fingerprint(bytes); // it is there, whatever comes now
            file.settle();
            door.tell(file.path(), synced ? Vaults.Deed.SYNCED : Vaults.Deed.SEEN);
            synced = false;
        } catch (MalformedSnapshot e) {
            throw new CoreException.Refused("a vault cannot hold " + e.reason());
        }
    }

    @Override
    public synchronized boolean lockIfIdle(Duration idle) {
        if (open && door.nowMillis() - usedMillis >= idle.toMillis()) {
            close();
        }
        return !open;
    }

    @Override
    public synchronized void close() {
        open = false;
        snapshot = Snapshot.empty();
        around.memory().close();
    }

    /// What the file is called, without its folder.
    String fileName() {
        return String.valueOf(file.path().getFileName());
    }

    long nowMillis() {
        return door.nowMillis();
    }

    @Override
    public String toString() {
        return "OpenedVault[" + file.path() + "]";
    }

    /// Looks at what is in it, while nobody else does.
    synchronized <T, X extends Exception> T look(Look<T, X> look) throws CoreException, X {
        use();
        return look.at(snapshot, around, door.nowMillis());
    }

    /// Looks at what is in it for another device. That is no use of it: who only asks keeps no vault open.
    synchronized <T, X extends Exception> T show(Look<T, X> look) throws CoreException, X {
        if (!open) {
            throw new CoreException.VaultLocked(file.path());
        }
        return look.at(snapshot, around, door.nowMillis());
    }

    /// Puts what was merged with another device's in the place of what was there.
    synchronized void synced(Snapshot merged) throws CoreException {
        use();
        snapshot = merged;
        synced = true;
    }

    /// Another device's has been compared with it, and nothing of it is to be written.
    void tellSynced() {
        door.tell(file.path(), Vaults.Deed.SYNCED);
    }

    /// @param <X> what it may fail with
    @FunctionalInterface
    interface Look<T, X extends Exception> {
        T at(Snapshot snapshot, SnapshotBytes.Surroundings around, long nowMillis) throws CoreException, X;
    }

    private Snapshot view() throws CoreException {
        use();
        return snapshot;
    }

    static OpenedVault openedHere(OpenVault other) {
        if (other instanceof OpenedVault vault) {
            return vault;
        }
        throw new IllegalArgumentException("this vault was not opened here");
    }

    private Finding finding() {
        return new Finding(snapshot);
    }

    private void replace(Place place, Vault vault) {
        Client client = snapshot.clients().get(place.client());
        if (client != null) {
            snapshot = snapshot.with(place.client(), client.with(place.vault(), vault));
        }
    }

    private Secret newKey() {
        byte[] key = around.random().bytes(32);
        try {
            return around.memory().keep(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private void use() throws CoreException {
        if (!open) {
            throw new CoreException.VaultLocked(file.path());
        }
        usedMillis = door.nowMillis();
    }
}

package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.Client;
import app.holdfast.core.vault.stronghold.SealedRecord;
import app.holdfast.core.vault.stronghold.Snapshot;
import app.holdfast.core.vault.stronghold.Vault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which part of a snapshot a person means: by its id, by a name that was given to it, or by an application's path.
final class Finding {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{48}");

    private final Snapshot snapshot;
    private final Names known;
    /// Made once, since another device may name everything and a person may choose by any name.
    private final Map<Names.Named, Bytes24> names;

    Finding(Snapshot snapshot) {
        this(snapshot, Names.of(snapshot));
    }

    /// @param names that are known of it
    Finding(Snapshot snapshot, Names names) {
        this.snapshot = snapshot;
        this.known = names;
        this.names = names.byName();
    }

    Bytes24 client(String typed) {
        return part("", typed).orElseGet(() -> Bytes24.ofPath(bytes(typed)));
    }

    Bytes24 vault(Bytes24 client, String typed) {
        return part(client + "/", typed).orElseGet(() -> Bytes24.ofPath(bytes(typed)));
    }

    Place place(RecordPath path) throws CoreException {
        Bytes24 client = client(path.client());
        Bytes24 vault = vault(client, path.vault().orElseThrow(
                () -> new CoreException.Refused("a vault is to be named")));
        String typed = path.record().orElseThrow(() -> new CoreException.Refused("a record is to be named"));
        return new Place(client, vault, record(new Place(client, vault, vault), typed));
    }

    /// Of several with one name, such as after keeping both, the one that applications find is meant.
    ///
    /// @param at only its client and vault matter
    Bytes24 record(Place at, String typed) {
        Bytes24 byPath = at.vault().record(bytes(typed));
        String there = Names.id(at.client(), at.vault(), byPath);
        return known.name(there).filter(typed::equals).isPresent() ? byPath
                : part(at.client() + "/" + at.vault() + "/", typed).orElse(byPath);
    }

    /// For [Names].
    String id(RecordPath path) throws CoreException {
        if (path.record().isPresent()) {
            return place(path).toString();
        }
        Bytes24 client = client(path.client());
        return Names.id(client, path.vault().map(typed -> vault(client, typed)).orElse(null), null);
    }

    Vault vault(Place place) throws CoreException {
        Client client = snapshot.clients().get(place.client());
        if (client == null) {
            throw new CoreException.NotFound("client", place.client().hex());
        }
        Vault vault = client.vaults().get(place.vault());
        if (vault == null) {
            throw new CoreException.NotFound("vault", place.client() + "/" + place.vault());
        }
        return vault;
    }

    SealedRecord record(Place place) throws CoreException {
        SealedRecord sealed = vault(place).records().get(place.record());
        if (sealed == null) {
            throw new CoreException.NotFound("record", place.toString());
        }
        return sealed;
    }

    private Optional<Bytes24> part(String above, String typed) {
        return ID.matcher(typed).matches() ? Optional.of(Bytes24.ofHex(typed))
                : Optional.ofNullable(names.get(new Names.Named(above, typed)));
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}

package app.holdfast.core.vault;

import app.holdfast.core.vault.stronghold.Bytes24;
import java.util.Map;
import java.util.Set;

/// Which parts of a source are merged, and where to. All ids are the source's, except those on the right of the maps.
///
/// @param clients empty for all
/// @param vaults  empty for all
/// @param records empty for all
/// @param store   whether Stores are merged
/// @param into    clients and vaults that are called otherwise in the target
record Selection(Set<Bytes24> clients, Set<Bytes24> vaults, Set<Bytes24> records, boolean store,
        Map<Bytes24, Bytes24> into) {

    static final Selection ALL = new Selection(Set.of(), Set.of(), Set.of(), true, Map.of());

    Selection {
        clients = Set.copyOf(clients);
        vaults = Set.copyOf(vaults);
        records = Set.copyOf(records);
        into = Map.copyOf(into);
    }

    boolean has(Bytes24 client) {
        return clients.isEmpty() || clients.contains(client);
    }

    boolean has(Place place) {
        return has(place.client()) && (vaults.isEmpty() || vaults.contains(place.vault()))
                && (records.isEmpty() || records.contains(place.record()));
    }

    boolean has(StorePlace place) {
        return store && has(place.client());
    }

    Bytes24 target(Bytes24 id) {
        return into.getOrDefault(id, id);
    }

    Place target(Place place) {
        return new Place(target(place.client()), target(place.vault()), place.record());
    }

    StorePlace target(StorePlace place) {
        return new StorePlace(target(place.client()), place.key());
    }
}

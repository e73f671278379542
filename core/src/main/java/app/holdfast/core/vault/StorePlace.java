package app.holdfast.core.vault;

import app.holdfast.core.vault.stronghold.Bytes24;
import app.holdfast.core.vault.stronghold.StoreKey;

/// Where a value of a Store lies.
record StorePlace(Bytes24 client, StoreKey key) {}

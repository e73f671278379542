package app.holdfast.core.vault;

import app.holdfast.core.vault.stronghold.Bytes24;

/// Where a record lies.
record Place(Bytes24 client, Bytes24 vault, Bytes24 record) {

    @Override
    public String toString() {
        return client + "/" + vault + "/" + record;
    }
}

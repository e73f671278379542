package app.holdfast.core.change.cbor;

/// What may come next in the input.
public enum CborType { WHOLE, BYTES, TEXT, ARRAY, UUID, FALSE, TRUE, NOTHING, REAL }

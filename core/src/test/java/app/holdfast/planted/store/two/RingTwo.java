package app.holdfast.planted.store.two;

import app.holdfast.planted.store.one.RingOne;

/// The other half.
public record RingTwo(RingOne other) {
}

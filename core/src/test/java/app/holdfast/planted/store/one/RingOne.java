package app.holdfast.planted.store.one;

import app.holdfast.planted.store.two.RingTwo;

/// Half of a ring.
public record RingOne(RingTwo other) {
}

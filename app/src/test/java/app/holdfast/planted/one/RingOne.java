package app.holdfast.planted.one;

import app.holdfast.planted.two.RingTwo;

/// Half of a ring.
public record RingOne(RingTwo other) {
}

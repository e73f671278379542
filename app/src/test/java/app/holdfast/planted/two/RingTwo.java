package app.holdfast.planted.two;

import app.holdfast.planted.one.RingOne;

/// The other half.
public record RingTwo(RingOne other) {
}

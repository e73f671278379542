package app.holdfast.planted.transport.quic;

import app.holdfast.planted.transport.Parent;

/// A leaf that imports its parent.
public record KnowsItsParent(Parent parent) {
}

package app.holdfast.planted.transport;

/// What the leaves of transport must not know.
public final class Parent {
}

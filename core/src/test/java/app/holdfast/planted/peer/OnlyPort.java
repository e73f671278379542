package app.holdfast.planted.peer;

/// An interface with one implementation.
public interface OnlyPort {

    /// The one.
    final class Adapter implements OnlyPort {
    }
}

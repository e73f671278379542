package app.holdfast.planted.tags;

/// An interface with one implementation.
public interface OnlyPort {

    /// The one.
    final class Adapter implements OnlyPort {
    }
}

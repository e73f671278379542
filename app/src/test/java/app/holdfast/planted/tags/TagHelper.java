package app.holdfast.planted.tags;

/// Says nothing by its name.
public final class TagHelper {
}

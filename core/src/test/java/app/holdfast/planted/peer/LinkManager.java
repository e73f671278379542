package app.holdfast.planted.peer;

/// Says nothing by its name.
public final class LinkManager {
}

package tech.kwik.planted;

/// Stands for a class of kwik.
public final class Connection {
}

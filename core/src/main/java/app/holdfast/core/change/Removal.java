package app.holdfast.core.change;

import java.util.UUID;

/// A row that its owner removed; it took a sequence of its own (S3).
public record Removal(String model, UUID id, long sequence) {}

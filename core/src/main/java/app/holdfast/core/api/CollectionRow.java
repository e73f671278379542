package app.holdfast.core.api;

import app.holdfast.core.model.CollectionId;

/// @param entries files and folders in it that are known here
public record CollectionRow(CollectionId id, String name, long entries) {}

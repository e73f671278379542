package app.holdfast.core.api;

import app.holdfast.core.model.TagId;
import java.util.Optional;

/// @param depth   0 for a tag of the top level
/// @param entries files and folders that have this very tag
public record TagRow(TagId id, String name, Optional<TagId> parent, TagColor color, int depth, long entries) {}

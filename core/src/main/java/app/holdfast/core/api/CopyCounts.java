package app.holdfast.core.api;

/// How safe the files of a location are.
///
/// @param known  files whose number of copies is known
/// @param single those of them that no other file, here or on any device or drive, has the content of
public record CopyCounts(long known, long single) {}

package app.holdfast.desktop.cli;

import app.holdfast.core.api.Devices;
import app.holdfast.core.api.Library;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A library that is open in this process and connected, as commands from other processes need it.
///
/// @param data   the directory it lies in
/// @param newIds `Holdfast.newId()`
/// @param show   brings the window to the front, and has it import files; runs on any thread
public record OpenLibrary(Path data, Library library, Devices devices, Supplier<UUID> newIds,
        Consumer<List<Path>> show) {}

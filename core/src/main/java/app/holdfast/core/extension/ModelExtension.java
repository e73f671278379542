package app.holdfast.core.extension;

import app.holdfast.core.change.Model;

/// A kind of record that is plugged in: found by [java.util.ServiceLoader] when a library is made or opened.
///
/// Its records are written by `Command.PutRecord` and read by `LibraryReader.records`; they travel like all others, and
/// a device without the extension keeps them and passes them on. `docs/extending.md` teaches it.
public interface ModelExtension {

    /// The declaration. Asked for once in each run; its name never changes.
    Model model();
}

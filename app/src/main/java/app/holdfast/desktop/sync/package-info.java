/// The page of sync: how this device stands with the others, what happened, what two devices changed at once, and what
/// a person can do about it.
///
/// A view (nodes) and a model (no nodes) on the JavaFX thread; what they say is made in [SyncLines].
@NullMarked
package app.holdfast.desktop.sync;

import org.jspecify.annotations.NullMarked;

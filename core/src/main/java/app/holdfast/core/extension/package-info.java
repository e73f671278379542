/// What a plugged-in model implements, and how plugged-in models are found (ADR 63, `docs/extending.md`).
///
/// Called at the door, before a library is opened. Never reads a library: an extension is a declaration.
@NullMarked
package app.holdfast.core.extension;

import org.jspecify.annotations.NullMarked;

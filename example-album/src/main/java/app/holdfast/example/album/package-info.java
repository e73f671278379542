/// An example of a plugged-in model: albums with a title and a cover, which every device of a library shares.
///
/// Knows core's `api`, `model`, `change` and `extension`; core knows nothing of it. `docs/extending.md` walks through
/// it.
@NullMarked
package app.holdfast.example.album;

import org.jspecify.annotations.NullMarked;

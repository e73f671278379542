// SPDX-License-Identifier: LGPL-3.0-or-later
/// What kwik's mended classes call that is easier to read as Java than as what the mends insert. Nobody else calls it.
@NullMarked
package app.holdfast.kwik;

import org.jspecify.annotations.NullMarked;

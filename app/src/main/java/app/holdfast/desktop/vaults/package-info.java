/// Vaults: which there are, what lies in an open one, importing a snapshot into one, and syncing one with a device.
///
/// Models and views on the JavaFX thread; files and derivations are work of the background, never of that thread. What
/// a secret or a password is made of passes through arrays that are wiped (ADR 171); no secret is ever drawn. Knows no
/// other screen.
@NullMarked
package app.holdfast.desktop.vaults;

import org.jspecify.annotations.NullMarked;

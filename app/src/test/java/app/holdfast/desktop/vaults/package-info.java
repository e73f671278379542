@NullMarked
package app.holdfast.desktop.vaults;

import org.jspecify.annotations.NullMarked;

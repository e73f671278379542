/// From a password to the 32 bytes that a snapshot is locked with. Which way an application went is not written in the
/// file, so all that are known stand here.
///
/// Pure: no files, no threads. What is passed in and given out is wiped by the caller. Any thread may call it.
@NullMarked
package app.holdfast.core.vault.key;

import org.jspecify.annotations.NullMarked;

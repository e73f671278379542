/// The envelope of a Stronghold snapshot of version 3: one file of age v1 with one scrypt recipient, whose passphrase
/// is 32 raw bytes and whose work factor may be 0 (`age-encryption.org/v1`).
///
/// Pure: no files, no threads. How much memory an opening takes is known before it is taken. Any thread may call it.
@NullMarked
package app.holdfast.core.vault.age;

import org.jspecify.annotations.NullMarked;

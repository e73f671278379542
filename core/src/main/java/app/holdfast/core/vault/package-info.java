/// Vaults: Stronghold snapshots in files, opened, changed, merged and saved.
///
/// Bytes are the business of four leaves: `.stronghold` (payload, records, the envelope of version 2), `.age` (that of
/// version 3), `.key` (passwords), `.hpke` (what travels to another device). Here they meet with files and with the
/// ports of `api`. Merging is pure, in three steps that may happen on different devices: outlines, a plan, its
/// application. No threads of its own, no SQL, no network; it blocks for seconds where keys are derived. Secrets are in
/// [SecretMemory] or in arrays that are wiped; none is ever in a string, in a log or in an exception (ADR 140 to 145,
/// 200).
@NullMarked
package app.holdfast.core.vault;

import app.holdfast.core.vault.stronghold.SecretMemory;
import org.jspecify.annotations.NullMarked;

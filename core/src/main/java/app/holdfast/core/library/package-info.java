/// One open library: the rules of its commands, questions that stay answered, scans, drives, peers, pairing and the
/// exchange of vaults put together.
///
/// [OpenLibrary] is the whole. What commands mean is in the pure classes called Rules, what questions are answered in
/// those called Questions. [Locations] scans folders and [Watches] has them looked at again; [Contents] reads what
/// files have in them, when and as fast as [Pacing] allows. [Drives] does what [DriveRules] say of what is mounted.
/// [Connections] is the library on the network, [VaultDesk] the exchange of vaults with other members.
///
/// Commands come in on any thread and are carried out by the writer; questions are answered on the readers. Nothing
/// here waits for the network on a caller's thread.
@NullMarked
package app.holdfast.core.library;

import org.jspecify.annotations.NullMarked;

/// What a screen or a command may ask of a library and be told: commands, questions, moments, failures.
///
/// Ports, not parts: [Library], [LibraryReader], [Devices], [Vaults] and [OpenVault] are implemented on higher
/// floors and faked by tests of the screen. Answers are immutable. Nothing here touches a file, a socket or a thread.
@NullMarked
package app.holdfast.core.api;

import org.jspecify.annotations.NullMarked;

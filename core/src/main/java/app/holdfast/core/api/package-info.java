/// What a screen or a command may ask of a library and be told: commands, questions, moments, failures.
///
/// [Command] is all that can be changed, [LibraryReader] all that can be asked, [CoreEvent] what happens, from a device
/// that asks to be paired to a new drive that was plugged in, [CoreException] what fails. [SearchParser] reads queries.
/// [NameOrder] puts names in order and [PlainText] shows them, the same on every device and screen.
///
/// Ports, not parts: [Library], [LibraryReader], [Devices], [Vaults] and [OpenVault] are implemented on higher
/// floors and faked by tests of the screen. Answers are immutable. Nothing here touches a file, a socket or a thread.
@NullMarked
package app.holdfast.core.api;

import org.jspecify.annotations.NullMarked;

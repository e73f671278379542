/// How a command finds the running instance of its data directory and has it do the work: a Unix domain socket that
/// only its user may open, and what is said over it.
///
/// Knows nothing of commands: it carries an argument list one way and text the other, and never opens a library.
/// Every conversation has two threads of its own, made by the factory given at the start; one more looks after the heap
/// of the process, which is there for long (ADR 243).
///
/// @see "docs/adr/0030-a-command-finds-the-running-instance.md"
@NullMarked
package app.holdfast.desktop.instance;

import org.jspecify.annotations.NullMarked;

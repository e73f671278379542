/// The command line: what may be typed, how it is understood, how answers look as text and as JSON.
///
/// [CommandLineStart] finds who carries a command out, [CommandTree] does it and turns failures into exit statuses;
/// classes called Commands are what may be typed, Prose is for people and Shapes for scripts.
///
/// Decides nothing about the library: every command is a question or a command of `core.api` and a way to show the
/// answer. The same tree of commands runs in this process on a library it opens, and in the running instance for a
/// caller at its socket; so nothing here touches `System.out`, the working directory or the default language, all
/// of which come with the [app.holdfast.desktop.cli.Invocation]. One thread for each command; may block.
///
/// @see "docs/command-line.md"
@NullMarked
package app.holdfast.desktop.cli;

import org.jspecify.annotations.NullMarked;

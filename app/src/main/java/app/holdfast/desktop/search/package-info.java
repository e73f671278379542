/// Searching: what a query says, the pills that show its filters, the menu that adds one, searches kept under a name.
///
/// A query is text, and what is shown of it is read from that text. On the JavaFX thread.
@NullMarked
package app.holdfast.desktop.search;

import org.jspecify.annotations.NullMarked;

package app.holdfast.desktop.instance;

import java.io.PrintWriter;
import java.util.Optional;

/// Where a command's words go and its questions are answered: this process's own terminal, or that of a caller at the
/// other end of the socket.
///
/// @param out         only the answer
/// @param err         complaints and progress
/// @param interactive whether someone is there to answer
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive, Questions questions) {

    /// Shows the question and waits for a line.
    ///
    /// @return empty when nobody answers
    public Optional<String> ask(String question) {
        return interactive ? questions.ask(question) : Optional.empty();
    }

    /// Has a password typed without showing it, or reads it.
    ///
    /// @param fromInput a line of the standard input, without its end
    /// @return empty when nobody gives one; the caller wipes it
    public Optional<byte[]> secret(String question, boolean fromInput) {
        return interactive || fromInput ? questions.secret(question, fromInput) : Optional.empty();
    }

    /// @see Terminal#ask
    @FunctionalInterface
    public interface Questions {
        Optional<String> ask(String question);

        /// @see Terminal#secret
        default Optional<byte[]> secret(String question, boolean fromInput) {
            return Optional.empty();
        }
    }
}

package app.holdfast.desktop.cli;

import app.holdfast.desktop.instance.Request;
import app.holdfast.desktop.instance.Terminal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// One command being carried out: what it works on, and where its answer goes.
///
/// @param directory the caller's working directory
/// @param json      one JSON document is wanted, errors included
record Invocation(Session session, Terminal terminal, Path directory, boolean json, Words words) {

    static Invocation of(Request request, Terminal terminal, Session session) {
        return new Invocation(session, terminal, Path.of(request.directory()), request.json(),
                Words.in(Locale.forLanguageTag(request.language())));
    }

    /// Prints the answer in the form that was asked for.
    ///
    /// @param text whole lines
    void answer(JsonNode document, Supplier<String> text) {
        terminal.out().print(json ? document + "\n" : text.get());
        terminal.out().flush();
    }

    /// Prints why there is no answer.
    void fail(String code, String message) {
        if (json) {
            JsonNode document = JsonNodeFactory.instance.objectNode().set("error",
                    JsonNodeFactory.instance.objectNode().put("code", code).put("message", message));
            terminal.out().print(document + "\n");
            terminal.out().flush();
        } else {
            terminal.err().print("holdfast: " + TextTable.printable(message) + "\n");
            terminal.err().flush();
        }
    }

    /// A word about what goes on, for people; never part of the answer.
    void tell(String line) {
        terminal.err().print(TextTable.printable(line) + "\n");
        terminal.err().flush();
    }

    /// A path as the caller means it.
    Path path(String typed) throws CliException {
        try {
            return directory.resolve(typed).normalize();
        } catch (InvalidPathException e) {
            throw new CliException("bad_path", "this is no path: " + typed);
        }
    }
}

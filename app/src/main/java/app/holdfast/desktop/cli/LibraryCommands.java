package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibraryReader;
import picocli.CommandLine.Command;

/// The library as a whole.
@Command(name = "library", description = "${bundle:library}")
final class LibraryCommands {

    private final Invocation invocation;

    LibraryCommands(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "hash", description = "${bundle:library.hash}")
    int hash() throws CoreException, CliException {
        LibraryHash hash = invocation.session().library().ask(LibraryReader::hash);
        invocation.answer(Shapes.hash(hash), () -> new Prose(invocation.words()).hash(hash));
        return 0;
    }
}

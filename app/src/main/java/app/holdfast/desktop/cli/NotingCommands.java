package app.holdfast.desktop.cli;

import app.holdfast.core.api.Command.SetFavorite;
import app.holdfast.core.api.Command.SetField;
import app.holdfast.core.api.Command.SetNote;
import app.holdfast.core.api.Command.SetRating;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.Library;
import app.holdfast.core.model.EntryId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What a person notes about a file: text, stars, that it is a favourite, fields of their own. Each answers with the
/// file as it is then.
final class NotingCommands {

    private NotingCommands() {}

    private static int submit(Invocation invocation, String file,
            Function<List<EntryId>, app.holdfast.core.api.Command> command) throws CoreException, CliException {
        EntryRow row = Finding.file(invocation, file);
        Waiting.on(invocation.session().library().submit(command.apply(List.of(row.id()))));
        return show(invocation, row);
    }

    private static int show(Invocation invocation, EntryRow before) throws CoreException {
        Library library = invocation.session().library();
        EntryRow row = library.ask(reader -> reader.entry(before.id())).orElse(before);
        invocation.answer(Shapes.entry(row), () -> new Prose(invocation.words()).noted(row));
        return 0;
    }

    /// A text about a file.
    @Command(name = "note", description = "${bundle:note}")
    static final class Note {

        private final Invocation invocation;

        Note(Invocation invocation) {
            this.invocation = invocation;
        }

        @Command(name = "set", description = "${bundle:note.set}")
        int set(@Parameters(index = "0", paramLabel = "FILE", description = "${bundle:file}") String file,
                @Parameters(index = "1", paramLabel = "TEXT", description = "${bundle:note.text}") String text)
                throws CoreException, CliException {
            return submit(invocation, file, entries -> new SetNote(entries, text));
        }

        @Command(name = "show", description = "${bundle:note.show}")
        int show(@Parameters(paramLabel = "FILE", description = "${bundle:file}") String file)
                throws CoreException, CliException {
            return NotingCommands.show(invocation, Finding.file(invocation, file));
        }
    }

    /// Stars.
    @Command(name = "rating", description = "${bundle:rating}")
    static final class Rating {

        private final Invocation invocation;

        Rating(Invocation invocation) {
            this.invocation = invocation;
        }

        @Command(name = "set", description = "${bundle:rating.set}")
        int set(@Parameters(index = "0", paramLabel = "FILE", description = "${bundle:file}") String file,
                @Parameters(index = "1", paramLabel = "N", converter = Range.Stars.class,
                        description = "${bundle:rating.stars}") int stars) throws CoreException, CliException {
            return submit(invocation, file, entries -> new SetRating(entries, stars));
        }
    }

    /// Files that a person likes best.
    @Command(name = "favorite", description = "${bundle:favorite}")
    static final class Favorite {

        private final Invocation invocation;

        Favorite(Invocation invocation) {
            this.invocation = invocation;
        }

        @Command(name = "set", description = "${bundle:favorite.set}")
        int set(@Parameters(paramLabel = "FILE", description = "${bundle:file}") String file)
                throws CoreException, CliException {
            return submit(invocation, file, entries -> new SetFavorite(entries, true));
        }

        @Command(name = "unset", description = "${bundle:favorite.unset}")
        int unset(@Parameters(paramLabel = "FILE", description = "${bundle:file}") String file)
                throws CoreException, CliException {
            return submit(invocation, file, entries -> new SetFavorite(entries, false));
        }
    }

    /// Fields that a person thought of.
    @Command(name = "field", description = "${bundle:field}")
    static final class Field {

        private final Invocation invocation;

        Field(Invocation invocation) {
            this.invocation = invocation;
        }

        @Command(name = "set", description = "${bundle:field.set}")
        int set(@Parameters(index = "0", paramLabel = "FILE", description = "${bundle:file}") String file,
                @Parameters(index = "1", paramLabel = "KEY", description = "${bundle:field.key}") String key,
                @Parameters(index = "2", paramLabel = "VALUE", description = "${bundle:field.value}") String value)
                throws CoreException, CliException {
            return submit(invocation, file, entries -> new SetField(entries, key, Optional.of(value)));
        }

        @Command(name = "remove", description = "${bundle:field.remove}")
        int remove(@Parameters(index = "0", paramLabel = "FILE", description = "${bundle:file}") String file,
                @Parameters(index = "1", paramLabel = "KEY", description = "${bundle:field.key}") String key)
                throws CoreException, CliException {
            return submit(invocation, file, entries -> new SetField(entries, key, Optional.empty()));
        }
    }
}

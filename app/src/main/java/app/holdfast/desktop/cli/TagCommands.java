package app.holdfast.desktop.cli;

import app.holdfast.core.api.Command.AssignTags;
import app.holdfast.core.api.Command.CreateTag;
import app.holdfast.core.api.Command.DeleteTag;
import app.holdfast.core.api.Command.MergeTags;
import app.holdfast.core.api.Command.RecolorTag;
import app.holdfast.core.api.Command.RenameTag;
import app.holdfast.core.api.Command.UnassignTags;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.TagId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The tag tree, and tags on files.
@Command(name = "tag", description = "${bundle:tag}")
final class TagCommands {

    private final Invocation invocation;

    TagCommands(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "create", description = "${bundle:tag.create}")
    int create(@Parameters(paramLabel = "NAME", description = "${bundle:tag.name}") String name,
            @Option(names = "--parent", paramLabel = "P", description = "${bundle:tag.create.parent}")
                    @Nullable String parent,
            @Option(names = "--color", paramLabel = "C", description = "${bundle:tag.color}") @Nullable String color)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        Optional<TagColor> wanted = color == null ? Optional.empty() : Optional.of(color(color));
        Optional<TagId> above = parent == null ? Optional.empty() : Optional.of(Finding.tag(library, parent).id());
        var id = new TagId(invocation.session().newId());
        Waiting.on(library.submit(new CreateTag(id, name, above, wanted)));
        show(library, id);
        return 0;
    }

    @Command(name = "rename", description = "${bundle:tag.rename}")
    int rename(@Parameters(index = "0", paramLabel = "TAG", description = "${bundle:tag.tag}") String typed,
            @Parameters(index = "1", paramLabel = "NAME", description = "${bundle:tag.name}") String name)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        TagId id = Finding.tag(library, typed).id();
        Waiting.on(library.submit(new RenameTag(id, name)));
        show(library, id);
        return 0;
    }

    @Command(name = "color", description = "${bundle:tag.recolor}")
    int color(@Parameters(index = "0", paramLabel = "TAG", description = "${bundle:tag.tag}") String typed,
            @Parameters(index = "1", paramLabel = "C", description = "${bundle:tag.color}") String color)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        TagId id = Finding.tag(library, typed).id();
        Waiting.on(library.submit(new RecolorTag(id, color(color))));
        show(library, id);
        return 0;
    }

    @Command(name = "delete", description = "${bundle:tag.delete}")
    int delete(@Parameters(paramLabel = "TAG", description = "${bundle:tag.tag}") String typed)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        TagRow row = Finding.tag(library, typed);
        Waiting.on(library.submit(new DeleteTag(row.id())));
        invocation.answer(Shapes.object().put("deleted", row.id().toString()),
                () -> new Prose(invocation.words()).line("tag.deleted", row.name(), row.entries()));
        return 0;
    }

    @Command(name = "merge", description = "${bundle:tag.merge}")
    int merge(@Parameters(index = "0", paramLabel = "A", description = "${bundle:tag.merge.from}") String from,
            @Parameters(index = "1", paramLabel = "B", description = "${bundle:tag.merge.into}") String into)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        TagId gone = Finding.tag(library, from).id();
        TagId kept = Finding.tag(library, into).id();
        Waiting.on(library.submit(new MergeTags(gone, kept)));
        show(library, kept);
        return 0;
    }

    @Command(name = "list", description = "${bundle:tag.list}")
    int list() throws CoreException, CliException {
        List<TagRow> rows = invocation.session().library().ask(LibraryReader::tags);
        invocation.answer(Shapes.list(rows, Shapes::tag), () -> new Prose(invocation.words()).tags(rows));
        return 0;
    }

    @Command(name = "add", description = "${bundle:tag.add}")
    int add(@Parameters(index = "0", paramLabel = "FILE", description = "${bundle:file}") String file,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "TAG", description = "${bundle:tag.tag}")
                    List<String> tags) throws CoreException, CliException {
        EntryRow row = Finding.file(invocation, file);
        Library library = invocation.session().library();
        Waiting.on(library.submit(new AssignTags(List.of(row.id()), ids(library, tags))));
        showFile(library, row);
        return 0;
    }

    @Command(name = "remove", description = "${bundle:tag.remove}")
    int remove(@Parameters(index = "0", paramLabel = "FILE", description = "${bundle:file}") String file,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "TAG", description = "${bundle:tag.tag}")
                    List<String> tags) throws CoreException, CliException {
        EntryRow row = Finding.file(invocation, file);
        Library library = invocation.session().library();
        Waiting.on(library.submit(new UnassignTags(List.of(row.id()), ids(library, tags))));
        showFile(library, row);
        return 0;
    }

    /// A tag that does not exist is not made by the way: it would be a slip of the keyboard on every device.
    private static List<TagId> ids(Library library, List<String> typed) throws CoreException, CliException {
        List<TagId> ids = new ArrayList<>();
        for (String tag : typed) {
            try {
                ids.add(Finding.tag(library, tag).id());
            } catch (CoreException.NotFound e) {
                throw new CliException(e.code(), e.getMessage() + "; make it with: holdfast tag create NAME");
            }
        }
        return ids;
    }

    private static TagColor color(String typed) throws CliException {
        return TagColor.of(typed).orElseThrow(() -> new CliException("refused", typed + " is not one of "
                + String.join(", ", Arrays.stream(TagColor.values()).map(TagColor::code).toList())));
    }

    private void show(Library library, TagId id) throws CoreException {
        TagRow row = library.ask(LibraryReader::tags).stream().filter(tag -> tag.id().equals(id)).findFirst()
                .orElseThrow(() -> new CoreException.NotFound("tag", id.toString()));
        invocation.answer(Shapes.tag(row), () -> new Prose(invocation.words()).tags(List.of(row)));
    }

    private void showFile(Library library, EntryRow before) {
        EntryRow row = library.ask(reader -> reader.entry(before.id())).orElse(before);
        invocation.answer(Shapes.entry(row), () -> new Prose(invocation.words()).line("tag.on", row.path(),
                row.tags().size(), String.join(", ", row.tags().stream().map(EntryRow.Tag::name).toList())));
    }
}

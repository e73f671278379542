package app.holdfast.desktop.cli;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LibrarySummary;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// The commands that stand alone, and the options that any command may have before or after it.
@Command(name = "holdfast", description = "${bundle:holdfast}", versionProvider = ProgramVersion.class)
@SuppressWarnings("unused")
final class RootCommand {

    private final Invocation invocation;

    // The options are read by Arguments, long before this; they stand here to be known and explained.
    @Option(names = "--data", paramLabel = "DIR", scope = ScopeType.INHERIT, description = "${bundle:option.data}")
    private @Nullable String data;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "${bundle:option.json}")
    private boolean json;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "${bundle:option.verbose}")
    private boolean verbose;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT,
            description = "${bundle:option.help}")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "${bundle:option.version}")
    private boolean version;

    RootCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "init", description = "${bundle:init}")
    int init(@Option(names = "--name", paramLabel = "DEVICE", required = true,
            description = "${bundle:init.name}") String name) throws CoreException, CliException {
        return new Hosting(invocation).initialise(name);
    }

    @Command(name = "serve", description = "${bundle:serve}")
    int serve(@Option(names = "--bind", paramLabel = "ADDR:PORT", defaultValue = ListenAddress.ANYWHERE,
            converter = ListenAddress.class, description = "${bundle:option.bind}") InetSocketAddress bind)
            throws CoreException, CliException {
        return new Hosting(invocation).serve(bind);
    }

    @Command(name = "demo", description = "${bundle:demo}")
    int demo(@Option(names = "--headless-check", hidden = true) boolean headlessCheck)
            throws CoreException, CliException {
        return new Demo(invocation).run(headlessCheck);
    }

    @Command(name = "status", description = "${bundle:status}")
    int status() throws CoreException, CliException {
        record Seen(LibrarySummary summary, List<DeviceRow> devices) {}
        Seen seen = invocation.session().library().ask(reader -> new Seen(reader.summary(), reader.devices()));
        invocation.answer(Shapes.status(seen.summary(), seen.devices()),
                () -> new Prose(invocation.words()).status(seen.summary(), seen.devices()));
        return 0;
    }

    @Command(name = "search", description = "${bundle:search}")
    int search(@Parameters(paramLabel = "QUERY", defaultValue = "", description = "${bundle:search.query}")
                    String query,
            @Option(names = "--tag", paramLabel = "TAG", description = "${bundle:search.tag}")
                    @Nullable List<String> tags,
            @Option(names = "--sort", paramLabel = "ORDER", defaultValue = "name", converter = Ordering.class,
                    description = "${bundle:search.sort}") EntrySort sort,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", converter = Range.Limit.class,
                    description = "${bundle:search.limit}") int limit) throws CoreException, CliException {
        return new Searching(invocation).search(query, tags == null ? List.of() : tags, sort, limit);
    }

    /// What a second start without a command asks of the first.
    ///
    /// @param files to be imported
    @Command(name = "show", hidden = true)
    int show(@Parameters(paramLabel = "FILE", arity = "0..*", hidden = true) @Nullable List<String> files)
            throws CoreException, CliException {
        if (invocation.session().host() != Session.Host.WINDOW) {
            throw new CliException("in_use", invocation.session().data()
                    + " is in use by a Holdfast without a window; end that one first");
        }
        List<Path> paths = new ArrayList<>();
        for (String file : files == null ? List.<String>of() : files) {
            paths.add(invocation.path(file));
        }
        invocation.session().show(paths);
        invocation.answer(Shapes.object().put("shown", true), () -> "");
        return 0;
    }
}

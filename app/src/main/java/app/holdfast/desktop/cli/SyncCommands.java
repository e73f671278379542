package app.holdfast.desktop.cli;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.Command.LimitSync;
import app.holdfast.core.api.Command.PauseSync;
import app.holdfast.core.api.Command.PollPeers;
import app.holdfast.core.api.Command.RepairLibrary;
import app.holdfast.core.api.Command.ResumeSync;
import app.holdfast.core.api.Command.SettleConflict;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.model.DeviceId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What goes on between this device and the others.
@Command(name = "sync", description = "${bundle:sync}")
final class SyncCommands {

    private final Invocation invocation;

    SyncCommands(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "status", description = "${bundle:sync.status}")
    int status() throws CoreException, CliException {
        SyncStatus status = invocation.session().library().ask(LibraryReader::syncStatus);
        invocation.answer(SyncShapes.status(status), () -> new SyncProse(invocation.words()).status(status));
        return 0;
    }

    @Command(name = "now", description = "${bundle:sync.now}")
    int now(@Option(names = "--bind", paramLabel = "ADDR:PORT", defaultValue = ListenAddress.ANYWHERE,
            converter = ListenAddress.class, description = "${bundle:option.bind}") InetSocketAddress bind)
            throws CoreException, CliException {
        Waiting.on(invocation.session().devices(bind).syncNow());
        return status();
    }

    @Command(name = "events", description = "${bundle:sync.events}")
    int events(@Option(names = "--limit", paramLabel = "N", defaultValue = "50", converter = Range.Limit.class,
            description = "${bundle:sync.events.limit}") int limit,
            @Option(names = "--follow", description = "${bundle:sync.events.follow}") boolean follow)
            throws CoreException, CliException {
        var watch = new EventWatch(invocation, invocation.session().library());
        if (follow) {
            watch.follow(limit);
        } else {
            watch.show(limit);
        }
        return 0;
    }

    @Command(name = "conflicts", description = "${bundle:sync.conflicts}")
    int conflicts(@Option(names = "--take", paramLabel = "ID", description = "${bundle:sync.conflicts.take}")
            Optional<String> take) throws CoreException, CliException {
        Library library = invocation.session().library();
        if (take.isPresent()) {
            Waiting.on(library.submit(settling(library.ask(LibraryReader::conflicts), take.get())));
        }
        List<SyncConflict> conflicts = library.ask(LibraryReader::conflicts);
        invocation.answer(Shapes.list(conflicts, SyncShapes::conflict),
                () -> new SyncProse(invocation.words()).conflicts(conflicts));
        return 0;
    }

    private static SettleConflict settling(List<SyncConflict> conflicts, String id) throws CoreException {
        for (SyncConflict conflict : conflicts) {
            if (conflict.kept().id().equals(id)) {
                return new SettleConflict(conflict.about(), Optional.empty());
            }
            if (conflict.others().stream().anyMatch(other -> other.id().equals(id))) {
                return new SettleConflict(conflict.about(), Optional.of(id));
            }
        }
        throw new CoreException.NotFound("value of a conflict", id);
    }

    @Command(name = "doctor", description = "${bundle:sync.doctor}")
    int doctor(@Option(names = "--repair", description = "${bundle:sync.doctor.repair}") boolean repair)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        Waiting.on(library.submit(new PollPeers()));
        Checkup found = library.ask(LibraryReader::checkup);
        boolean differs = found.peers().stream().anyMatch(peer -> peer.standing() == Checkup.Standing.DIFFERS);
        boolean repairs = repair && (differs || !found.findings().isEmpty());
        if (repairs) {
            Waiting.on(library.submit(new RepairLibrary()));
        }
        Checkup left = repairs ? library.ask(LibraryReader::checkup) : found;
        invocation.answer(SyncShapes.checkup(found, left, repairs),
                () -> new SyncProse(invocation.words()).checkup(found, left, repairs));
        boolean wrong = differs && !repairs
                || left.findings().stream().anyMatch(each -> each.severity() == Checkup.Severity.ERROR);
        return wrong ? CommandTree.FAILED : 0;
    }

    @Command(name = "pause", description = "${bundle:sync.pause}")
    int pause(@Parameters(paramLabel = "DEVICE", arity = "0..1", description = "${bundle:sync.device}")
            Optional<String> typed) throws CoreException, CliException {
        Library library = invocation.session().library();
        Waiting.on(library.submit(new PauseSync(device(library, typed))));
        return status();
    }

    @Command(name = "resume", description = "${bundle:sync.resume}")
    int resume(@Parameters(paramLabel = "DEVICE", arity = "0..1", description = "${bundle:sync.device}")
            Optional<String> typed) throws CoreException, CliException {
        Library library = invocation.session().library();
        Waiting.on(library.submit(new ResumeSync(device(library, typed))));
        return status();
    }

    @Command(name = "limit", description = "${bundle:sync.limit}")
    int limit(@Parameters(paramLabel = "[DEVICE] RATE", hideParamSyntax = true, arity = "1..2",
                    description = "${bundle:sync.limit.rate}") List<String> typed) throws CoreException, CliException {
        Library library = invocation.session().library();
        Optional<DeviceId> device = device(library, typed.size() == 2 ? Optional.of(typed.getFirst())
                : Optional.empty());
        Waiting.on(library.submit(new LimitSync(device, Rate.parse(typed.getLast()))));
        return status();
    }

    private static Optional<DeviceId> device(Library library, Optional<String> typed)
            throws CoreException, CliException {
        return typed.isEmpty() ? Optional.empty() : Optional.of(Finding.device(library, typed.get()).id());
    }
}

package app.holdfast.desktop.cli;

import app.holdfast.core.api.Command.ClaimVolume;
import app.holdfast.core.api.Command.CopyIsAt;
import app.holdfast.core.api.Command.ForgetVolume;
import app.holdfast.core.api.Command.NoteVolume;
import app.holdfast.core.api.Command.SetClaiming;
import app.holdfast.core.api.Command.ThisIsTheCopy;
import app.holdfast.core.api.Command.ThisIsTheVolume;
import app.holdfast.core.api.Command.TrackVolume;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Drives: which are here, which the library knows wherever they are plugged in, and who looks after them.
@Command(name = "volume", description = "${bundle:volume}")
final class VolumeCommands {

    private final Invocation invocation;

    VolumeCommands(Invocation invocation) {
        this.invocation = invocation;
    }

    /// One answer.
    private record Drives(List<VolumeRow> volumes, List<MountRow> others) {

        /// With the drives that are here and no volumes.
        static Drives of(LibraryReader reader) {
            return new Drives(reader.volumes(), reader.mounts().stream()
                    .filter(mount -> mount.found() != MountRow.Found.KNOWN).toList());
        }
    }

    @Command(name = "list", description = "${bundle:volume.list}")
    int list() throws CoreException, CliException {
        Drives drives = invocation.session().library().ask(Drives::of);
        var document = Shapes.list(drives.volumes, VolumeShapes::volume);
        drives.others.forEach(mount -> document.add(VolumeShapes.mount(mount)));
        invocation.answer(document, () -> new VolumeProse(invocation.words()).drives(drives.volumes, drives.others));
        return 0;
    }

    @Command(name = "track", description = "${bundle:volume.track}")
    int track(@Parameters(paramLabel = "PATH", description = "${bundle:volume.path}") String typed,
            @Option(names = "--system", description = "${bundle:volume.track.system}") boolean system)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        Path path = invocation.path(typed);
        List<VolumeId> before = library.ask(LibraryReader::volumes).stream().map(VolumeRow::id).toList();
        VolumeId fresh = new VolumeId(invocation.session().newId());
        Waiting.on(library.submit(new TrackVolume(fresh, path, system)));
        VolumeRow row = library.ask(LibraryReader::volumes).stream()
                .filter(volume -> volume.id().equals(fresh) || before.contains(volume.id())
                        && volume.mountPoint().filter(path::startsWith).isPresent())
                .min((one, other) -> Boolean.compare(!one.id().equals(fresh), !other.id().equals(fresh)))
                .orElseThrow(() -> new CoreException.NotFound("volume", fresh.toString()));
        return show(library, row.id());
    }

    @Command(name = "claim", description = "${bundle:volume.claim}")
    int claim(@Parameters(paramLabel = "ID", description = "${bundle:volume.id}") String typed)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        VolumeId id = Finding.volume(library, typed).id();
        Waiting.on(library.submit(new ClaimVolume(id)));
        return show(library, id);
    }

    @Command(name = "note", description = "${bundle:volume.note}")
    int note(@Parameters(paramLabel = "ID", description = "${bundle:volume.id}") String typed,
            @Parameters(paramLabel = "TEXT", description = "${bundle:volume.note.text}") String text)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        VolumeId id = Finding.volume(library, typed).id();
        Waiting.on(library.submit(new NoteVolume(id, text)));
        return show(library, id);
    }

    @Command(name = "forget", description = "${bundle:volume.forget}")
    int forget(@Parameters(paramLabel = "ID", description = "${bundle:volume.id}") String typed)
            throws CoreException, CliException {
        Library library = invocation.session().library();
        VolumeRow row = Finding.volume(library, typed);
        Waiting.on(library.submit(new ForgetVolume(row.id())));
        invocation.answer(Shapes.object().put("forgotten", row.id().toString()),
                () -> new Prose(invocation.words()).line("volume.forgotten", row.label()));
        return 0;
    }

    /// Which of two drives is the copy.
    static final class Verdict {
        @Option(names = "--copy", paramLabel = "PATH", description = "${bundle:volume.resolve.copy}")
        @Nullable String copy;
        @Option(names = "--original", paramLabel = "PATH", description = "${bundle:volume.resolve.original}")
        @Nullable String original;
        @Option(names = "--copy-on", paramLabel = "DEVICE", description = "${bundle:volume.resolve.device}")
        @Nullable String device;
    }

    @Command(name = "resolve", description = "${bundle:volume.resolve}")
    int resolve(@Parameters(paramLabel = "ID", description = "${bundle:volume.id}") String typed,
            @ArgGroup(multiplicity = "1") Verdict verdict) throws CoreException, CliException {
        Library library = invocation.session().library();
        VolumeId id = Finding.volume(library, typed).id();
        if (verdict.copy != null) {
            VolumeId fresh = new VolumeId(invocation.session().newId());
            Waiting.on(library.submit(new ThisIsTheCopy(id, fresh, invocation.path(verdict.copy))));
            return show(library, fresh);
        }
        if (verdict.original != null) {
            Waiting.on(library.submit(new ThisIsTheVolume(id, invocation.path(verdict.original))));
        } else if (verdict.device != null) {
            Waiting.on(library.submit(new CopyIsAt(id, Finding.device(library, verdict.device).id())));
        }
        return show(library, id);
    }

    /// What becomes of a drive of another device that is plugged in here.
    enum Policy { AUTO, ASK }

    @Command(name = "policy", description = "${bundle:volume.policy}")
    int policy(@Parameters(arity = "0..1", paramLabel = "auto|ask", description = "${bundle:volume.policy.word}")
            @Nullable Policy wanted) throws CoreException, CliException {
        Library library = invocation.session().library();
        if (wanted != null) {
            Waiting.on(library.submit(new SetClaiming(wanted == Policy.AUTO)));
        }
        Policy policy = library.ask(LibraryReader::claimsAtOnce) ? Policy.AUTO : Policy.ASK;
        invocation.answer(Shapes.object().put("policy", Shapes.word(policy)), () ->
                new Prose(invocation.words()).line(policy == Policy.AUTO ? "volume.policy.auto" : "volume.policy.ask"));
        return 0;
    }

    private int show(Library library, VolumeId id) throws CoreException {
        VolumeRow row = library.ask(LibraryReader::volumes).stream().filter(volume -> volume.id().equals(id))
                .findFirst().orElseThrow(() -> new CoreException.NotFound("volume", id.toString()));
        invocation.answer(VolumeShapes.volume(row),
                () -> new VolumeProse(invocation.words()).drives(List.of(row), List.of()));
        return 0;
    }
}

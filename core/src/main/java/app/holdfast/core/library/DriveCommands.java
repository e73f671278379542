package app.holdfast.core.library;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.CoreException.DriveRefused.Reason;
import app.holdfast.core.api.Topic;
import app.holdfast.core.api.Tracking;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.Recognition.Finding;
import app.holdfast.core.volume.Recognition.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// What commands about drives mean. Any thread; what asks drives runs on the executor for that, after a fresh look.
final class DriveCommands {

    private final OpenLibrary library;

    DriveCommands(OpenLibrary library) {
        this.library = library;
    }

    /// What a command does with what was seen.
    @FunctionalInterface
    private interface Deed {
        CompletableFuture<Boolean> act(Drives.Sight sight) throws CoreException, IOException;
    }

    private CompletableFuture<Long> after(Deed deed) {
        return library.drives().see().thenCompose(sight -> {
            try {
                return deed.act(sight);
            } catch (CoreException e) {
                return CompletableFuture.failedFuture(e);
            } catch (IOException e) {
                return refused(Reason.NOT_WRITTEN, String.valueOf(e.getMessage()), "");
            }
        }).thenCompose(_ -> library.drives().see()).thenApply(sight -> {
            library.drives().seen(sight.attached());
            return library.store().writer().revision();
        });
    }

    private static StoredVolume known(Drives.Sight sight, VolumeId id) throws CoreException {
        return sight.volume(id).orElseThrow(() -> new CoreException.NotFound("volume", id.toString()));
    }

    /// The drive that holds a path that a person gave.
    private static Finding drive(Drives.Sight sight, Path path) throws CoreException {
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException e) {
            throw new CoreException.NotFound("file or folder", path.toString());
        }
        return sight.attached().holding(real)
                .orElseThrow(() -> new CoreException.DriveRefused(Reason.NO_DRIVE, path.toString()));
    }

    CompletableFuture<Long> track(Command.TrackVolume command) {
        return after(sight -> {
            Finding drive = drive(sight, command.path());
            Optional<StoredVolume> volume = drive.volume().flatMap(sight::volume);
            return switch (drive.outcome()) {
                case HERE, DAMAGED -> isOurs(volume) ? taken(volume.get(), drive)
                        : refused(Reason.OTHERS, label(volume), "volume claim " + id(volume));
                case UNMARKED -> isOurs(volume) ? taken(volume.get(), drive)
                        : refused(Reason.OTHERS_UNMARKED, label(volume), "volume claim " + id(volume));
                case COPY -> refused(Reason.COPY, label(volume), "volume resolve " + id(volume));
                case UNHEARD -> refused(Reason.UNHEARD, "", "");
                case STRANGER -> !command.system() && isSystem(sight, drive)
                        ? refused(Reason.SYSTEM, command.path().toString(), "") : fresh(sight, command, drive.mount());
            };
        });
    }

    /// The drive that the system or the person's home lies on does not go from one computer to another.
    private static boolean isSystem(Drives.Sight sight, Finding drive) {
        return Stream.of("java.home", "user.home").map(System::getProperty).filter(Objects::nonNull).map(Path::of)
                .flatMap(home -> Stream.of(home, home.getRoot())).filter(Objects::nonNull)
                .anyMatch(place -> sight.attached().holding(place).filter(drive::equals).isPresent());
    }

    private static CompletableFuture<Boolean> refused(Reason why, String about, String command) {
        return CompletableFuture.failedFuture(new CoreException.DriveRefused(why, about, command));
    }

    private static String id(Optional<StoredVolume> volume) {
        return volume.map(known -> known.id().toString()).orElse("ID");
    }

    private static String label(Optional<StoredVolume> volume) {
        return volume.map(StoredVolume::label).orElse("");
    }

    private boolean isOurs(Optional<StoredVolume> volume) {
        return volume.filter(known -> known.owner().equals(library.self())).isPresent();
    }

    /// A filesystem that this device has locations on is a volume of ours already.
    private CompletableFuture<Boolean> fresh(Drives.Sight sight, Command.TrackVolume command, MountedVolume mount)
            throws IOException {
        VolumeId id = sight.stored().volumes().stream()
                .filter(volume -> volume.standing().tracking() == Tracking.NONE
                        && volume.owner().equals(library.self())
                        && volume.recognised().equals(Optional.of(mount.recognition())))
                .findFirst().map(StoredVolume::id).orElse(command.id());
        return library.drives().desk().track(id, mount);
    }

    /// Takes in a drive, or says who or what was faster.
    private CompletableFuture<Boolean> taken(StoredVolume volume, Finding drive) throws IOException {
        return library.drives().desk().takeIn(volume, drive).thenCompose(came -> switch (came) {
            case DONE -> CompletableFuture.completedFuture(true);
            case OTHERS -> refused(Reason.OTHERS, volume.label(), "volume claim " + volume.id());
            case GONE -> CompletableFuture.failedFuture(new CoreException.NotFound("volume", volume.id().toString()));
        });
    }

    CompletableFuture<Long> claim(VolumeId id) {
        return after(sight -> {
            StoredVolume volume = known(sight, id);
            Optional<Finding> here = sight.attached().of(id).or(() -> lookalike(sight, id));
            if (volume.owner().equals(library.self())) { // and if it has lost its library: what is here is all
                return library.store().writer().submit(tx -> {
                    tx.streams().goWithout(id.value());
                    return true;
                });
            }
            if (here.isEmpty()) {
                return refused(Reason.NOT_HERE, volume.label(), "");
            }
            boolean isElsewhere = volume.standing().away() == 0 && library.online().contains(volume.owner());
            if (isElsewhere || DriveRules.isFlagged(id, sight.stored().copies())) {
                return refused(Reason.OWNER_HAS_IT, volume.ownerName(), "volume resolve " + id);
            }
            return taken(volume, here.get());
        });
    }

    /// A drive that lost its marker, which a person says is the one.
    private static Optional<Finding> lookalike(Drives.Sight sight, VolumeId id) {
        return sight.attached().findings().stream().filter(finding -> finding.outcome() == Outcome.UNMARKED
                && finding.volume().equals(Optional.of(id))).findFirst();
    }

    CompletableFuture<Long> forget(VolumeId id) {
        return after(sight -> {
            StoredVolume volume = known(sight, id);
            return volume.owner().equals(library.self())
                    ? library.drives().desk().forget(volume, sight.attached().of(id))
                    : refused(Reason.NOT_OURS, volume.ownerName(), "");
        });
    }

    CompletableFuture<Long> isCopy(Command.ThisIsTheCopy command) {
        return after(sight -> {
            StoredVolume volume = known(sight, command.id());
            return library.drives().desk().part(volume, suspect(sight, volume, command.path()), command.fresh());
        });
    }

    CompletableFuture<Long> isVolume(VolumeId id, Path path) {
        return after(sight -> {
            StoredVolume volume = known(sight, id);
            return taken(volume, suspect(sight, volume, path));
        });
    }

    /// The drive of which a person says what it is.
    private static Finding suspect(Drives.Sight sight, StoredVolume volume, Path path) throws CoreException {
        Finding drive = drive(sight, path);
        if (!drive.volume().equals(Optional.of(volume.id()))) {
            throw new CoreException.DriveRefused(Reason.ANOTHER, volume.label());
        }
        return drive;
    }

    CompletableFuture<Long> copyIsAt(VolumeId id, DeviceId device) {
        return after(sight -> {
            StoredVolume volume = known(sight, id);
            boolean isParty = volume.owner().equals(device) || sight.stored().copies().stream()
                    .anyMatch(copy -> copy.volume().equals(id) && copy.at().equals(device));
            return isParty ? library.drives().desk().sentence(id, device, volume.label())
                    : refused(Reason.NO_COPY, volume.label(), "");
        });
    }

    CompletableFuture<Long> claiming(boolean atOnce) {
        return library.write(tx -> tx.own().set(Drives.CLAIMING, atOnce ? "" : Drives.ASK)).thenApply(revision -> {
            library.touched(Topic.LOCATIONS);
            library.drives().lookAgain();
            return revision;
        });
    }
}

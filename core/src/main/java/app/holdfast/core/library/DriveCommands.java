package app.holdfast.core.library;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
                return CompletableFuture.failedFuture(new CoreException.Refused("the drive cannot be written to ("
                        + e.getMessage() + "); nothing was changed"));
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
        return sight.attached().holding(real).orElseThrow(() -> new CoreException.Refused(path
                + " does not lie on a drive of this device; shares and memory cannot be tracked"));
    }

    CompletableFuture<Long> track(Command.TrackVolume command) {
        return after(sight -> {
            Finding drive = drive(sight, command.path());
            Optional<StoredVolume> volume = drive.volume().flatMap(sight::volume);
            return switch (drive.outcome()) {
                case HERE, DAMAGED -> isOurs(volume) ? library.drives().desk().takeIn(volume.get(), drive)
                        : refused("another device looks after this drive; claim it: holdfast volume claim "
                                + command(volume));
                case UNMARKED -> isOurs(volume) ? library.drives().desk().takeIn(volume.get(), drive)
                        : refused("this looks like a drive that another device looks after, without its marker; track"
                                + " it there, or claim it: holdfast volume claim " + command(volume));
                case COPY -> refused("this drive says that it is one that is in the library already; say which is the"
                        + " copy: holdfast volume resolve " + command(volume));
                case UNHEARD -> refused("this drive belongs to the library, and this device has not heard of it yet;"
                        + " try again when the devices have met");
                case STRANGER -> fresh(sight, command, drive.mount());
            };
        });
    }

    private static CompletableFuture<Boolean> refused(String why) {
        return CompletableFuture.failedFuture(new CoreException.Refused(why));
    }

    private static String command(Optional<StoredVolume> volume) {
        return volume.map(known -> known.id().toString()).orElse("ID");
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

    CompletableFuture<Long> claim(VolumeId id) {
        return after(sight -> {
            StoredVolume volume = known(sight, id);
            Optional<Finding> here = sight.attached().of(id).or(() -> lookalike(sight, id));
            if (volume.owner().equals(library.self())) {
                return CompletableFuture.completedFuture(true);
            }
            if (here.isEmpty()) {
                return refused("the drive is not mounted on this device; only who has it may claim it");
            }
            boolean isElsewhere = volume.standing().away() == 0 && library.online().contains(volume.owner());
            if (isElsewhere || DriveRules.isFlagged(id, sight.stored().copies())) {
                return refused(volume.ownerName() + " says that it has this drive; one of the two is a copy: holdfast"
                        + " volume resolve " + id);
            }
            return library.drives().desk().takeIn(volume, here.get());
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
                    : refused(volume.ownerName() + " looks after this drive; forget it there");
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
            return library.drives().desk().takeIn(volume, suspect(sight, volume, path));
        });
    }

    /// The drive of which a person says what it is.
    private static Finding suspect(Drives.Sight sight, StoredVolume volume, Path path) throws CoreException {
        Finding drive = drive(sight, path);
        if (!drive.volume().equals(Optional.of(volume.id()))) {
            throw new CoreException.Refused("the drive at " + path + " does not say that it is " + volume.label());
        }
        return drive;
    }

    CompletableFuture<Long> copyIsAt(VolumeId id, DeviceId device) {
        return after(sight -> {
            StoredVolume volume = known(sight, id);
            boolean isParty = volume.owner().equals(device) || sight.stored().copies().stream()
                    .anyMatch(copy -> copy.volume().equals(id) && copy.at().equals(device));
            return isParty ? library.drives().desk().sentence(id, device, volume.label())
                    : refused("that device has no drive that says it is " + volume.label());
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

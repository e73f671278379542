package app.holdfast.core.library;

import app.holdfast.core.api.MountRow;
import app.holdfast.core.model.LibraryId;
import app.holdfast.core.model.VolumeId;
import app.holdfast.core.store.CatalogueReader.StoredVolume;
import app.holdfast.core.volume.MarkerFile;
import app.holdfast.core.volume.MountedVolume;
import app.holdfast.core.volume.Recognition;
import app.holdfast.core.volume.Recognition.Finding;
import app.holdfast.core.volume.Recognition.Sighted;
import app.holdfast.core.volume.Volumes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The drives that were mounted here at one look, and what they are to the library. Any thread.
///
/// @param library the one it was looked for
record Attached(LibraryId library, List<Finding> findings) {

    /// Nothing was looked at yet.
    static final Attached NOTHING = new Attached(new LibraryId(new UUID(0, 0)), List.of());

    Attached {
        findings = List.copyOf(findings);
    }

    /// Looks at the system and reads the markers; takes as long as the drives do.
    static Attached look(Volumes volumes, LibraryId library, List<StoredVolume> known) throws IOException {
        List<Sighted> seen = new ArrayList<>();
        for (MountedVolume volume : volumes.mounted()) {
            if (volume.isDrive()) {
                seen.add(new Sighted(volume, MarkerFile.of(volume.mountPoint(), library).read()));
            }
        }
        return new Attached(library,
                Recognition.decide(library, known.stream().map(DriveRules::known).toList(), seen));
    }

    Optional<Finding> of(VolumeId volume) {
        return DriveRules.here(volume, findings);
    }

    /// The drive that holds a path.
    ///
    /// @param path absolute and real
    Optional<Finding> holding(Path path) {
        return findings.stream().flatMap(finding -> finding.mounts().stream()
                        .filter(mount -> path.startsWith(mount.mountPoint()))
                        .map(mount -> new Held(finding, mount.mountPoint().getNameCount())))
                .max(Comparator.comparingInt(Held::depth)).map(Held::finding);
    }

    private record Held(Finding finding, int depth) {}

    /// Where a place on a volume is.
    ///
    /// @param within from the filesystem's top
    Optional<Path> locate(VolumeId volume, byte[] within) {
        return of(volume).stream().flatMap(finding -> finding.mounts().stream())
                .flatMap(mount -> mount.resolve(within).stream()).findFirst();
    }

    List<MountRow> rows() {
        return findings.stream().map(Attached::row).toList();
    }

    static MountRow row(Finding finding) {
        MountedVolume mount = finding.mount();
        MountRow.Found found = switch (finding.outcome()) {
            case HERE, DAMAGED -> MountRow.Found.KNOWN;
            case COPY -> MountRow.Found.COPY;
            case UNMARKED -> MountRow.Found.MARKER_GONE;
            case UNHEARD -> MountRow.Found.UNHEARD;
            case STRANGER -> MountRow.Found.STRANGER;
        };
        return new MountRow(mount.mountPoint(), mount.shownName(), mount.fileSystem(),
                Optional.of(mount.fsUuid()).filter(id -> !id.isEmpty()), mount.totalBytes(),
                mount.medium().freeBytes(), mount.medium().removable(), mount.readOnly(), found, finding.volume());
    }
}

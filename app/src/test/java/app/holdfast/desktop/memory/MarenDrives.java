package app.holdfast.desktop.memory;

import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.Reading;
import app.holdfast.core.api.VolumeRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Maren's drives: one built in, one that another device had, one that nobody tracks, one that is there twice, one in
/// a drawer.
public final class MarenDrives {

    public final VolumeRow field;
    public final VolumeRow backupOne;
    public final VolumeRow backupTwo;
    public final LocationRow footage;
    public final EntryRow harbour;

    public MarenDrives(MemoryLibrary library) {
        MemoryFiles files = new MemoryFiles(library);
        DeviceRow laptop = device(library, "maren-laptop");
        DeviceRow studio = device(library, "studio-pc");
        library.drives.here(4, "System", laptop, "/", 650 * MemoryDrives.GIGA);
        field = library.drives.here(11, "Field SSD", studio, "/media/maren/Field SSD", 1_160 * MemoryDrives.GIGA);
        backupOne = library.drives.elsewhere(12, "Backup 1", studio, List.of(laptop));
        library.drives.elsewhere(203, "attic-raid", device(library, "attic-nas"), List.of());
        backupTwo = library.drives.away(14, "Backup 2", studio, "Shelf 3, the grey box",
                Instant.parse("2026-11-03T18:42:00Z"));
        library.drives.mounted("NO NAME", "/media/maren/NO NAME", MountRow.Found.STRANGER, Optional.empty());
        library.drives.mounted("Backup 1", "/media/maren/Backup 1", MountRow.Found.COPY,
                Optional.of(backupOne.id()));
        library.drives.reading = new Reading(false, Optional.of(50_000_000L), 12_400);
        footage = files.onDrive(MemoryFiles.locationId(20), "Footage", backupTwo, 402_118);
        files.notWatched(files.location(MemoryFiles.locationId(21), "Old mail", laptop,
                Optional.of(Path.of("/srv/mail")), 912_004));
        harbour = files.copies(files.file(footage, Optional.empty(), "Harbour at night.mov", 31_900_000_000L,
                "2026-06-21"), 1);
    }

    private static DeviceRow device(MemoryLibrary library, String name) {
        return library.ask(LibraryReader::devices).stream().filter(row -> row.name().equals(name)).findFirst()
                .orElseThrow();
    }
}

package app.holdfast.desktop.library;

import app.holdfast.core.api.LocationRow;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Tells locations of one name apart. Pure.
final class Namesakes {

    private Namesakes() {
    }

    /// What only this one has of all that have its name: its device, its drive, or the folder that it lies in here,
    /// by its name if that is enough.
    ///
    /// @return empty when its name says enough, or nothing tells it apart
    static String difference(LocationRow location, List<LocationRow> all) {
        List<LocationRow> others = all.stream().filter(other -> other.name().equals(location.name())
                && !other.id().equals(location.id())).toList();
        if (others.isEmpty()) {
            return "";
        }
        return Stream.<Function<LocationRow, String>>of(LocationRow::deviceName, LocationRow::volumeName,
                        Namesakes::folderName, Namesakes::folder)
                .filter(said -> others.stream().noneMatch(other -> said.apply(other).equals(said.apply(location))))
                .map(said -> said.apply(location)).filter(said -> !said.isEmpty()).findFirst().orElse("");
    }

    private static String folderName(LocationRow location) {
        return location.absolutePath().map(Path::getParent).map(Path::getFileName).map(Path::toString).orElse("");
    }

    private static String folder(LocationRow location) {
        return location.absolutePath().map(Path::getParent).map(Path::toString).orElse("");
    }
}

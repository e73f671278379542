package app.holdfast.core.library;

import app.holdfast.core.api.NameOrder;
import app.holdfast.core.api.VaultRow;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.store.CatalogueReader;
import app.holdfast.core.store.CatalogueReader.StoredDevice;
import app.holdfast.core.store.VaultFiles.StoredVault;
import app.holdfast.core.volume.PathBytes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Answers questions about vaults. Lives for one question, on its reader thread.
final class VaultQuestions {

    private final CatalogueReader stored;
    private final DeviceId self;

    VaultQuestions(CatalogueReader stored, DeviceId self) {
        this.stored = stored;
        this.self = self;
    }

    /// Without those of devices that do not belong any more: nobody could take them off the list.
    List<VaultRow> vaults() {
        Map<DeviceId, String> names = stored.devices().stream()
                .collect(Collectors.toMap(StoredDevice::id, StoredDevice::name));
        return stored.vaults().stream().filter(vault -> names.containsKey(vault.device()))
                .map(vault -> row(vault, names.getOrDefault(vault.device(), "")))
                .sorted(Comparator.comparing((VaultRow row) -> !row.device().equals(self))
                        .thenComparing(VaultRow::deviceName, NameOrder.NAMES)
                        .thenComparing(VaultRow::path).thenComparing(VaultRow::id)).toList();
    }

    private VaultRow row(StoredVault vault, String device) {
        Optional<Path> here = vault.device().equals(self) ? VaultNotes.path(vault) : Optional.empty();
        boolean missing = here.map(file -> !VaultNotes.isThere(file)).orElse(vault.missing() != 0);
        return new VaultRow(vault.id(), vault.device(), device, PathBytes.shown(vault.path()), here, missing,
                new VaultRow.Facts(vault.version(), vault.size(), Instant.ofEpochMilli(vault.modified()),
                        moment(vault.synced()), moment(vault.verified())));
    }

    private static Optional<Instant> moment(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}

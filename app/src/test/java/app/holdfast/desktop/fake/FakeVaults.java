package app.holdfast.desktop.fake;

import app.holdfast.core.api.VaultRow;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.VaultId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Rows of vaults that nobody has looked into.
final class FakeVaults {

    private FakeVaults() {
    }

    static VaultRow row(Path file, DeviceId device) {
        UUID id = UUID.nameUUIDFromBytes(file.toString().getBytes(StandardCharsets.UTF_8));
        return new VaultRow(new VaultId(id), device, "laptop", file.toString(), Optional.of(file), false,
                new VaultRow.Facts(3, 1_234, Instant.EPOCH, Optional.empty(), Optional.of(Instant.EPOCH)));
    }
}

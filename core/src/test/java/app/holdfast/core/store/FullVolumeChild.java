package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.Models;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.Value;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;

/// The process that [FullVolumeTest] lets die.
final class FullVolumeChild {

    static final int OPENED = 40;
    static final int REFUSED = 41;
    static final int LOST = 42;
    static final int DIED = 43;

    private static final UUID TAG = new UUID(1, 1);
    private static final DeviceId DEVICE = new DeviceId("22".repeat(32));

    private FullVolumeChild() {
    }

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[1]);
        SecureRandom random = new SecureRandom();
        Surroundings around = new Surroundings(() -> 3_000_000, random::nextLong,
                Thread.ofPlatform().daemon().factory(), data.resolveSibling("memory"),
                new FakeSigning(DEVICE));
        try {
            if (arguments[0].equals("write-and-die")) {
                LibraryStore.create(data, DEVICE, "small", around);
                LibraryStore store = LibraryStore.open(data, around, _ -> { });
                store.writer().submit(tx -> {
                    tx.shared().edit(Models.TAG, TAG, Map.of(Models.NAME, new Value.Text("kept")));
                    return true;
                }).get();
                Runtime.getRuntime().halt(DIED);
            }
            try (LibraryStore store = LibraryStore.open(data, around, _ -> { })) {
                boolean there = store.writer().submit(tx -> tx.shared().merged(Models.TAG, TAG).isPresent()).get();
                Runtime.getRuntime().halt(there ? OPENED : LOST);
            }
        } catch (CoreException e) {
            Runtime.getRuntime().halt(REFUSED);
        }
    }
}

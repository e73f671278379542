package app.holdfast.core.store;

import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// A new library on disk with one location, which holds nothing yet.
final class OneLocation {

    static final DeviceId DEVICE = new DeviceId("33".repeat(32));
    static final VolumeId VOLUME = new VolumeId(new UUID(1, 1));
    static final LocationId LOCATION = new LocationId(new UUID(2, 2));
    static final Presence HERE = new Presence(DEVICE, Set.of(), Set.of());

    private OneLocation() {
    }

    static LibraryStore open(Path data) throws Exception {
        Random random = new Random(9);
        var around = new Surroundings(() -> 9_000_000, random::nextLong, Thread::new, data.resolve("memory"),
                new FakeSigning(DEVICE));
        LibraryStore.create(data, DEVICE, "laptop", around);
        LibraryStore store = LibraryStore.open(data, around, _ -> { });
        store.writer().submit(tx -> {
            tx.own().addVolume(VOLUME, new OwnRecords.VolumeFacts("disk", "ext4", "", 0, "here"));
            tx.own().addLocation(LOCATION, VOLUME, "things", new byte[0]);
            return true;
        }).get();
        return store;
    }
}

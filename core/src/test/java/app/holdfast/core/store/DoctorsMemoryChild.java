package app.holdfast.core.store;

import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import java.nio.file.Path;
import java.security.SecureRandom;

/// The process of [DoctorsMemoryTest], which has little memory: checks a library and repairs it.
final class DoctorsMemoryChild {

    static final int DONE = 40;
    static final DeviceId DEVICE = new DeviceId("22".repeat(32));

    private DoctorsMemoryChild() {
    }

    static Surroundings around(Path data) {
        return new Surroundings(System::currentTimeMillis, new SecureRandom()::nextLong, Thread::new,
                data.resolveSibling("memory"), new FakeSigning(DEVICE));
    }

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        boolean isWell;
        try (LibraryStore store = LibraryStore.open(data, around(data), _ -> { })) {
            isWell = store.writer().submit(tx -> tx.doctoring().tried()).get().isEmpty();
            isWell &= !store.writer().submit(tx -> tx.doctoring().repair(store.writer().log())).get();
        }
        Runtime.getRuntime().halt(isWell ? DONE : 1);
    }
}

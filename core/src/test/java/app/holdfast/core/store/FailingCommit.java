package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/// A library on disk whose writer carries a job out and then cannot commit it.
public final class FailingCommit {

    private FailingCommit() {
    }

    /// @return whether whoever submitted the job was told that it was done
    public static boolean isAnswered(Path data, DeviceId device) {
        Random random = new Random(1);
        Surroundings around = new Surroundings(() -> 3_000_000, random::nextLong, Thread::new,
                data.resolve("memory"), new FakeSigning(device));
        try {
            Files.createDirectories(data);
            LibraryStore.create(data, device, "laptop", around);
            try (LibraryStore store = LibraryStore.open(data, around, _ -> { })) {
                return told(store.writer().submit(FailingCommit::pointNowhere));
            }
        } catch (CoreException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A row that points to none: SQLite looks when it commits.
    private static boolean pointNowhere(Transaction tx) {
        tx.sql().execute("pragma defer_foreign_keys = on");
        tx.sql().execute("insert into vector (author, sequence, head) values (999, 1, 0)");
        return true;
    }

    private static boolean told(CompletableFuture<Boolean> reply) {
        return reply.handle((_, failure) -> failure == null).join();
    }
}

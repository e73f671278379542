import app.holdfast.core.Holdfast;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.model.LocationId;
import java.util.concurrent.CompletableFuture;

/// Scans through the front door.
final class Scans {

    private Scans() {
    }

    /// Submits a command that starts a scan, and waits for the scan's end.
    ///
    /// @param entries that it has to find
    /// @return seconds
    static double run(Holdfast holdfast, LocationId location, Command command, long entries) throws CoreException {
        CompletableFuture<ScanProgress> ended = new CompletableFuture<>();
        long began = System.nanoTime();
        try (var listening = holdfast.library().listen(event -> {
            if (event instanceof CoreEvent.ScanEnded(LocationId id, ScanProgress last) && id.equals(location)) {
                ended.complete(last);
            }
        })) {
            holdfast.library().submit(command).toCompletableFuture().join();
            ScanProgress last = ended.join();
            double seconds = (System.nanoTime() - began) / 1e9;
            if (last.state() != ScanProgress.State.DONE || last.found() != entries) {
                throw new IllegalStateException(last.toString());
            }
            return seconds;
        }
    }
}

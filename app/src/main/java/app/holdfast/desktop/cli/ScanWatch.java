package app.holdfast.desktop.cli;

import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.model.LocationId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Watches one scan from before it begins until it ends, and shows how far it is to whoever sits at a terminal.
final class ScanWatch implements AutoCloseable {

    private final Invocation invocation;
    private final LocationId location;
    private final CompletableFuture<ScanProgress> ended = new CompletableFuture<>();
    private final Subscription moments;
    private final Subscription progress;

    ScanWatch(Invocation invocation, Library library, LocationId location) {
        this.invocation = invocation;
        this.location = location;
        moments = library.listen(this::hear);
        progress = invocation.terminal().interactive() ? library.observe(LibraryReader::scans, this::show) : () -> {};
    }

    /// @throws CliException when the scan failed, or was ended by someone
    void untilEnded() throws CliException {
        ScanProgress result;
        try {
            result = ended.get();
        } catch (InterruptedException e) {
            throw Waiting.interrupted();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        switch (result.state()) {
            case DONE -> {
                if (result.unreadable() > 0) {
                    invocation.tell(invocation.words().get("scan.unreadable", result.unreadable()));
                }
            }
            case CANCELLED -> throw new CliException("cancelled", "the scan was cancelled; what it found stays");
            case FAILED -> throw failure(result.failure().orElse("no reason is known"));
            case RUNNING, PAUSED -> throw new IllegalStateException("a scan that runs has not ended");
        }
    }

    private CliException failure(String reason) {
        return switch (reason) {
            case "mostly_gone" -> new CliException(reason, "most of the files that are known here are not there, so"
                    + " none was taken out; if they are gone: holdfast location rescan " + location + " --confirm");
            case "storage_failed" -> new CliException(reason, "what was found could not all be written to the library,"
                    + " most likely because its disk is full; what was written stays. When there is room again:"
                    + " holdfast location rescan " + location);
            default -> new CliException("scan_failed", "the scan failed: " + reason
                    + "; what was known of the folder stays");
        };
    }

    /// A progress line is written over the one before.
    private void show(List<ScanProgress> scans) {
        for (ScanProgress scan : scans) {
            if (scan.location().equals(location) && scan.state() == ScanProgress.State.RUNNING) {
                invocation.terminal().err().print("\r" + line(scan) + "\u001B[K");
                invocation.terminal().err().flush();
            }
        }
    }

    private String line(ScanProgress scan) {
        String found = invocation.words().get("scan.found", scan.found(), scan.perSecond());
        return scan.remaining().map(left -> found + ", " + (left.toMinutes() > 0
                ? invocation.words().get("scan.minutes", left.toMinutes() + 1)
                : invocation.words().get("scan.seconds", left.toSeconds() + 1))).orElse(found);
    }

    private void hear(CoreEvent event) {
        if (event instanceof CoreEvent.ScanEnded scan && scan.location().equals(location)) {
            ended.complete(scan.result());
        }
    }

    @Override
    public void close() {
        progress.close();
        moments.close();
        if (invocation.terminal().interactive()) {
            invocation.terminal().err().print("\r\u001B[K");
            invocation.terminal().err().flush();
        }
    }
}
